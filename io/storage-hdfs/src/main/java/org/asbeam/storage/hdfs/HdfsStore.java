package org.asbeam.storage.hdfs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FsServerDefaults;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsFileStatus;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreNames;
import org.asbeam.storage.StoreOutput;
import org.asbeam.storage.StoredFile;
import org.asbeam.storage.remote.Calls;
import org.asbeam.storage.remote.ObjectBody;
import org.asbeam.storage.remote.Patience;
import org.asbeam.storage.remote.RemoteInput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder on HDFS. Folders are made as they are needed.
 *
 * <p>HDFS shows a file from its first moment, so every file is written under another name, {@code
 * .tmp-} and random digits beside its own, forced to the disks of all its DataNodes, closed, and
 * only then renamed, which is atomic. A process that dies may leave such a name behind.
 */
final class HdfsStore implements Store {
  private static final Logger LOG = LoggerFactory.getLogger(HdfsStore.class);

  /** More than any manifest, less than the heap of a worker. */
  private static final int MOST_SMALL_FILE = 256 << 20;

  /** Hadoop's own default. */
  private static final int BUFFER = 4096;

  private static final String TEMPORARY = ".tmp-";

  /** Whoever cleans up doesn't wait longer for a cluster that may be gone. */
  private static final Duration MOST_CLEANING = Duration.ofSeconds(30);

  private final HdfsLocation location;
  private final HdfsConnection connection;
  private final Calls calls;
  private final Patience patience;
  private final Patience readPatience;
  private final Patience once;
  private final Patience cleaning;

  HdfsStore(HdfsLocation location, HdfsSettings settings, HdfsConnection connection) {
    this.location = location;
    this.connection = connection;
    this.calls = new Calls(HdfsErrors::explain);
    this.patience = settings.patience();
    this.readPatience = settings.readPatience();
    this.once = once(patience.limit());
    this.cleaning =
        once(patience.limit().compareTo(MOST_CLEANING) < 0 ? patience.limit() : MOST_CLEANING);
  }

  private static Patience once(Duration limit) {
    return new Patience(1, Duration.ZERO, Duration.ZERO, 1, limit);
  }

  @Override
  public String location() {
    return location.toString();
  }

  @Override
  public StoreOutput create(String name) throws StoreException {
    return createWhole(name, false);
  }

  @Override
  public StoreOutput createWhole(String name, boolean replace) throws StoreException {
    file(name);
    checkFree(name, replace);
    Temporary temporary =
        call(
            patience,
            name,
            "could not be created",
            client -> {
              String other = temporaryOf(name);
              return new Temporary(other, open(client, client.path(other)));
            });
    return new HdfsOutput(this, name, temporary.name(), temporary.stream(), replace);
  }

  private record Temporary(String name, FSDataOutputStream stream) {}

  private void checkFree(String name, boolean replace) throws StoreException {
    FileStatus there =
        call(
            patience,
            name,
            "could not be created",
            client -> {
              try {
                return client.files().getFileStatus(client.path(name));
              } catch (FileNotFoundException e) {
                return null;
              }
            });
    if (there != null && (there.isDirectory() || !replace)) {
      throw new StoreException(
          StoreException.Kind.EXISTS,
          path(name),
          there.isDirectory() ? "is a folder" : "is there already",
          null);
    }
  }

  /** Starts a file, and makes its folder if need be. */
  private static FSDataOutputStream open(HdfsConnection.Client client, Path path)
      throws IOException {
    if (!(client.files() instanceof DistributedFileSystem)) {
      // The web interface says no before the last byte only.
      makeFolder(client, path.getParent());
    }
    try {
      return openInFolder(client, path);
    } catch (FileNotFoundException e) {
      makeFolder(client, path.getParent());
      return openInFolder(client, path);
    }
  }

  private static void makeFolder(HdfsConnection.Client client, Path folder) throws IOException {
    try {
      client.files().mkdirs(folder);
    } catch (FileAlreadyExistsException e) {
      // Not the file that is to be made: that isn't there.
      IOException failure = new ParentNotDirectoryException(e.getMessage());
      failure.initCause(e);
      throw failure;
    }
  }

  private static FSDataOutputStream openInFolder(HdfsConnection.Client client, Path path)
      throws IOException {
    FileSystem files = client.files();
    FsServerDefaults cluster = files.getServerDefaults(path);
    Configuration configuration = files.getConf();
    // Each block is forced to disk as it ends, not only the last one.
    return files.createNonRecursive(
        path,
        FsPermission.getFileDefault(),
        EnumSet.of(CreateFlag.CREATE, CreateFlag.SYNC_BLOCK),
        configuration.getInt("io.file.buffer.size", BUFFER),
        HdfsConfiguration.replication(configuration, cluster),
        HdfsConfiguration.blockSize(configuration, cluster),
        null);
  }

