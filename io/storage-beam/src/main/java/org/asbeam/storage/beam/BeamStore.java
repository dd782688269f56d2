package org.asbeam.storage.beam;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.asbeam.storage.FileSizes;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreNames;
import org.asbeam.storage.StoreOutput;
import org.asbeam.storage.StoredFile;
import org.asbeam.storage.remote.Calls;
import org.asbeam.storage.remote.ObjectBody;
import org.asbeam.storage.remote.Patience;
import org.asbeam.storage.remote.Problem;
import org.asbeam.storage.remote.RemoteInput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of a file system that is known to Beam only. Files are written under their own names.
 *
 * <p>Of a file system that nobody knows, some things can't be promised:
 *
 * <ul>
 *   <li>Exclusive: it is looked for a file before it is started and before it is published, the
 *       file system is told to expect none, and what is there in the end is compared with what was
 *       written, small files byte by byte, others by size. Where the file system heeds what it is
 *       told, one of two racing writers wins. Where it does not, both may think so if their looks
 *       and writes fall together, and so may two that write the same bytes.
 *   <li>Whole: where a file is seen from its first moment, as on a disk, it is seen in parts while
 *       it is written; and one that is replaced is gone from then on.
 *   <li>Replacing: where the file system refuses to, the old file is deleted first.
 *   <li>Given up: where files are seen when their channel is closed, a file that is given up is not
 *       closed. Its memory is freed with its last reference; what was uploaded of it may take room
 *       until a rule of the store clears it.
 *   <li>Durable: as far as the file system makes it so when a channel is closed.
 *   <li>Folders: one is listed if a file lies in it, or at most {@value #LEVELS} levels below the
 *       folder that is listed; empty ones are not.
 *   <li>Names: those with one of {@code * ? [ ] { } \} are refused, for Beam takes them for
 *       patterns. How others are decoded is the file system's.
 * </ul>
 *
 * <p>Requests are tried as with all remote stores; only errors that the JDK has a class for, or
 * that say what they are in plain words, are told apart.
 */
final class BeamStore implements Store {
  private static final Logger LOG = LoggerFactory.getLogger(BeamStore.class);

  /** As deep as the journal of a run lies in a backup folder. */
  static final int LEVELS = 4;

  private static final String WILDCARDS = "*?[]{}\\";

  private static final Patience ONCE =
      new Patience(1, Duration.ZERO, Duration.ZERO, 1, Patience.OF_REQUESTS.limit());

  private final String location;
  private final Calls calls = new Calls(BeamErrors::explain);
  private final Patience patience;
  private final Patience reading;

  /**
   * @param location without a slash at its end
   */
  BeamStore(String location) {
    this(location, Patience.OF_REQUESTS, Patience.OF_READING);
  }

  BeamStore(String location, Patience patience, Patience reading) {
    this.location = location;
    this.patience = patience;
    this.reading = reading;
  }

  static boolean hasWildcard(String name) {
    return name.chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0);
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public StoreOutput create(String name) throws StoreException {
    return createWhole(name, false);
  }

  @Override
  public StoreOutput createWhole(String name, boolean replace) throws StoreException {
    String path = file(name);
    Optional<BeamFiles.Info> before = info(name, "could not be created");
    if (before.isPresent() && (before.get().folder() || !replace)) {
      throw exists(name);
    }
    WritableByteChannel channel =
        call(
            patience,
            name,
            "could not be created",
            () -> {
              try {
                return BeamFiles.create(path, !replace);
              } catch (IOException | RuntimeException e) {
                makeWay(path, replace, e);
                return BeamFiles.create(path, !replace);
              }
            });
    // Seen at once, and empty: this one. What has content already is somebody else's.
    boolean wasEmpty = before.filter(there -> there.size() == 0).isPresent();
    boolean seen =
        info(name, "could not be created")
            .filter(there -> there.size() == 0 && !wasEmpty)
            .isPresent();
    return new BeamOutput(this, name, channel, replace, seen);
  }

  /** Deletes the file that a file system refuses to replace. */
  private static <E extends Exception> void makeWay(String path, boolean replace, E error)
      throws E, IOException {
    boolean refused = BeamErrors.explain(error).kind() == Problem.Kind.EXISTS;
    if (!replace || !refused) {
      throw error;
    }
    BeamFiles.delete(path);
  }

  void write(String name, WritableByteChannel channel, byte[] bytes, int offset, int count)
      throws StoreException {
    call(
        ONCE,
        name,
        "could not be written",
        () -> {
          BeamFiles.write(channel, bytes, offset, count);
          return null;
        });
  }

  /**
   * Publishes a file.
   *
   * @param seen whether it has been seen since it was started
   * @throws StoreException of kind EXISTS if another one is there, and is not to be replaced
   */
  void publish(String name, WritableByteChannel channel, boolean replace, boolean seen, long size)
      throws StoreException {
    if (!replace && !seen && info(name, "could not be created").isPresent()) {
      throw exists(name);
    }
    StoreException failure = null;
    try {
      // Never twice: on some file systems the second close fails a good write.
      call(
          ONCE,
          name,
          "could not be written",
          () -> {
            channel.close();
            return null;
          });
    } catch (StoreException e) {
      failure = e;
    }
    Optional<BeamFiles.Info> there = info(name, "could not be written");
    if (failure == null && there.isPresent() && there.get().size() == size) {
      return;
    }
    if (!replace && there.isPresent() && there.get().size() != size) {
      throw exists(name);
    }
    throw failure != null
        ? failure
        : new StoreException(
            StoreException.Kind.OTHER,
            path(name),
            "could not be written: "
                + there.map(info -> info.size() + " of " + size + " bytes").orElse("nothing")
                + " is there although the file system reported success",
            null);
  }

  /**
   * Gives a file up that has been seen since it was started, unless another one is there. Quiet.
   *
   * @param least the bytes that were written
   * @param most those, and what was being written when it failed
   */
  void discard(String name, WritableByteChannel channel, long least, long most) {
    // It must go even if the work on it was interrupted.
    boolean interrupted = Thread.interrupted();
    try {
      call(
          ONCE,
          name,
          "could not be given up",
          () -> {
            closeAndDelete(path(name), channel, least, most);
            return null;
          });
    } catch (StoreException | RuntimeException e) {
      LOG.warn("a file that was given up may still be there: {}", e.getMessage());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void closeAndDelete(
      String path, WritableByteChannel channel, long least, long most) throws IOException {
    try {
      if (channel.isOpen()) {
        channel.close();
      }
    } finally {
      Optional<BeamFiles.Info> there = BeamFiles.info(path);
      if (there.isPresent() && there.get().size() >= least && there.get().size() <= most) {
        BeamFiles.delete(path);
      }
    }
  }

  @Override
  public boolean putIfAbsent(String name, byte[] content) throws StoreException {
    if (info(name, "could not be written").isPresent()) {
      return false;
    }
    StoreException failure = null;
    try {
      writeSmall(name, content, false);
    } catch (StoreException e) {
      failure = e;
    }
    Optional<byte[]> there = find(name);
    if (there.isPresent()) {
      return Arrays.equals(there.get(), content);
    }
    throw failure != null ? failure : notFound(name, "could not be written");
  }

  @Override
  public void put(String name, byte[] content) throws StoreException {
    writeSmall(name, content, true);
  }

  private void writeSmall(String name, byte[] content, boolean replace) throws StoreException {
    String path = file(name);
    call(
        patience,
        name,
        "could not be written",
        () -> {
          try {
            writeOnce(path, content, replace);
          } catch (IOException | RuntimeException e) {
            makeWay(path, replace, e);
            writeOnce(path, content, replace);
          }
          return null;
        });
  }

  /** If it fails, its channel is not closed: that would publish what was written so far. */
  private static void writeOnce(String path, byte[] content, boolean replace) throws IOException {
    WritableByteChannel channel = BeamFiles.create(path, !replace);
    BeamFiles.write(channel, content, 0, content.length);
    channel.close();
  }

  @Override
  public byte[] get(String name) throws StoreException {
    checkFile(name);
    return find(name).orElseThrow(() -> notFound(name, "could not be read"));
  }

  /** Read to its end through one channel, so that it is of one moment. */
  private Optional<byte[]> find(String name) throws StoreException {
    String path = file(name);
    byte[] content;
    try {
      content =
          call(
              patience,
              name,
              "could not be read",
              () -> {
                try (InputStream in = BeamFiles.open(path, 0)) {
                  return in.readNBytes(FileSizes.MOST_SMALL + 1);
                }
              });
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND || info(name, "could not be read").isEmpty()) {
        return Optional.empty();
      }
      throw e;
    }
    FileSizes.checkSmall(path(name), content.length);
    return Optional.of(content);
  }

  @Override
  public InputStream read(String name, long position) throws StoreException {
    long size = checkFile(name).size();
    FileSizes.checkPosition(path(name), size, position);
    if (position == size) {
      return InputStream.nullInputStream();
    }
    String path = file(name);
    return RemoteInput.open(
        calls, patience, reading, path, position, (from, version) -> body(path, from, version));
  }

  private static ObjectBody body(String path, long position, String version) throws IOException {
    Optional<BeamFiles.Info> info = BeamFiles.info(path);
    if (info.isEmpty() || !version.isEmpty() && !version.equals(info.get().version())) {
      throw new BeamErrors.ReplacedException();
    }
    return new ObjectBody(BeamFiles.open(path, position), info.get().size(), info.get().version());
  }

  @Override
  public long size(String name) throws StoreException {
    return checkFile(name).size();
  }

  private BeamFiles.Info checkFile(String name) throws StoreException {
    BeamFiles.Info info =
        info(name, "could not be read").orElseThrow(() -> notFound(name, "could not be read"));
    if (info.folder()) {
      throw new StoreException(
          StoreException.Kind.WRONG_TYPE, path(name), "is a folder, not a file", null);
    }
    return info;
  }

  private Optional<BeamFiles.Info> info(String name, String doing) throws StoreException {
    String path = file(name);
    return call(patience, name, doing, () -> BeamFiles.info(path));
  }

  @Override
  public List<StoredFile> list(String folder) throws StoreException {
    StoreNames.folder(this, folder);
    checkWildcards(folder);
    String path = path(folder);
    List<String> patterns = new ArrayList<>();
    String pattern = path;
    for (int level = 0; level < LEVELS; level++) {
      pattern += "/*";
      patterns.add(pattern);
    }
    List<List<MatchResult.Metadata>> found =
        call(patience, folder, "could not be listed", () -> BeamFiles.match(patterns));
    return new BeamListing(folder, path).of(found);
  }

  @Override
  public void delete(String name) throws StoreException {
    String path = file(name);
    try {
      call(
          patience,
          name,
          "could not be deleted",
          () -> {
            BeamFiles.delete(path);
            return null;
          });
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.NOT_FOUND) {
        throw e;
      }
    }
  }

  /** Does nothing: the file systems are Beam's. */
  @Override
  public void close() {}

  private <T> T call(Patience howPatient, String name, String doing, Calls.Call<T> call)
      throws StoreException {
    return calls.run(howPatient, path(name), doing, call);
  }

  private StoreException exists(String name) {
    return new StoreException(
        StoreException.Kind.EXISTS,
        path(name),
        "could not be created: there is one of that name already",
        null);
  }

  private StoreException notFound(String name, String doing) {
    return new StoreException(
        StoreException.Kind.NOT_FOUND,
        path(name),
        doing + ": there is no such file or folder",
        null);
  }

  /** The path of a file, checked. */
  private String file(String name) throws StoreException {
    StoreNames.file(this, name);
    checkWildcards(name);
    return path(name);
  }

  private void checkWildcards(String name) throws StoreException {
    if (hasWildcard(name)) {
      throw new StoreException(
          StoreException.Kind.OTHER,
          path(name),
          "has one of * ? [ ] { } \\, which Beam takes for a pattern",
          null);
    }
  }

  /** Where a file is, as a person writes it, and Beam takes it. */
  String path(String name) {
    return name.isEmpty() ? location : location + "/" + name;
  }
}
