package org.asbeam.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A view of one record as a row of the wire protocol: the only record model of backup and restore.
 *
 * <p>A row is what the server sends for a record in a scan, all integers big-endian:
 *
 * <pre>
 *  0  u8   22, the size of this header
 *  1  u8*4 info flags
 *  5  u8   result code
 *  6  u32  generation
 * 10  u32  void time, seconds since 2010-01-01T00:00:00Z; 0: the record never expires
 * 14  u32  unused
 * 18  u16  number of fields
 * 20  u16  number of ops, that is bins
 * 22  fields: u32 size | u8 type | size-1 bytes      (0 namespace, 1 set, 2 user key, 4 digest)
 *     ops:    u32 size | u8 op | u8 particle type | u8 flags | u8 name length | name | value
 * </pre>
 *
 * <p>The view is a flyweight: {@link #wrap} points it at a row in somebody's buffer, nothing is
 * copied, and it holds only as long as that buffer keeps the row. Offsets are absolute in {@link
 * #buffer()}. Not safe for use by several threads.
 *
 * <pre>{@code
 * view.wrap(buffer, offset, limit);
 * while (view.nextBin()) {
 *   sink.accept(view.binType(), view.buffer(), view.valueOffset(), view.valueLength());
 * }
 * }</pre>
 */
public final class RecordView {
  /** The bytes of the fixed header of a row. */
  public static final int HEADER_LENGTH = 22;

  /** The bytes of a digest: RIPEMD-160 of set and user key. */
  public static final int DIGEST_LENGTH = 20;

  static final int GENERATION_OFFSET = 6;
  static final int VOID_TIME_OFFSET = 10;
  static final int FIELD_COUNT_OFFSET = 18;
  static final int OP_COUNT_OFFSET = 20;

  static final int FIELD_NAMESPACE = 0;
  static final int FIELD_SET = 1;
  static final int FIELD_KEY = 2;
  static final int FIELD_DIGEST = 4;

  /** op, particle type, flags, name length: the bytes of an op's header behind its size. */
  static final int OP_HEADER_LENGTH = 4;

  private static final byte[] EMPTY = new byte[0];

  private byte[] buffer = EMPTY;
  private int rowOffset;
  private int limit;
  private int namespaceOffset;
  private int namespaceLength;
  private int setOffset;
  private int setLength;
  private int keyOffset;
  private int keyLength;
  private int digestOffset;
  private int binsOffset;
  private int binCount;

  private int binsLeft;
  private int cursor;
  private int binType;
  private int binNameOffset;
  private int binNameLength;
  private int valueOffset;
  private int valueLength;

  /**
   * Points this view at the row that starts at {@code offset}, before its first bin.
   *
   * @param limit the offset behind the last byte that may belong to the row
   * @return this
   * @throws MalformedRowException if a field reaches beyond the limit or there is no digest
   */
  public RecordView wrap(byte[] buffer, int offset, int limit) {
    this.buffer = buffer;
    this.rowOffset = offset;
    this.limit = limit;
    need(offset, HEADER_LENGTH);
    namespaceLength = 0;
    setLength = 0;
    keyLength = -1;
    digestOffset = -1;
    int at = offset + HEADER_LENGTH;
    for (int left = u16(offset + FIELD_COUNT_OFFSET); left > 0; left--) {
      need(at, 5);
      int size = i32(at);
      if (size < 1) {
        throw new MalformedRowException("a field of " + size + " bytes at offset " + at);
      }
      need(at + 4, size);
      int data = at + 5;
      switch (buffer[at + 4]) {
        case FIELD_NAMESPACE -> {
          namespaceOffset = data;
          namespaceLength = size - 1;
        }
        case FIELD_SET -> {
          setOffset = data;
          setLength = size - 1;
        }
        case FIELD_KEY -> {
          if (size < 2) {
            throw new MalformedRowException("a user key without a type at offset " + at);
          }
          keyOffset = data;
          keyLength = size - 2;
        }
        case FIELD_DIGEST -> {
          if (size - 1 != DIGEST_LENGTH) {
            throw new MalformedRowException("a digest of " + (size - 1) + " bytes at offset " + at);
          }
          digestOffset = data;
        }
        default -> {
          // Index values and transaction fields say nothing about the record itself.
        }
      }
      at += 4 + size;
    }
    if (digestOffset < 0) {
      throw new MalformedRowException("a row without a digest at offset " + offset);
    }
    binsOffset = at;
    binCount = u16(offset + OP_COUNT_OFFSET);
    rewind();
    return this;
  }

  /** Goes back before the first bin. */
  public void rewind() {
    cursor = binsOffset;
    binsLeft = binCount;
  }

  /**
   * Steps to the next bin.
   *
   * @return whether there is one
   * @throws MalformedRowException if the bin reaches beyond the row
   */
  public boolean nextBin() {
    if (binsLeft == 0) {
      return false;
    }
    int at = cursor;
    need(at, 4 + OP_HEADER_LENGTH);
    int size = i32(at);
    binNameLength = buffer[at + 7] & 0xff;
    if (size < OP_HEADER_LENGTH + binNameLength) {
      throw new MalformedRowException("a bin of " + size + " bytes at offset " + at);
    }
    need(at + 4, size);
    binType = buffer[at + 5] & 0xff;
    binNameOffset = at + 8;
    valueOffset = binNameOffset + binNameLength;
    valueLength = size - OP_HEADER_LENGTH - binNameLength;
    cursor = at + 4 + size;
    binsLeft--;
    return true;
  }

  /**
   * The offset behind the row's last byte. Steps over all bins, so the bin cursor is lost.
   *
   * @throws MalformedRowException if a bin reaches beyond the row
   */
  public int skipToEnd() {
    while (nextBin()) {
      // Only the lengths matter.
    }
    return cursor;
  }

  public byte[] buffer() {
    return buffer;
  }

  public int rowOffset() {
    return rowOffset;
  }

  /** The generation as the row has it; 0 to 65535 for rows of a server. */
  public int generation() {
    return i32(rowOffset + GENERATION_OFFSET);
  }

  /** Seconds since 2010-01-01T00:00:00Z, 0 to 2^32-1; 0: never expires. */
  public long voidTime() {
    return i32(rowOffset + VOID_TIME_OFFSET) & 0xffffffffL;
  }

  public int namespaceOffset() {
    return namespaceOffset;
  }

  /** 0 if the row has no namespace field. */
  public int namespaceLength() {
    return namespaceLength;
  }

  public int setOffset() {
    return setOffset;
  }

  /** 0 if the record is in no set. */
  public int setLength() {
    return setLength;
  }

  /** Whether the user key is stored with the record. */
  public boolean hasKey() {
    return keyLength >= 0;
  }

  /** The particle type of the user key; only if {@link #hasKey()}. */
  public int keyType() {
    return buffer[keyOffset] & 0xff;
  }

  /** Where the user key's value starts; only if {@link #hasKey()}. */
  public int keyOffset() {
    return keyOffset + 1;
  }

  /** The bytes of the user key's value; only if {@link #hasKey()}. */
  public int keyLength() {
    return keyLength;
  }

  /** Where the {@link #DIGEST_LENGTH} bytes of the digest start. */
  public int digestOffset() {
    return digestOffset;
  }

  /** The partition that the digest belongs to, 0 to 4095. */
  public int partition() {
    return Partitions.of(buffer, digestOffset);
  }

  /** Where the first bin starts. */
  public int binsOffset() {
    return binsOffset;
  }

  public int binCount() {
    return binCount;
  }

  /** The particle type of the bin that {@link #nextBin()} stepped to. */
  public int binType() {
    return binType;
  }

  public int binNameOffset() {
    return binNameOffset;
  }

  public int binNameLength() {
    return binNameLength;
  }

  public int valueOffset() {
    return valueOffset;
  }

  public int valueLength() {
    return valueLength;
  }

  /** A fresh copy of the digest; for errors and reports, not for the hot path. */
  public byte[] digest() {
    return Arrays.copyOfRange(buffer, digestOffset, digestOffset + DIGEST_LENGTH);
  }

  /** The set's name, empty if none; for errors and reports, not for the hot path. */
  public String set() {
    return new String(buffer, setOffset, setLength, StandardCharsets.UTF_8);
  }

  /** The bin's name; for errors and reports, not for the hot path. */
  public String binName() {
    return new String(buffer, binNameOffset, binNameLength, StandardCharsets.UTF_8);
  }

  private void need(int at, int count) {
    if (count < 0 || at > limit - count) {
      throw new MalformedRowException(
          "a row that ends at offset " + limit + " needs " + count + " bytes at offset " + at);
    }
  }

  private int u16(int at) {
    return (buffer[at] & 0xff) << 8 | buffer[at + 1] & 0xff;
  }

  private int i32(int at) {
    return buffer[at] << 24
        | (buffer[at + 1] & 0xff) << 16
        | (buffer[at + 2] & 0xff) << 8
        | buffer[at + 3] & 0xff;
  }
}
