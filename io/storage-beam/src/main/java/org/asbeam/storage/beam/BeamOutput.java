package org.asbeam.storage.beam;

import java.nio.channels.WritableByteChannel;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreOutput;

/** A file being written through a channel of Beam. Used by one thread. */
final class BeamOutput implements StoreOutput {
  private enum State {
    OPEN,
    FAILED,
    COMMITTED,
    GIVEN_UP
  }

  private final BeamStore store;
  private final String name;
  private final boolean replace;
  private final boolean seen;
  private WritableByteChannel channel;
  private long position;
  private long most;
  private State state = State.OPEN;

  /**
   * @param seen whether the file is seen already
   */
  BeamOutput(
      BeamStore store, String name, WritableByteChannel channel, boolean replace, boolean seen) {
    this.store = store;
    this.name = name;
    this.channel = channel;
    this.replace = replace;
    this.seen = seen;
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
    most = position + count;
    store.write(name, channel, bytes, offset, count);
    position = most;
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
    store.publish(name, channel, replace, seen, position);
    state = State.COMMITTED;
    channel = null;
  }

  @Override
  public void close() {
    if (state == State.COMMITTED || state == State.GIVEN_UP) {
      return;
    }
    state = State.GIVEN_UP;
    if (seen) {
      store.discard(name, channel, position, most);
    }
    // Else it stays open: to close it would publish it, and who knows over what.
    channel = null;
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
