package org.asbeam.storage.hdfs;

import org.apache.hadoop.fs.FSDataOutputStream;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreOutput;

/** A file being written, under a temporary name until its end. Used by one thread. */
final class HdfsOutput implements StoreOutput {
  private enum State {
    OPEN,
    FAILED,
    COMMITTED,
    GIVEN_UP
  }

  private final HdfsStore store;
  private final String name;
  private final String temporary;
  private final FSDataOutputStream stream;
  private final boolean replace;
  private long position;
  private State state = State.OPEN;

  HdfsOutput(
      HdfsStore store, String name, String temporary, FSDataOutputStream stream, boolean replace) {
    this.store = store;
    this.name = name;
    this.temporary = temporary;
    this.stream = stream;
    this.replace = replace;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws StoreException {
    checkOpen();
    if (count == 0) {
      return;
    }
    state = State.FAILED;
    store.write(name, stream, bytes, offset, count);
    position += count;
    state = State.OPEN;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void commit() throws StoreException {
    checkOpen();
    state = State.FAILED;
    store.finish(name, stream);
    store.publish(temporary, name, replace);
    state = State.COMMITTED;
  }

  @Override
  public void close() {
    if (state == State.COMMITTED || state == State.GIVEN_UP) {
      return;
    }
    state = State.GIVEN_UP;
    store.giveUp(temporary, stream);
  }

  private void checkOpen() throws StoreException {
    switch (state) {
      case OPEN -> {}
      case FAILED ->
          throw new StoreException(
              StoreException.Kind.OTHER,
              store.path(name),
              "an earlier write failed: the file must be given up and written again",
              null);
      case COMMITTED, GIVEN_UP ->
          throw new IllegalStateException(
              store.path(name) + " is closed: nothing more can be written");
    }
  }
}
