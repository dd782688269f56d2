package org.asbeam.connectors;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.asbeam.format.AsbDecoder;
import org.asbeam.format.FormatVersion;
import org.asbeam.storage.BlockContents;

/**
 * A run of records as ASB text, without a file's header: what stands in a block of a backup file.
 * Immutable.
 */
public final class AsbBlock {
  private final String namespace;
  private final byte[] text;
  private final BlockContents contents;

  /**
   * @param text not copied
   */
  AsbBlock(String namespace, byte[] text, BlockContents contents) {
    this.namespace = namespace;
    this.text = text;
    this.contents = contents;
  }

  /**
   * A block of text that came from elsewhere.
   *
   * @param namespace the namespace of the records
   * @param text record lines of format 3.1, from the first one's start to the last one's end
   * @throws org.asbeam.format.AsbFormatException if the text is damaged
   * @throws IOException if it holds something else than records
   */
  public static AsbBlock parse(String namespace, byte[] text) throws IOException {
    byte[] own = text.clone();
    BlockContents.Builder contents = new BlockContents.Builder();
    AsbDecoder decoder = decoder(namespace, own);
    for (AsbDecoder.Item item = decoder.next();
        item != AsbDecoder.Item.END;
        item = decoder.next()) {
      if (item != AsbDecoder.Item.RECORD) {
        throw new IOException(
            "a block holds records only, but there is a global line before byte "
                + decoder.offset());
      }
      contents.add(decoder.record());
    }
    return new AsbBlock(namespace, own, contents.build());
  }

  /** The namespace of the records. */
  public String namespace() {
    return namespace;
  }

  /** Which records are in the block. */
  public BlockContents contents() {
    return contents;
  }

  /** The bytes of the text. */
  public int textLength() {
    return text.length;
  }

  /** The text, from its first byte. */
  public InputStream openText() {
    return new ByteArrayInputStream(text);
  }

  /** A decoder before the first record. */
  public AsbDecoder decoder() {
    return decoder(namespace, text);
  }

  /** The text; the block's own. */
  byte[] text() {
    return text;
  }

  private static AsbDecoder decoder(String namespace, byte[] text) {
    return AsbDecoder.inside(
        new ByteArrayInputStream(text),
        "a block of namespace " + namespace,
        FormatVersion.V3_1,
        namespace,
        0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AsbBlock block
        && namespace.equals(block.namespace)
        && Arrays.equals(text, block.text);
  }

  @Override
  public int hashCode() {
    return 31 * namespace.hashCode() + Arrays.hashCode(text);
  }

  @Override
  public String toString() {
    return "AsbBlock["
        + namespace
        + ", "
        + contents.records()
        + " records, "
        + text.length
        + " bytes]";
  }
}