  /** A free name beside a file. */
  private static String temporaryOf(String name) {
    return name.substring(0, name.lastIndexOf('/') + 1)
        + TEMPORARY
        + UUID.randomUUID().toString().replace("-", "");
  }

  void write(String name, FSDataOutputStream stream, byte[] bytes, int offset, int count)
      throws StoreException {
    call(
        once,
        name,
        "could not be written",
        client -> {
          stream.write(bytes, offset, count);
          return null;
        });
  }

  /** Ends a file: what was written is on disks when this returns. */
  void finish(String name, FSDataOutputStream stream) throws StoreException {
    call(
        once,
        name,
        "could not be written",
        client -> {
          forceAndClose(stream);
          return null;
        });
  }

  private static void forceAndClose(FSDataOutputStream stream) throws IOException {
    stream.hsync();
    stream.close();
  }

  /**
   * Gives a whole file its name.
   *
   * @throws StoreException of kind EXISTS if it is taken, and not to be replaced
   */
  void publish(String temporary, String name, boolean replace) throws StoreException {
    String identity =
        call(
            patience,
            name,
            "could not be written",
            client -> identity(client.files().getFileStatus(client.path(temporary))));
    call(
        patience,
        name,
        "could not be created",
        client -> {
          rename(client, client.path(temporary), client.path(name), replace, identity);
          return null;
        });
  }

  /** Succeeds too if an earlier attempt did, and its answer was lost. */
  private static void rename(
      HdfsConnection.Client client, Path from, Path to, boolean replace, String identity)
      throws IOException {
    try {
      client.renaming().rename(from, to, replace ? Options.Rename.OVERWRITE : Options.Rename.NONE);
    } catch (FileNotFoundException | FileAlreadyExistsException e) {
      if (!isThere(client, to, identity)) {
        throw e;
      }
    }
  }

