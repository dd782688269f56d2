package org.asbeam.connectors;

import java.io.IOException;

/** Writes blocks into files; the work of a transform that stands in a higher room. */
public final class WriteBlocksFn extends WriteFilesFn<AsbBlock> {
  private static final long serialVersionUID = 1L;

  public WriteBlocksFn(AsbFileSpec spec) {
    super(spec);
  }

  @Override
  void take(AsbBlock element, AsbFiles to) throws IOException {
    to.write(element);
  }

  @Override
  void flush(AsbFiles to) {
    // A block is written when it comes.
  }

  @Override
  void clear() {
    // Blocks are not kept.
  }
}
