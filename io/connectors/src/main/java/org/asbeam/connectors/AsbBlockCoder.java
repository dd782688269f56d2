package org.asbeam.connectors;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.util.VarInt;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Blocks as their namespace and text. Decoding reads the records in the text, about a microsecond
 * each, to know the block's contents; steps that runners fuse never do that.
 */
public final class AsbBlockCoder extends AtomicCoder<AsbBlock> {
  private static final long serialVersionUID = 1L;
  private static final AsbBlockCoder CODER = new AsbBlockCoder();
  private static final StringUtf8Coder NAME = StringUtf8Coder.of();
  private static final ByteArrayCoder BYTES = ByteArrayCoder.of();

  private AsbBlockCoder() {}

  public static AsbBlockCoder of() {
    return CODER;
  }

  @Override
  public void encode(AsbBlock block, OutputStream out) throws IOException {
    if (block == null) {
      throw new CoderException("there is no block to encode");
    }
    NAME.encode(block.namespace(), out);
    BYTES.encode(block.text(), out);
  }

  @Override
  public AsbBlock decode(InputStream in) throws IOException {
    String namespace = NAME.decode(in);
    return AsbBlock.parse(namespace, BYTES.decode(in));
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }

  @Override
  public boolean isRegisterByteSizeObserverCheap(AsbBlock block) {
    return true;
  }

  @Override
  protected long getEncodedElementByteSize(AsbBlock block) throws CoderException {
    if (block == null) {
      throw new CoderException("there is no block to encode");
    }
    // A namespace has at most 31 bytes, and so one byte for its length.
    int name = block.namespace().getBytes(StandardCharsets.UTF_8).length;
    return 1L + name + VarInt.getLength(block.textLength()) + block.textLength();
  }

  @Override
  public TypeDescriptor<AsbBlock> getEncodedTypeDescriptor() {
    return TypeDescriptor.of(AsbBlock.class);
  }
}
