package org.asbeam.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lays out one row after another in a buffer that it keeps: the counterpart of {@link RecordView}.
 *
 * <p>A row is begun, gets its fields in any order, then its bins, and is looked at through {@link
 * #view}. The next {@link #begin} overwrites it. Not safe for use by several threads.
 *
 * <pre>{@code
 * builder.begin(generation, voidTime);
 * builder.set(bytes, offset, length);
 * builder.digest(bytes, offset);
 * builder.bin(ParticleType.STRING, nameBytes, 0, nameLength, valueLength);
 * builder.value(bytes, offset, valueLength);
 * builder.view(view);
 * }</pre>
 */
public final class RowBuilder {
  private static final int FIRST_CAPACITY = 4096;

  /** A buffer that one huge record made larger than this is not kept for the next one. */
  private static final int KEPT_CAPACITY = 16 << 20;

  /**
   * The largest step that the buffer grows by: a row may take 128 MiB, and the heap little more.
   */
  private static final int LARGEST_GROWTH = 16 << 20;

  private byte[] buffer = new byte[FIRST_CAPACITY];
  private int length;
  private int fields;
  private int bins;
  private int open;

  /**
   * Starts a row.
   *
   * @param generation 0 to 65535
   * @param voidTime seconds since 2010-01-01T00:00:00Z, 0 to 2^32-1; 0: never expires
   */
  public void begin(int generation, long voidTime) {
    if (buffer.length > KEPT_CAPACITY) {
      buffer = new byte[FIRST_CAPACITY];
    }
    Arrays.fill(buffer, 0, RecordView.HEADER_LENGTH, (byte) 0);
    buffer[0] = RecordView.HEADER_LENGTH;
    length = RecordView.HEADER_LENGTH;
    fields = 0;
    bins = 0;
    generation(generation);
    voidTime(voidTime);
  }

  /** Sets the generation of the row in work. */
  void generation(int generation) {
    putInt(RecordView.GENERATION_OFFSET, generation);
  }

  /** Sets the void time of the row in work. */
  void voidTime(long voidTime) {
    putInt(RecordView.VOID_TIME_OFFSET, (int) voidTime);
  }

  /**
   * Starts a field whose length isn't known yet: octets follow by {@link #append} or in place, then
   * {@link #closeField}.
   */
  void openField(int type) {
    reserve(5);
    open = length;
    buffer[length + 4] = (byte) type;
    length += 5;
    fields++;
  }

  /** Ends the field, and so fixes its length. */
  void closeField() {
    putInt(open, length - open - 4);
  }

  /** Takes the field that was just opened back. */
  void dropField() {
    length = open;
    fields--;
  }

  /**
   * Starts a bin whose length isn't known yet. The name must already stand at {@link #binNameAt};
   * octets follow by {@link #append} or in place, then {@link #closeBin}.
   */
  void openBin(int particleType, int nameLength) {
    open = length;
    buffer[length + 4] = 1;
    buffer[length + 5] = (byte) particleType;
    buffer[length + 6] = 0;
    buffer[length + 7] = (byte) nameLength;
    length += 8 + nameLength;
    bins++;
  }

  /** Ends the bin, and so fixes its length. */
  void closeBin() {
    putInt(open, length - open - 4);
  }

  /** Where the next bin's name belongs; there is room for {@code most} octets. */
  int binNameAt(int most) {
    reserve(4L + RecordView.OP_HEADER_LENGTH + most);
    return length + 8;
  }

  /** Adds octets to the field or bin that is open. */
  void append(byte[] bytes, int offset, int count) {
    reserve(count);
    System.arraycopy(bytes, offset, buffer, length, count);
    length += count;
  }

  public void namespace(byte[] bytes, int offset, int count) {
    field(RecordView.FIELD_NAMESPACE, bytes, offset, count);
  }

  public void set(byte[] bytes, int offset, int count) {
    field(RecordView.FIELD_SET, bytes, offset, count);
  }

  public void digest(byte[] bytes, int offset) {
    field(RecordView.FIELD_DIGEST, bytes, offset, RecordView.DIGEST_LENGTH);
  }

  /** Adds the user key that is stored with the record. */
  public void key(int particleType, byte[] bytes, int offset, int count) {
    reserve(6L + count);
    putInt(length, 2 + count);
    buffer[length + 4] = RecordView.FIELD_KEY;
    buffer[length + 5] = (byte) particleType;
    System.arraycopy(bytes, offset, buffer, length + 6, count);
    length += 6 + count;
    fields++;
  }

  /**
   * Starts a bin, after all fields. Exactly {@code valueLength} bytes must follow by {@link #value}
   * and its siblings.
   *
   * @param nameLength 0 to 255
   */
  public void bin(int particleType, byte[] name, int nameOffset, int nameLength, int valueLength) {
    reserve(4L + RecordView.OP_HEADER_LENGTH + nameLength + valueLength);
    putInt(length, RecordView.OP_HEADER_LENGTH + nameLength + valueLength);
    buffer[length + 4] = 1;
    buffer[length + 5] = (byte) particleType;
    buffer[length + 6] = 0;
    buffer[length + 7] = (byte) nameLength;
    System.arraycopy(name, nameOffset, buffer, length + 8, nameLength);
    length += 8 + nameLength;
    bins++;
  }

  public void value(byte[] bytes, int offset, int count) {
    System.arraycopy(bytes, offset, buffer, length, count);
    length += count;
  }

  public void valueByte(int value) {
    buffer[length++] = (byte) value;
  }

  /** Eight bytes, big-endian. */
  public void valueLong(long value) {
    putInt(length, (int) (value >>> 32));
    putInt(length + 4, (int) value);
    length += 8;
  }

  /** Adds a bin of any particle type; for tests and examples, not for the hot path. */
  public void bin(int particleType, String name, byte[] value) {
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    bin(particleType, nameBytes, 0, nameBytes.length, value.length);
    value(value, 0, value.length);
  }

  /**
   * The buffer of the row in work; it changes when the row outgrows it. To write a value in place:
   * start the bin, write at {@link #length()}, then {@link #advance}.
   */
  public byte[] buffer() {
    return buffer;
  }

  /** The bytes of the row so far; the row starts at offset 0. */
  public int length() {
    return length;
  }

  /** Counts bytes of a value that were written straight into {@link #buffer()}. */
  public void advance(int count) {
    length += count;
  }

  /** The bytes of the row, copied. */
  public byte[] toByteArray() {
    seal();
    return Arrays.copyOf(buffer, length);
  }

  /**
   * Ends the row and points a view at it.
   *
   * @return the view
   */
  public RecordView view(RecordView view) {
    seal();
    return view.wrap(buffer, 0, length);
  }

  private void seal() {
    putShort(RecordView.FIELD_COUNT_OFFSET, fields);
    putShort(RecordView.OP_COUNT_OFFSET, bins);
  }

  private void field(int type, byte[] bytes, int offset, int count) {
    reserve(5L + count);
    putInt(length, 1 + count);
    buffer[length + 4] = (byte) type;
    System.arraycopy(bytes, offset, buffer, length + 5, count);
    length += 5 + count;
    fields++;
  }

  /** Makes room for octets that are written in place. */
  void reserve(long count) {
    long needed = length + count;
    if (needed > buffer.length) {
      if (needed > Integer.MAX_VALUE - 16) {
        throw new IllegalArgumentException("a row of " + needed + " bytes is too long");
      }
      long grown = needed + Math.min(needed, LARGEST_GROWTH);
      buffer = Arrays.copyOf(buffer, (int) Math.min(Integer.MAX_VALUE - 16, grown));
    }
  }

  private void putInt(int at, int value) {
    buffer[at] = (byte) (value >>> 24);
    buffer[at + 1] = (byte) (value >>> 16);
    buffer[at + 2] = (byte) (value >>> 8);
    buffer[at + 3] = (byte) value;
  }

  private void putShort(int at, int value) {
    buffer[at] = (byte) (value >>> 8);
    buffer[at + 1] = (byte) value;
  }
}
