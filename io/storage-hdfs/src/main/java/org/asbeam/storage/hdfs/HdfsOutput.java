package org.asbeam.storage.hdfs;

import org.apache.hadoop.fs.FSDataOutputStream;
import org.asbeam.storage.CheckedOutput;
import org.asbeam.storage.StoreException;

/** A file being written, under a temporary name until its end. */
final class HdfsOutput extends CheckedOutput {
  private final HdfsStore store;
  private final String temporary;
  private final FSDataOutputStream stream;
  private final boolean replace;

  HdfsOutput(
      HdfsStore store, String name, String temporary, FSDataOutputStream stream, boolean replace) {
    super(name, store.path(name));
    this.store = store;
    this.temporary = temporary;
    this.stream = stream;
    this.replace = replace;
  }

  @Override
  protected void append(byte[] bytes, int offset, int count) throws StoreException {
    store.write(name(), stream, bytes, offset, count);
  }

  @Override
  protected void publish() throws StoreException {
    store.finish(name(), stream);
    store.publish(temporary, name(), replace);
  }

  @Override
  protected void giveUp() {
    store.giveUp(temporary, stream);
  }
}
