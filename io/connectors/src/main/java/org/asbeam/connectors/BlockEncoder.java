package org.asbeam.connectors;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.asbeam.format.AsbBuffer;
import org.asbeam.format.AsbEncoder;
import org.asbeam.format.RecordView;
import org.asbeam.storage.BlockContents;

/**
 * Encodes records into blocks of ASB text. Its memory is one block, and its records' index. Not
 * safe for use by several threads.
 *
 * <pre>{@code
 * if (encoder.add(row)) {
 *   files.write(encoder.take());
 * }
 * }</pre>
 */
public final class BlockEncoder {
  /** What a block of a backup has: large enough to compress well, small enough to hold. */
  public static final int DEFAULT_BLOCK_BYTES = 4 << 20;

  /** Smaller blocks cost more than they are good for. */
  private static final int LEAST_BLOCK_BYTES = 64 << 10;

  private final String namespace;
  private final byte[] namespaceBytes;
  private final int blockBytes;
  private final AsbEncoder encoder;
  private final AsbBuffer text;
  private final BlockContents.Builder contents = new BlockContents.Builder();

  /**
   * @param namespace the namespace of all records, 1 to 31 bytes
   * @param compact whether blobs, lists, maps and HLLs are written raw instead of as base64
   * @param blockBytes a block is full when it has this many bytes of text
   */
  public BlockEncoder(String namespace, boolean compact, int blockBytes) {
    if (blockBytes < 1) {
      throw new IllegalArgumentException("a block of " + blockBytes + " bytes");
    }
    this.namespace = namespace;
    this.namespaceBytes = namespace.getBytes(StandardCharsets.UTF_8);
    this.blockBytes = blockBytes;
    this.encoder = new AsbEncoder(namespace, compact);
    this.text = new AsbBuffer(Math.min(LEAST_BLOCK_BYTES, blockBytes));
  }

  /** The size of blocks that keeps files near their limit: small blocks for small files. */
  static int blockBytesFor(long fileLimit) {
    return fileLimit == 0
        ? DEFAULT_BLOCK_BYTES
        : (int) Math.max(LEAST_BLOCK_BYTES, Math.min(DEFAULT_BLOCK_BYTES, fileLimit / 8));
  }

  /**
   * Adds a record to the block.
   *
   * @return whether the block is full
   * @throws org.asbeam.format.UnencodableRecordException if ASB can't spell the record
   * @throws IOException if the record says that it is of another namespace
   */
  public boolean add(RecordView row) throws IOException {
    checkNamespace(row);
    encoder.record(text, row);
    contents.add(row);
    return text.length() >= blockBytes;
  }

  public boolean isEmpty() {
    return text.length() == 0;
  }

  /** The block so far; the next one is then empty. */
  public AsbBlock take() {
    AsbBlock block = new AsbBlock(namespace, text.toByteArray(), contents.build());
    text.clear();
    return block;
  }

  private void checkNamespace(RecordView row) throws IOException {
    int at = row.namespaceOffset();
    int length = row.namespaceLength();
    if (length > 0
        && !Arrays.equals(
            row.buffer(), at, at + length, namespaceBytes, 0, namespaceBytes.length)) {
      throw new IOException(
          "a record is of namespace '"
              + new String(row.buffer(), at, length, StandardCharsets.UTF_8)
              + "', but a backup of '"
              + namespace
              + "' is written; write each namespace into a folder of its own");
    }
  }
}
