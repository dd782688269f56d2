package org.asbeam.storage;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.asbeam.format.Partitions;
import org.asbeam.storage.crypto.Encryption;

/**
 * A block index as bytes, all integers big-endian:
 *
 * <pre>
 * "ASBINDEX" | u16 version: 1, or 2 of an encrypted file
 * u16 length of the file's name | its name in UTF-8
 * version 2 only: u8 encryption: 1 AES-128, 2 AES-256 | 16 first bytes of the file
 * u8 codec: 0 none, 1 zstd | u64 stored bytes of the file | u32 CRC32C of the file
 * u32 blocks, 1 to 2^20; each starts where the last one ends, as stored and in the text, the first
 *   one at byte 0 or, in version 2, 16:
 *   u32 stored bytes | u32 bytes of text | u32 CRC32C as stored | u16 partitions, 0 to 4096
 *   per partition, ids ascending:
 *     u8 1 if its digests descend strictly, else 0 | u32 records | 20 first digest | 20 last digest
 * u32 CRC32C of all bytes before
 * </pre>
 *
 * <p>A reader trusts no length: it takes memory only for bytes that it has read.
 */
final class BlockIndexFormat {
  private static final byte[] MAGIC = "ASBINDEX".getBytes(StandardCharsets.US_ASCII);
  private static final int PLAIN = 1;
  private static final int ENCRYPTED = 2;
  private static final int DIGEST = BlockContents.DIGEST;
  private static final String ADVICE =
      "; delete it: without an index the file is read from its start";

  private final String path;
  private final CheckedInputStream checked;
  private final Counter counter;
  private final DataInputStream in;

  /**
   * @param path for messages
   */
  BlockIndexFormat(String path, InputStream in) {
    this.path = path;
    this.counter = new Counter(new BufferedInputStream(in, 1 << 16));
    this.checked = new CheckedInputStream(counter, new CRC32C());
    this.in = new DataInputStream(checked);
  }

  static void write(BlockIndex index, OutputStream to) throws IOException {
    if (index.rebuilt()) {
      throw new IllegalArgumentException(
          "the index of " + index.file() + " was rebuilt: it knows no checksums to store");
    }
    CheckedOutputStream checked = new CheckedOutputStream(to, new CRC32C());
    DataOutputStream out = new DataOutputStream(checked);
    out.write(MAGIC);
    out.writeShort(index.head().isPresent() ? ENCRYPTED : PLAIN);
    byte[] name = index.file().getBytes(StandardCharsets.UTF_8);
    if (name.length > 0xffff) {
      throw new IllegalArgumentException("a file name of " + name.length + " bytes");
    }
    out.writeShort(name.length);
    out.write(name);
    if (index.head().isPresent()) {
      EncryptedHead head = index.head().get();
      out.writeByte(head.mode() == Encryption.AES128 ? 1 : 2);
      out.write(head.bytes());
    }
    out.writeByte(index.codec() == Compression.Codec.ZSTD ? 1 : 0);
    out.writeLong(index.storedBytes());
    out.writeInt(index.crc32c());
    out.writeInt(index.blocks().size());
    for (Block block : index.blocks()) {
      out.writeInt(block.storedLength());
      out.writeInt(block.textLength());
      out.writeInt(block.crc32c());
      BlockContents contents = block.contents();
      out.writeShort(contents.size());
      for (int i = 0; i < contents.size(); i++) {
        out.writeByte(contents.descending(i) ? 1 : 0);
        out.writeInt(contents.records(i));
        out.write(contents.digests(), 2 * DIGEST * i, 2 * DIGEST);
      }
    }
    out.writeInt((int) checked.getChecksum().getValue());
  }

  /**
   * Reads the index of a file.
   *
   * @param file whose index it must be
   */
  BlockIndex read(String file) throws IOException {
    try {
      return parse(file);
    } catch (EOFException e) {
      throw damaged("the index ends here");
    } catch (IllegalArgumentException e) {
      throw damaged(e.getMessage());
    }
  }

