package org.asbeam.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Reads backup files of any tool as ASB text. Safe for use by several threads; its streams are not.
 *
 * <p>Streams throw {@link DamagedFileException} for bytes that are not what they must be, and
 * {@link StoreException} for what the store can't do.
 */
public final class BackupFileReader {
  private static final byte[] PLAIN = "Version ".getBytes(StandardCharsets.US_ASCII);

  /** The magic number 0xFD2FB528, little-endian: RFC 8878, 3.1.1. */
  private static final byte[] ZSTD = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};

  /** Skippable frames have 0x184D2A50 to 0x184D2A5F: RFC 8878, 3.1.2. */
  private static final byte[] SKIPPABLE = {0x50, 0x2A, 0x4D, 0x18};

  private final Store store;

  public BackupFileReader(Store store) {
    this.store = store;
  }

  /** Looks at a file's first bytes. A file that is shorter counts as what it could be. */
  public FileKind detect(String name) throws IOException {
    byte[] head;
    try (InputStream in = store.read(name, 0)) {
      head = in.readNBytes(PLAIN.length);
    }
    if (head.length == 0) {
      return FileKind.EMPTY;
    }
    if (startsLike(head, PLAIN)) {
      return FileKind.PLAIN;
    }
    byte[] skippable = head.clone();
    skippable[0] &= (byte) 0xF0;
    return startsLike(head, ZSTD) || startsLike(skippable, SKIPPABLE)
        ? FileKind.ZSTD
        : FileKind.UNKNOWN;
  }

  /**
   * The text of a whole file, without an index: concatenated frames, skippable frames and frames
   * without data are read as one stream. The end of a compressed file is its end only between
   * frames; whether a plain file is whole, or one cut between frames, its decoder must tell.
   *
   * @throws DamagedFileException if it is empty, or neither text nor zstd
   */
  public InputStream text(String name) throws IOException {
    return switch (detect(name)) {
      case PLAIN -> store.read(name, 0);
      case ZSTD -> new ZstdText(path(name), store.read(name, 0));
      case EMPTY ->
          throw new DamagedFileException(
              path(name), 0, "the file is empty, which no backup file is");
      case UNKNOWN -> throw new ForeignFileException(path(name));
    };
  }

  /**
   * The text of a run of blocks, opened at the first one's stored offset. Every block's checksum is
   * checked before its text is given out, and so is its length.
   *
   * @param index of a file in this store
   * @param firstBlock 0 to the number of blocks; the text of block 0 starts with the header
   * @param count the number of blocks, within the file
   */
  public InputStream text(BlockIndex index, int firstBlock, int count) throws IOException {
    if (firstBlock < 0 || count < 0 || count > index.blocks().size() - firstBlock) {
      throw new IllegalArgumentException(
          "blocks " + firstBlock + " and " + count + " more of " + index.blocks().size());
    }
    if (count == 0) {
      return InputStream.nullInputStream();
    }
    List<Block> blocks = index.blocks().subList(firstBlock, firstBlock + count);
    long start = blocks.get(0).storedOffset();
    long size = store.size(index.file());
    if (start >= size) {
      throw new DamagedFileException(
          path(index.file()), size, "the file ends before the block that starts at byte " + start);
    }
    return new BlockText(path(index.file()), index, blocks, store.read(index.file(), start));
  }

  /** The text of all blocks of a file, each checked before its text is given out. */
  public InputStream text(BlockIndex index) throws IOException {
    return text(index, 0, index.blocks().size());
  }

  private String path(String name) {
    return store.location() + "/" + name;
  }

  private static boolean startsLike(byte[] head, byte[] magic) {
    int count = Math.min(head.length, magic.length);
    return Arrays.equals(head, 0, count, magic, 0, count);
  }
}
