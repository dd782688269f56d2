package org.asbeam.storage.hdfs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.asbeam.storage.FileSizes;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreNames;
import org.asbeam.storage.StoreOutput;
import org.asbeam.storage.StoredFile;
import org.asbeam.storage.remote.Calls;
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
              String other = HdfsFiles.temporaryOf(name);
              return new Temporary(other, HdfsFiles.open(client, client.path(other)));
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
          HdfsFiles.forceAndClose(stream);
          return null;
        });
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
            client -> HdfsFiles.identity(client.files().getFileStatus(client.path(temporary))));
    call(
        patience,
        name,
        "could not be created",
        client -> {
          HdfsFiles.rename(client, client.path(temporary), client.path(name), replace, identity);
          return null;
        });
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
            client -> HdfsFiles.writeTemporary(client, name, content));
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

  @Override
  public byte[] get(String name) throws StoreException {
    FileStatus status = status(name);
    FileSizes.checkSmall(path(name), status.getLen());
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
    FileSizes.checkPosition(path(name), size, position);
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
              connection.as(client -> HdfsFiles.body(client, client.path(name), from, version)));
    } catch (StoreException e) {
      throw HdfsErrors.typed(e);
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
                return HdfsFiles.entries(client, client.path(folder));
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
