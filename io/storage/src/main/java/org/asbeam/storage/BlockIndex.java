package org.asbeam.storage;

import java.util.List;
import java.util.Optional;

/**
 * The blocks of one backup file, from its first byte on without a gap, or from the one behind an
 * encrypted file's head; behind the last one only a compressed file's seek table may follow. It
 * lets a reader start in the middle of the file, check every block before it uses its text, and
 * find a record without reading the file.
 *
 * @param file the file's name in the folder
 * @param codec how each block is compressed
 * @param head what the file starts with, before the first block, if it is encrypted
 * @param storedBytes the file's size
 * @param crc32c of all its bytes as stored; 0 if rebuilt
 * @param rebuilt whether it comes from the file's seek table, which knows neither checksums nor
 *     contents of the blocks
 * @param blocks in the order of the file, at least one
 */
public record BlockIndex(
    String file,
    Compression.Codec codec,
    Optional<EncryptedHead> head,
    long storedBytes,
    int crc32c,
    boolean rebuilt,
    List<Block> blocks) {
  /** 4 TiB of text in blocks of 4 MiB. */
  public static final int MAX_BLOCKS = 1 << 20;

  /**
   * @throws IllegalArgumentException if blocks overlap, leave gaps or exceed their limits
   */
  public BlockIndex {
    blocks = List.copyOf(blocks);
    if (blocks.isEmpty() || blocks.size() > MAX_BLOCKS) {
      throw new IllegalArgumentException(
          "a file has 1 to " + MAX_BLOCKS + " blocks, not " + blocks.size());
    }
    long stored = headLength(head);
    long text = 0;
    for (Block block : blocks) {
      if (block.storedLength() < 1
          || block.storedLength() > Block.MAX_STORED_LENGTH
          || block.textLength() < 1
          || block.textLength() > Block.MAX_TEXT_LENGTH
          || codec == Compression.Codec.NONE && block.textLength() != block.storedLength()) {
        throw new IllegalArgumentException(
            "no block has "
                + block.storedLength()
                + " stored bytes and "
                + block.textLength()
                + " bytes of text");
      }
      if (block.storedOffset() != stored || block.textOffset() != text) {
        throw new IllegalArgumentException("a block does not start where the last one ends");
      }
      stored += block.storedLength();
      text += block.textLength();
    }
    if (stored > storedBytes || codec == Compression.Codec.NONE && stored < storedBytes) {
      throw new IllegalArgumentException(
          "blocks of " + stored + " bytes in a file of " + storedBytes + " bytes");
    }
  }

  /** The index of a file that is not encrypted. */
  public BlockIndex(
      String file,
      Compression.Codec codec,
      long storedBytes,
      int crc32c,
      boolean rebuilt,
      List<Block> blocks) {
    this(file, codec, Optional.empty(), storedBytes, crc32c, rebuilt, blocks);
  }

  /** The bytes before the first block. */
  static int headLength(Optional<EncryptedHead> head) {
    return head.isPresent() ? EncryptedHead.LENGTH : 0;
  }

  /** The bytes of the file's ASB text. */
  public long textBytes() {
    return blocks.get(blocks.size() - 1).textEnd();
  }

  /** The records in the file; 0 if rebuilt. */
  public long records() {
    return blocks.stream().mapToLong(Block::records).sum();
  }

  /** The bytes behind the last block: those of the seek table. */
  public long trailerLength() {
    return storedBytes - trailerOffset();
  }

  long trailerOffset() {
    return blocks.get(blocks.size() - 1).storedEnd();
  }

  /** The checksum of the bytes behind the last block, which follows from the file's. */
  int trailerCrc32c() {
    int crc = head.map(h -> Crc32c.of(h.bytes())).orElse(0);
    for (Block block : blocks) {
      crc = Crc32c.combine(crc, block.crc32c(), block.storedLength());
    }
    return Crc32c.remainder(crc32c, crc, trailerLength());
  }
}
