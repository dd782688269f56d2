package org.asbeam.storage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What stands behind the last block of a compressed file, all integers little-endian:
 *
 * <pre>
 * a mark, a skippable frame that says that each frame is a block, ending at a record's end:
 *   u32 0x184D2A5D | u32 16 | "asbeam blocks 1\n"
 * the seek table of zstd's seekable format 0.1.0 (contrib/seekable_format), another one:
 *   u32 0x184D2A5E | u32 8 * frames + 9
 *   per frame, the mark being the last: u32 stored bytes | u32 bytes of text
 *   u32 frames | u8 descriptor, 0: no checksums | u32 0x8F92EAB1
 * </pre>
 *
 * <p>Checksums are left out of the table because each frame has its own. The mark keeps us from
 * taking another tool's frames, which may end within a record, for blocks.
 */
public final class SeekTable {
  private static final int MARK_MAGIC = 0x184D2A5D;
  private static final int TABLE_MAGIC = 0x184D2A5E;
  private static final int FOOTER_MAGIC = 0x8F92EAB1;
  private static final byte[] MARK = "asbeam blocks 1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int FRAME_HEADER = 8;
  private static final int MARK_FRAME = FRAME_HEADER + MARK.length;
  private static final int ENTRY = 8;
  private static final int FOOTER = 9;

  /**
   * A skippable frame in front of a stream that has no index beside it, as standard output has
   * none: it promises a table at the end, so that a stream that is cut between two frames is known
   * to be cut.
   */
  static final byte[] STREAM = frame("asbeam stream 1\n");

  private final Store store;
  private final String name;
  private final Optional<AesCtr> cipher;

  /** The bytes in front of the first frame. */
  private final int before;

  private SeekTable(Store store, String name, Optional<AesCtr> cipher) {
    this.store = store;
    this.name = name;
    this.cipher = cipher;
    this.before = cipher.isPresent() ? EncryptedHead.LENGTH : 0;
  }

  private static byte[] frame(String text) {
    byte[] content = text.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(FRAME_HEADER + content.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(MARK_MAGIC)
        .putInt(content.length)
        .put(content)
        .array();
  }

  /** Whether bytes are the last ones of a table; of their last four. */
  static boolean endsWithFooter(int lastFourLittleEndian) {
    return lastFourLittleEndian == FOOTER_MAGIC;
  }

  /**
   * Mark and table for the blocks of a file.
   *
   * @param opening the bytes of the skippable frame before the first block; 0: there is none
   */
  static byte[] write(int opening, List<Block> blocks) {
    int frames = blocks.size() + (opening > 0 ? 2 : 1);
    ByteBuffer bytes =
        ByteBuffer.allocate(MARK_FRAME + FRAME_HEADER + ENTRY * frames + FOOTER)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(MARK_MAGIC).putInt(MARK.length).put(MARK);
    bytes.putInt(TABLE_MAGIC).putInt(ENTRY * frames + FOOTER);
    if (opening > 0) {
      bytes.putInt(opening).putInt(0);
    }
    for (Block block : blocks) {
      bytes.putInt(block.storedLength()).putInt(block.textLength());
    }
    bytes.putInt(MARK_FRAME).putInt(0);
    bytes.putInt(frames).put((byte) 0).putInt(FOOTER_MAGIC);
    return bytes.array();
  }

  /**
   * Rebuilds a compressed file's index, without checksums and contents, from its seek table; for a
   * folder that lost its index folder.
   *
   * @return empty if the file has no seek table of ours: it was made by another tool, or is
   *     damaged, or was written as a stream, and can be read from its start only
   */
  public static Optional<BlockIndex> read(Store store, String name) throws IOException {
    return read(store, name, Decryption.none());
  }

  /**
   * As {@link #read(Store, String)}, of a file that may be encrypted.
   *
   * @throws CodecException if it isn't as a person said
   * @throws DamagedFileException if it is encrypted and no key fits, or if it is too short
   */
  public static Optional<BlockIndex> read(Store store, String name, Decryption decryption)
      throws IOException {
    if (store.size(name) < MARK_FRAME + FRAME_HEADER + ENTRY + FOOTER) {
      return Optional.empty();
    }
    Optional<AesCtr> cipher = Optional.empty();
    if (decryption.hasKey()) {
      cipher = new BackupFileReader(store, decryption).layers(name).cipher();
    }
    return new SeekTable(store, name, cipher).read();
  }

  private Optional<BlockIndex> read() throws IOException {
    long size = store.size(name) - before;
    if (size < MARK_FRAME + FRAME_HEADER + ENTRY + FOOTER) {
      return Optional.empty();
    }
    ByteBuffer footer = bytes(size - FOOTER, FOOTER);
    int frames = footer.getInt();
    int descriptor = footer.get();
    if (footer.getInt() != FOOTER_MAGIC
        || descriptor != 0
        || frames < 2
        || frames > BlockIndex.MAX_BLOCKS + 1) {
      return Optional.empty();
    }
    int tableLength = FRAME_HEADER + ENTRY * frames + FOOTER;
    long start = size - tableLength - MARK_FRAME;
    if (start < 0) {
      return Optional.empty();
    }
    ByteBuffer table = bytes(start, MARK_FRAME + tableLength);
    boolean ours = table.getInt() == MARK_MAGIC && table.getInt() == MARK.length;
    byte[] mark = new byte[MARK.length];
    table.get(mark);
    if (!ours
        || !Arrays.equals(mark, MARK)
        || table.getInt() != TABLE_MAGIC
        || table.getInt() != tableLength - FRAME_HEADER) {
      return Optional.empty();
    }
    return index(size, start, frames, table);
  }

  private Optional<BlockIndex> index(long size, long start, int frames, ByteBuffer table) {
    List<Block> blocks = new ArrayList<>();
    long stored = 0;
    long text = 0;
    for (int i = 0; i < frames - 1; i++) {
      int storedLength = table.getInt();
      int textLength = table.getInt();
      blocks.add(
          new Block(before + stored, storedLength, text, textLength, 0, BlockContents.none()));
      stored += storedLength;
      text += textLength;
    }
    if (stored != start || table.getInt() != MARK_FRAME || table.getInt() != 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new BlockIndex(
              name,
              Compression.Codec.ZSTD,
              cipher.map(AesCtr::head),
              before + size,
              0,
              true,
              blocks));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * @param position in the frames, those in front of them not counted
   */
  private ByteBuffer bytes(long position, int count) throws IOException {
    try (InputStream in = store.read(name, before + position)) {
      byte[] bytes = in.readNBytes(count);
      if (bytes.length < count) {
        throw new EOFException(
            store.location() + "/" + name + ": got shorter while it was read; try again");
      }
      cipher.ifPresent(
          ctr -> {
            ctr.seek(position);
            ctr.apply(bytes, 0, count, bytes, 0);
          });
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
