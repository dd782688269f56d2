package org.asbeam.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A local file being written: under its final name, or a temporary one until its end. */
final class LocalOutput implements StoreOutput {
  /** The JDK keeps a direct buffer per thread as large as the largest heap buffer written. */
  private static final int PIECE = 256 * 1024;

  /** Gives a whole file its name. */
  @FunctionalInterface
  interface Publication {
    void run() throws IOException;
  }

  private enum State {
    OPEN,
    FAILED,
    COMMITTED,
    GIVEN_UP
  }

  private final String name;
  private final Path path;
  private final FileChannel channel;
  private final Publication publication;
  private final boolean device;
  private long position;
  private State state = State.OPEN;

  /**
   * @param path what is written, and deleted if it is given up
   * @param publication what is done when it is whole and durable
   */
  LocalOutput(String name, Path path, FileChannel channel, Publication publication) {
    this(name, path, channel, publication, false);
  }

  private LocalOutput(
      String name, Path path, FileChannel channel, Publication publication, boolean device) {
    this.name = name;
    this.path = path;
    this.channel = channel;
    this.publication = publication;
    this.device = device;
  }

  /** A pipe or a device, which was there before and stays. */
  static LocalOutput ofDevice(String name, Path path, FileChannel channel) {
    return new LocalOutput(name, path, channel, () -> {}, true);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws StoreException {
    checkOpen();
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, count);
    int end = offset + count;
    try {
      while (buffer.position() < end) {
        buffer.limit(Math.min(end, buffer.position() + PIECE));
        position += channel.write(buffer);
      }
    } catch (IOException e) {
      state = State.FAILED;
      throw LocalErrors.ofWrite(path, e);
    }
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void commit() throws StoreException {
    checkOpen();
    // Not committed until all of it has succeeded: a disk may refuse as late as in force or close.
    state = State.FAILED;
    try {
      if (device) {
        channel.close();
      } else {
        channel.force(true);
        channel.close();
        publication.run();
        LocalFolders.force(path.getParent());
      }
    } catch (FileAlreadyExistsException e) {
      throw LocalErrors.of(Path.of(e.getFile()), "could not be created", e);
    } catch (IOException e) {
      throw LocalErrors.ofWrite(path, e);
    }
    state = State.COMMITTED;
  }

  @Override
  public void close() {
    if (state == State.COMMITTED || state == State.GIVEN_UP) {
      return;
    }
    state = State.GIVEN_UP;
    try {
      channel.close();
    } catch (IOException e) {
      // The file goes anyway.
    }
    if (device) {
      return;
    }
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // Quiet by contract; the commit of the run looks for files that no receipt names.
    }
  }

  private void checkOpen() throws StoreException {
    switch (state) {
      case OPEN -> {}
      case FAILED ->
          throw new StoreException(
              StoreException.Kind.OTHER,
              path.toString(),
              "an earlier write failed: the file must be given up and written again",
              null);
      case COMMITTED, GIVEN_UP ->
          throw new IllegalStateException(path + " is closed: nothing more can be written");
    }
  }
}
