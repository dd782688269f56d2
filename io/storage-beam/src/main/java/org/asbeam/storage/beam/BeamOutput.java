package org.asbeam.storage.beam;

import java.nio.channels.WritableByteChannel;
import org.asbeam.storage.CheckedOutput;
import org.asbeam.storage.StoreException;

/** A file being written through a channel of Beam. */
final class BeamOutput extends CheckedOutput {
  private final BeamStore store;
  private final boolean replace;
  private final boolean seen;
  private WritableByteChannel channel;
  private long most;

  /**
   * @param seen whether the file is seen already
   */
  BeamOutput(
      BeamStore store, String name, WritableByteChannel channel, boolean replace, boolean seen) {
    super(name, store.path(name));
    this.store = store;
    this.channel = channel;
    this.replace = replace;
    this.seen = seen;
  }

  @Override
  protected void append(byte[] bytes, int offset, int count) throws StoreException {
    most = position() + count;
    store.write(name(), channel, bytes, offset, count);
  }

  @Override
  protected void publish() throws StoreException {
    store.publish(name(), channel, replace, seen, position());
    channel = null;
  }

  @Override
  protected void giveUp() {
    if (seen) {
      store.discard(name(), channel, position(), most);
    }
    // Else it stays open: to close it would publish it, and who knows over what.
    channel = null;
  }
}
