package org.asbeam.connectors;

import java.io.IOException;

/** Encodes records and writes them into files, without a block on its way between steps. */
final class WriteRecordFilesFn extends WriteFilesFn<AerospikeRecord> {
  private static final long serialVersionUID = 1L;

  private final String namespace;
  private final boolean compact;
  private final int blockBytes;
  private transient BlockEncoder encoder;

  WriteRecordFilesFn(String namespace, boolean compact, AsbFileSpec spec) {
    super(spec);
    this.namespace = namespace;
    this.compact = compact;
    this.blockBytes = BlockEncoder.blockBytesFor(spec.fileLimit());
  }

  @Override
  void take(AerospikeRecord element, AsbFiles to) throws IOException {
    if (encoder == null) {
      encoder = new BlockEncoder(namespace, compact, blockBytes);
    }
    if (encoder.add(element.view())) {
      to.write(encoder.take());
    }
  }

  @Override
  void flush(AsbFiles to) throws IOException {
    if (!encoder.isEmpty()) {
      to.write(encoder.take());
    }
  }

  @Override
  void clear() {
    encoder = null;
  }
}
