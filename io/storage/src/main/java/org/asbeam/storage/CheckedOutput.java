package org.asbeam.storage;

/**
 * The part of a {@link StoreOutput} that is the same for all stores: it ends in exactly one of two
 * ways, and what failed once is not gone on with. Used by one thread.
 */
public abstract class CheckedOutput implements StoreOutput {
  private enum State {
    OPEN,
    FAILED,
    COMMITTED,
    GIVEN_UP
  }

  private final String name;
  private final String path;
  private long position;
  private State state = State.OPEN;

  /**
   * @param name relative to the store
   * @param path the whole path, for messages
   */
  protected CheckedOutput(String name, String path) {
    this.name = name;
    this.path = path;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final long position() {
    return position;
  }

  @Override
  public final void write(byte[] bytes, int offset, int count) throws StoreException {
    checkOpen();
    if (count == 0) {
      return;
    }
    state = State.FAILED;
    append(bytes, offset, count);
    position += count;
    state = State.OPEN;
  }

  @Override
  public final void commit() throws StoreException {
    checkOpen();
    // Not committed until all of it has succeeded: a store may refuse as late as at the very end.
    state = State.FAILED;
    publish();
    state = State.COMMITTED;
  }

  @Override
  public final void close() {
    if (state != State.COMMITTED && state != State.GIVEN_UP) {
      state = State.GIVEN_UP;
      giveUp();
    }
  }

  /** Takes bytes, one or more; {@link #position} counts them afterwards. */
  protected abstract void append(byte[] bytes, int offset, int count) throws StoreException;

  /** Makes the file whole and durable under its name. Called once at the most. */
  protected abstract void publish() throws StoreException;

  /** Leaves nothing of the file, after whatever happened. Quiet, and called once at the most. */
  protected abstract void giveUp();

  private void checkOpen() throws StoreException {
    switch (state) {
      case OPEN -> {}
      case FAILED ->
          throw new StoreException(
              StoreException.Kind.OTHER,
              path,
              "an earlier write failed: the file must be given up and written again",
              null);
      case COMMITTED, GIVEN_UP ->
          throw new IllegalStateException(path + " is closed: nothing more can be written");
    }
  }
}