  private BlockIndex parse(String file) throws IOException {
    if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
      throw damaged("this is no block index");
    }
    int version = in.readUnsignedShort();
    if (version != PLAIN && version != ENCRYPTED) {
      throw damaged("version " + version + " of the index, of which this asbeam knows 1 and 2");
    }
    byte[] name = new byte[in.readUnsignedShort()];
    in.readFully(name);
    if (!new String(name, StandardCharsets.UTF_8).equals(file)) {
      throw damaged("this is the index of another file");
    }
    Optional<EncryptedHead> head = version == PLAIN ? Optional.empty() : Optional.of(head());
    int codec = in.readUnsignedByte();
    if (codec > 1) {
      throw damaged("an unknown compression (" + codec + ")");
    }
    long storedBytes = in.readLong();
    int crc = in.readInt();
    int count = in.readInt();
    if (count < 1 || count > BlockIndex.MAX_BLOCKS) {
      throw damaged("a file has 1 to " + BlockIndex.MAX_BLOCKS + " blocks, not " + count);
    }
    List<Block> blocks = new ArrayList<>();
    long stored = BlockIndex.headLength(head);
    long text = 0;
    for (int i = 0; i < count; i++) {
      int storedLength = in.readInt();
      int textLength = in.readInt();
      blocks.add(new Block(stored, storedLength, text, textLength, in.readInt(), contents()));
      stored += storedLength;
      text += textLength;
    }
    int computed = (int) checked.getChecksum().getValue();
    int written = in.readInt();
    if (computed != written) {
      throw damaged(
          "the index's checksum is "
              + Crc32c.hex(computed)
              + ", but "
              + Crc32c.hex(written)
              + " was written");
    }
    if (in.read() >= 0) {
      throw damaged("bytes behind the end of the index");
    }
    return new BlockIndex(
        file,
        codec == 1 ? Compression.Codec.ZSTD : Compression.Codec.NONE,
        head,
        storedBytes,
        crc,
        false,
        blocks);
  }

  private EncryptedHead head() throws IOException {
    int mode = in.readUnsignedByte();
    if (mode != 1 && mode != 2) {
      throw damaged("an unknown encryption (" + mode + ")");
    }
    byte[] bytes = new byte[EncryptedHead.LENGTH];
    in.readFully(bytes);
    return EncryptedHead.of(mode == 1 ? Encryption.AES128 : Encryption.AES256, bytes);
  }

  private BlockContents contents() throws IOException {
    int size = in.readUnsignedShort();
    if (size == 0) {
      return BlockContents.none();
    }
    if (size > Partitions.COUNT) {
      throw damaged("a block of " + size + " partitions");
    }
    byte[] digests = new byte[2 * DIGEST * size];
    int[] records = new int[size];
    boolean[] descending = new boolean[size];
    int last = -1;
    for (int i = 0; i < size; i++) {
      int flag = in.readUnsignedByte();
      records[i] = in.readInt();
      in.readFully(digests, 2 * DIGEST * i, 2 * DIGEST);
      int id = Partitions.of(digests, 2 * DIGEST * i);
      if (flag > 1
          || records[i] < 1
          || id <= last
          || id != Partitions.of(digests, 2 * DIGEST * i + DIGEST)) {
        throw damaged("a partition that can't be (" + id + " behind " + last + ")");
      }
      descending[i] = flag == 1;
      last = id;
    }
    return new BlockContents(digests, records, descending);
  }

  private DamagedFileException damaged(String what) {
    return new DamagedFileException(path, counter.count, what, ADVICE, null);
  }

  /** Counts the bytes read, for messages. */
  private static final class Counter extends FilterInputStream {
    private long count;

    Counter(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = super.read(bytes, offset, length);
      count += Math.max(0, n);
      return n;
    }
  }
}