  private static boolean isThere(HdfsConnection.Client client, Path path, String identity)
      throws IOException {
    try {
      return identity(client.files().getFileStatus(path)).equals(identity);
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /** What a file keeps when it is renamed, and no other file has. */
  private static String identity(FileStatus status) {
    String id = status instanceof HdfsFileStatus hdfs ? hdfs.getFileId() + "-" : "";
    return id + status.getLen() + "-" + status.getModificationTime();
  }

  /** Gives a file up. Quiet. */
  void giveUp(String temporary, FSDataOutputStream stream) {
    // It must go even if the work on it was interrupted.
    boolean interrupted = Thread.interrupted();
    try {
      call(
          cleaning,
          temporary,
          "could not be closed",
          client -> {
            stream.close();
            return null;
          });
    } catch (StoreException | RuntimeException e) {
      LOG.debug("a file that is given up could not be closed: {}", e.getMessage());
    }
    deleteQuietly(temporary);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void deleteQuietly(String temporary) {
    try {
      call(
          cleaning,
          temporary,
          "could not be deleted",
          client -> client.files().delete(client.path(temporary), false));
    } catch (StoreException | RuntimeException e) {
      LOG.warn("a file that was given up may still take room: {}", e.getMessage());
    }
  }

  @Override
  public boolean putIfAbsent(String name, byte[] content) throws StoreException {
    file(name);
    try {
      checkFree(name, false);
      writeSmall(name, content, false);
      return true;
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.EXISTS) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void put(String name, byte[] content) throws StoreException {
    file(name);
    writeSmall(name, content, true);
  }

  private void writeSmall(String name, byte[] content, boolean replace) throws StoreException {
    String temporary =
        call(
            patience,
            name,
            "could not be written",
            client -> writeTemporary(client, name, content));
    boolean published = false;
    try {
      publish(temporary, name, replace);
      published = true;
    } finally {
      if (!published) {
        deleteQuietly(temporary);
      }
    }
  }

  /** Each attempt has a name of its own: an earlier one may still be at work. */
  private static String writeTemporary(HdfsConnection.Client client, String name, byte[] content)
      throws IOException {
    String temporary = temporaryOf(name);
    Path path = client.path(temporary);
    FSDataOutputStream stream = open(client, path);
    boolean whole = false;
    try {
      stream.write(content);
      forceAndClose(stream);
      whole = true;
      return temporary;
    } finally {
      if (!whole) {
        discard(client, path, stream);
      }
    }
  }

  private static void discard(HdfsConnection.Client client, Path path, FSDataOutputStream stream) {
    try {
      stream.close();
    } catch (IOException | RuntimeException e) {
      LOG.debug("a file that is given up could not be closed: {}", e.getMessage());
    }
    try {
      client.files().delete(path, false);
    } catch (IOException | RuntimeException e) {
      LOG.warn("a file that was given up may still take room: {}", path);
    }
  }

  @Override
  public byte[] get(String name) throws StoreException {
    FileStatus status = status(name);
    if (status.getLen() > MOST_SMALL_FILE) {
      throw new StoreException(
          StoreException.Kind.OTHER,
          path(name),
          "has "
              + status.getLen()
              + " bytes, more than such a file can have ("
              + MOST_SMALL_FILE
              + ")",
          null);
    }
    try (InputStream in = openAt(name, 0)) {
      return in.readAllBytes();
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException(path(name), e);
    }
  }

  @Override
  public InputStream read(String name, long position) throws StoreException {
    long size = status(name).getLen();
    if (position < 0 || position > size) {
      throw new StoreException(
          StoreException.Kind.OTHER,
          path(name),
          "has " + size + " bytes, so it can't be read from byte " + position,
          null);
    }
    return openAt(name, position);
  }

  private InputStream openAt(String name, long position) throws StoreException {
    try {
      return RemoteInput.open(
          calls,
          patience,
          readPatience,
          path(name),
          position,
          (from, version) ->
              connection.as(client -> body(client, client.path(name), from, version)));
    } catch (StoreException e) {
      throw HdfsErrors.typed(e);
    }
  }

  private static ObjectBody body(
      HdfsConnection.Client client, Path path, long position, String version) throws IOException {
    FileStatus status = client.files().getFileStatus(path);
    if (!version.isEmpty() && !version.equals(identity(status))) {
      throw new HdfsErrors.ReplacedException("it was replaced while it was read", false);
    }
    FSDataInputStream stream = client.files().open(path);
    boolean right = false;
    try {
      // Small files are replaced all the time; size and content must be of the same one.
      if (!isThere(client, path, identity(status))) {
        throw new HdfsErrors.ReplacedException("it was replaced while it was opened", true);
      }
      if (position > 0) {
        stream.seek(position);
      }
      right = true;
      return new ObjectBody(stream, status.getLen(), identity(status));
    } finally {
      if (!right) {
        stream.close();
      }
    }
  }

  @Override
  public long size(String name) throws StoreException {
    return status(name).getLen();
  }

  /** The status of a file. */
  private FileStatus status(String name) throws StoreException {
    file(name);
    FileStatus status =
        call(
            patience,
            name,
            "could not be read",
            client -> client.files().getFileStatus(client.path(name)));
    if (status.isDirectory()) {
      throw new StoreException(
          StoreException.Kind.WRONG_TYPE, path(name), "is a folder, not a file", null);
    }
    return status;
  }

  @Override
  public List<StoredFile> list(String folder) throws StoreException {
    check(StoreNames.folder(this, folder));
    FileStatus[] entries =
        call(
            patience,
            folder,
            "could not be listed",
            client -> {
              try {
                return entries(client, client.path(folder));
              } catch (FileNotFoundException e) {
                return new FileStatus[0];
              }
            });
    if (entries == null) {
      throw new StoreException(
          StoreException.Kind.WRONG_TYPE, path(folder), "is a file, not a folder", null);
    }
    List<StoredFile> files = new ArrayList<>();
    for (FileStatus entry : entries) {
      String name = entry.getPath().getName();
      files.add(
          new StoredFile(
              folder.isEmpty() ? name : folder + "/" + name,
              entry.isDirectory() ? 0 : entry.getLen(),
              entry.isDirectory()));
    }
    files.sort(Comparator.comparing(StoredFile::name));
    return List.copyOf(files);
  }

  /** Null: it is no folder. */
  private static FileStatus[] entries(HdfsConnection.Client client, Path path) throws IOException {
    FileStatus[] entries = client.files().listStatus(path);
    boolean self =
        entries.length == 1
            && entries[0].isFile()
            && entries[0].getPath().toUri().getPath().equals(path.toUri().getPath());
    return self ? null : entries;
  }

  /** Deletes a file, or a folder that is empty. */
  @Override
  public void delete(String name) throws StoreException {
    file(name);
    call(
        patience,
        name,
        "could not be deleted",
        client -> client.files().delete(client.path(name), false));
  }

  @Override
  public void close() {
    try {
      calls.run(
          cleaning,
          location(),
          "could not be closed",
          () -> {
            connection.close();
            return null;
          });
    } catch (StoreException | RuntimeException e) {
      LOG.debug("a client could not be closed: {}", e.getMessage());
    }
  }

  private <T> T call(
      Patience howPatient, String name, String doing, HdfsConnection.Action<T> action)
      throws StoreException {
    try {
      return calls.run(howPatient, path(name), doing, () -> connection.as(action));
    } catch (StoreException e) {
      throw HdfsErrors.typed(e);
    }
  }

  private void file(String name) throws StoreException {
    check(StoreNames.file(this, name));
  }

  private void check(String name) throws StoreException {
    Optional<String> objection = location.objection(name);
    if (objection.isPresent()) {
      throw new StoreException(
          StoreException.Kind.OTHER, path(name), "can't be a name: " + objection.get(), null);
    }
  }

  /** Where a file is, as a person writes it. */
  String path(String name) {
    return name.isEmpty() ? location() : location() + "/" + name;
  }
}
