package org.asbeam.format;

/**
 * The longest names and values that a server can hold, in octets before escaping. What is longer in
 * a file is damage, and is refused before it costs memory; what is longer in a row can't be
 * restored.
 */
final class Limits {
  /** {@code AS_ID_NAMESPACE_SZ} of the server, without its final NUL. */
  static final int NAMESPACE = 31;

  /** {@code AS_SET_NAME_MAX_SIZE} of the server, without its final NUL. */
  static final int SET = 63;

  /** {@code AS_BIN_NAME_MAX_SZ} of the server, without its final NUL. */
  static final int BIN_NAME = 15;

  /** {@code INAME_MAX_SZ} of older servers; newer ones allow 63. */
  static final int INDEX_NAME = 255;

  /** More than {@code UDF_MAX_STRING_SZ}, 127. */
  static final int UDF_NAME = 255;

  /** Sixteen times {@code MAX_UDF_CONTENT_LENGTH} of the server. */
  static final int UDF_CONTENT = 16 << 20;

  /** Base64 characters of an index's context or expression; servers allow far less. */
  static final int PACKED_TEXT = 4 * ((1 << 20) / 3 + 1);

  static final int GENERATION = 0xffff;
  static final long VOID_TIME = 0xffff_ffffL;

  /** The width of the wire protocol's count; {@code RECORD_MAX_BINS} of the server is 32767. */
  static final int BIN_COUNT = 0xffff;

  /** Characters of a number in a file; peers read no more. */
  static final int NUMBER = 1000;

  /**
   * A row: {@code PROTO_SIZE_MAX} of the server, the longest message it sends or takes, and some
   * room for the namespace that a file adds.
   */
  static final int ROW = (128 << 20) + (64 << 10);

  /**
   * What must be in the buffer before a line is looked at: more than any line's part before a sized
   * value.
   */
  static final int WINDOW = 4096;

  private Limits() {}
}
