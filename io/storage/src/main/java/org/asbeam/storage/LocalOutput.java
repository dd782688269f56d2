package org.asbeam.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A local file being written under its final name. */
final class LocalOutput implements StoreOutput {
  /** The JDK keeps a direct buffer per thread as large as the largest heap buffer written. */
  private static final int PIECE = 256 * 1024;

  private enum State {
    OPEN,
    FAILED,
    COMMITTED,
    GIVEN_UP
  }

  private final String name;
  private final Path path;
  private final FileChannel channel;
  private long position;
  private State state = State.OPEN;

  LocalOutput(String name, Path path, FileChannel channel) {
    this.name = name;
    this.path = path;
    this.channel = channel;
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
      channel.force(true);
      channel.close();
      LocalFolders.force(path.getParent());
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
