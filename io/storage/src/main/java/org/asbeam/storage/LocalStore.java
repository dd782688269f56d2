package org.asbeam.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * A folder of the local file system, or of one that is mounted. Folders are made as they are
 * needed; a file is forced to the disk, and so is its folder's entry.
 *
 * <p>While a small file is put there is a second one beside it, named {@code .tmp-} and random
 * digits; a process that dies may leave it behind. Where the file system knows no hard links, a
 * file of {@link #putIfAbsent} is exclusive, but may be seen in parts while it is written.
 */
public final class LocalStore implements Store {
  private static final String TEMPORARY = ".tmp-";

  /** How an exclusive name is made; a seam for file systems without hard links. */
  interface Linker {
    void link(Path name, Path existing) throws IOException;
  }

  private final Path root;
  private final Linker linker;

  public LocalStore(Path root) {
    this(root, Files::createLink);
  }

  LocalStore(Path root, Linker linker) {
    this.root = root.toAbsolutePath().normalize();
    this.linker = linker;
  }

  @Override
  public String location() {
    return root.toString();
  }

  @Override
  public StoreOutput create(String name) throws StoreException {
    Path path = path(name);
    makeFolder(path.getParent());
    return new LocalOutput(
        name, path, open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), () -> {});
  }

  @Override
  public StoreOutput createWhole(String name, boolean replace) throws StoreException {
    Path path = path(name);
    boolean there = Files.exists(path);
    if (there && !Files.isDirectory(path) && !Files.isRegularFile(path)) {
      return LocalOutput.ofDevice(name, path, open(path, StandardOpenOption.WRITE));
    }
    if (there && (!replace || Files.isDirectory(path))) {
      throw new StoreException(
          StoreException.Kind.EXISTS,
          path.toString(),
          Files.isDirectory(path) ? "is a folder" : "is there already",
          null);
    }
    Path temporary = newTemporary(path);
    return new LocalOutput(
        name,
        temporary,
        open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        () -> publish(temporary, path, replace));
  }

  private void publish(Path temporary, Path path, boolean replace) throws IOException {
    if (replace) {
      Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    try {
      linker.link(path, temporary);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      // Without hard links nobody is kept from taking the name between the look and the move.
      Files.move(temporary, path);
    }
    Files.deleteIfExists(temporary);
  }

  private static FileChannel open(Path path, StandardOpenOption... options) throws StoreException {
    try {
      return FileChannel.open(path, options);
    } catch (IOException e) {
      throw LocalErrors.of(path, "could not be created", e);
    }
  }

  @Override
  public boolean putIfAbsent(String name, byte[] content) throws StoreException {
    Path path = path(name);
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return lost(path);
    }
    Path temporary = writeTemporary(path, content);
    try {
      linker.link(path, temporary);
      LocalFolders.force(path.getParent());
      return true;
    } catch (FileAlreadyExistsException e) {
      return lost(path);
    } catch (UnsupportedOperationException | FileSystemException e) {
      return putIfAbsentWithoutLink(name, content);
    } catch (IOException e) {
      throw LocalErrors.ofWrite(path, e);
    } finally {
      deleteQuietly(temporary);
    }
  }

  @Override
  public void put(String name, byte[] content) throws StoreException {
    Path path = path(name);
    Path temporary = writeTemporary(path, content);
    try {
      Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
      LocalFolders.force(path.getParent());
    } catch (IOException e) {
      throw LocalErrors.ofWrite(path, e);
    } finally {
      deleteQuietly(temporary);
    }
  }

  @Override
  public byte[] get(String name) throws StoreException {
    Path path = path(name);
    long size = attributes(path).size();
    FileSizes.checkSmall(path.toString(), size);
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw LocalErrors.of(path, "could not be read", e);
    }
  }

  @Override
  public InputStream read(String name, long position) throws StoreException {
    Path path = path(name);
    long size = attributes(path).size();
    FileSizes.checkPosition(path.toString(), size, position);
    FileChannel channel = null;
    try {
      channel = FileChannel.open(path, StandardOpenOption.READ);
      channel.position(position);
      return new LocalInput(path, channel);
    } catch (IOException e) {
      closeQuietly(channel);
      throw LocalErrors.of(path, "could not be read", e);
    }
  }

  @Override
  public long size(String name) throws StoreException {
    return attributes(path(name)).size();
  }

  @Override
  public List<StoredFile> list(String folder) throws StoreException {
    Path path = root.resolve(StoreNames.folder(this, folder));
    List<StoredFile> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        addEntry(folder, entry, files);
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw LocalErrors.of(path, "could not be listed", e.getCause());
    } catch (IOException e) {
      throw LocalErrors.of(path, "could not be listed", e);
    }
    files.sort(Comparator.comparing(StoredFile::name));
    return List.copyOf(files);
  }

  /** Deletes a file, or a folder that is empty. */
  @Override
  public void delete(String name) throws StoreException {
    Path path = path(name);
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw LocalErrors.of(path, "could not be deleted", e);
    }
  }

  /** Does nothing: a local store holds nothing open. */
  @Override
  public void close() {}

  private Path path(String name) throws StoreException {
    return root.resolve(StoreNames.file(this, name));
  }

  /** Whoever hears that a file is there may rely on it, so it must be durable by then. */
  private boolean lost(Path path) throws StoreException {
    try {
      LocalFolders.force(path.getParent());
    } catch (IOException e) {
      throw LocalErrors.ofWrite(path, e);
    }
    return false;
  }

  private boolean putIfAbsentWithoutLink(String name, byte[] content) throws StoreException {
    try (StoreOutput output = create(name)) {
      output.write(content, 0, content.length);
      output.commit();
      return true;
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.EXISTS) {
        return false;
      }
      throw e;
    }
  }

  /** A free name beside a file; makes the folder. */
  private static Path newTemporary(Path path) throws StoreException {
    makeFolder(path.getParent());
    return path.resolveSibling(TEMPORARY + UUID.randomUUID().toString().replace("-", ""));
  }

  private static void makeFolder(Path folder) throws StoreException {
    try {
      LocalFolders.create(folder);
    } catch (IOException e) {
      throw noFolder(folder, e);
    }
  }

  private Path writeTemporary(Path path, byte[] content) throws StoreException {
    Path temporary = newTemporary(path);
    boolean whole = false;
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
      whole = true;
    } catch (IOException e) {
      // The caller asked for this name; the temporary one would only puzzle.
      throw LocalErrors.ofWrite(path, e);
    } finally {
      if (!whole) {
        deleteQuietly(temporary);
      }
    }
    return temporary;
  }

  private void addEntry(String folder, Path entry, List<StoredFile> files) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(entry, BasicFileAttributes.class);
      String name = entry.getFileName().toString();
      files.add(
          new StoredFile(
              folder.isEmpty() ? name : folder + "/" + name,
              attributes.isDirectory() ? 0 : attributes.size(),
              attributes.isDirectory()));
    } catch (NoSuchFileException e) {
      // Deleted by somebody else while the folder was read, or a link to nowhere.
    }
  }

  /** The attributes of a regular file. */
  private static BasicFileAttributes attributes(Path path) throws StoreException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class);
    } catch (IOException e) {
      throw LocalErrors.of(path, "could not be read", e);
    }
    if (!attributes.isRegularFile()) {
      throw new StoreException(
          StoreException.Kind.WRONG_TYPE,
          path.toString(),
          attributes.isDirectory() ? "is a folder, not a file" : "is a device, not a file",
          null);
    }
    return attributes;
  }

  private static StoreException noFolder(Path folder, IOException e) {
    if (e instanceof FileAlreadyExistsException) {
      return new StoreException(
          StoreException.Kind.WRONG_TYPE,
          folder.toString(),
          "could not be made: it, or a folder above it, is a file",
          e);
    }
    return LocalErrors.of(folder, "could not be made", e);
  }

  private static void closeQuietly(FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // The first error is the one that is told.
      }
    }
  }

  private static void deleteQuietly(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // A leftover that no name points at.
    }
  }
}
