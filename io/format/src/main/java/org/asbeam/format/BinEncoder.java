package org.asbeam.format;

/** Writes the bins of a row as bin lines. */
final class BinEncoder {
  /** {@code - T! }, a blank behind the name, the longest number, a blank, the line's end. */
  private static final int MOST_AROUND_VALUE = 40;

  /** Flags and the number of cells: what precedes the cells of a GeoJSON particle. */
  private static final int GEOJSON_HEADER = 3;

  private static final int GEOJSON_CELL = 8;

  private final boolean compact;
  private final DoubleWriter doubles;

  BinEncoder(boolean compact, DoubleWriter doubles) {
    this.compact = compact;
    this.doubles = doubles;
  }

  /**
   * Writes the line of the bin that the row's cursor is on, behind octets of {@code out} that are
   * not counted in its length yet.
   *
   * @return the offset behind the line
   */
  int write(RecordView row, AsbBuffer out, int outOffset) throws UnencodableRecordException {
    int nameLength = row.binNameLength();
    if (nameLength == 0 || nameLength > Limits.BIN_NAME) {
      throw unencodable(row, "a bin name of " + nameLength + " bytes is not within 1 to 15");
    }
    int type = row.binType();
    byte letter = Letters.letter(type);
    if (letter == 0) {
      throw unencodable(
          row,
          type == ParticleType.NULL
              ? "a stored bin is never nil, and a nil in a backup deletes the bin on restore"
              : "no letter for this particle type");
    }
    int valueLength = row.valueLength();
    out.reserve(
        outOffset
            - out.length()
            + MOST_AROUND_VALUE
            + 2L * nameLength
            + Base64Text.encodedLength(valueLength));
    byte[] bytes = out.array();
    int at = outOffset;
    boolean raw = compact && isPacked(type);
    if (raw) {
      Octets.intLittle(bytes, at, Octets.four('-', ' ', (char) letter, '!'));
      bytes[at + 4] = Octets.SP;
      at += 5;
    } else {
      Octets.intLittle(bytes, at, Octets.four('-', ' ', (char) letter, ' '));
      at += 4;
    }
    at = Escapes.write(row.buffer(), row.binNameOffset(), nameLength, bytes, at);
    bytes[at++] = Octets.SP;
    at =
        switch (type) {
          case ParticleType.INTEGER -> Decimals.write(integer(row), bytes, at);
          case ParticleType.DOUBLE -> doubles.general(real(row), bytes, at);
          case ParticleType.BOOL -> bool(row, bytes, at);
          case ParticleType.STRING ->
              sized(row.buffer(), row.valueOffset(), valueLength, bytes, at);
          case ParticleType.GEOJSON -> geoJson(row, bytes, at);
          default ->
              raw
                  ? sized(row.buffer(), row.valueOffset(), valueLength, bytes, at)
                  : base64(row.buffer(), row.valueOffset(), valueLength, bytes, at);
        };
    bytes[at] = Octets.LF;
    return at + 1;
  }

  /** Writes a length, a blank and the octets. */
  static int sized(byte[] value, int offset, int length, byte[] out, int outOffset) {
    int at = Decimals.write(length, out, outOffset);
    out[at++] = Octets.SP;
    System.arraycopy(value, offset, out, at, length);
    return at + length;
  }

  /** Writes the length of the base64, a blank and the base64. */
  static int base64(byte[] value, int offset, int length, byte[] out, int outOffset) {
    int at = Decimals.write(Base64Text.encodedLength(length), out, outOffset);
    out[at++] = Octets.SP;
    return Base64Text.encode(value, offset, length, out, at);
  }

  /**
   * A big-endian number of at most eight octets; shorter ones are extended with zeros.
   *
   * @param length 0 to 8
   */
  static long bigEndian(byte[] bytes, int offset, int length) {
    if (length == 8) {
      return Octets.longBig(bytes, offset);
    }
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = value << 8 | bytes[offset + i] & 0xff;
    }
    return value;
  }

  private static boolean isPacked(int type) {
    return type != ParticleType.INTEGER
        && type != ParticleType.DOUBLE
        && type != ParticleType.BOOL
        && type != ParticleType.STRING
        && type != ParticleType.GEOJSON;
  }

  private static long integer(RecordView row) throws UnencodableRecordException {
    int length = row.valueLength();
    if (length > 8) {
      throw unencodable(row, "an integer of " + length + " bytes is longer than 8");
    }
    return bigEndian(row.buffer(), row.valueOffset(), length);
  }

  private static double real(RecordView row) throws UnencodableRecordException {
    if (row.valueLength() != 8) {
      throw unencodable(row, "a double of " + row.valueLength() + " bytes, not 8");
    }
    return Double.longBitsToDouble(Octets.longBig(row.buffer(), row.valueOffset()));
  }

  private static int bool(RecordView row, byte[] out, int at) throws UnencodableRecordException {
    int value = row.valueLength() == 1 ? row.buffer()[row.valueOffset()] : -1;
    if (value != 0 && value != 1) {
      throw unencodable(row, "a boolean is one byte, 0 or 1");
    }
    out[at] = (byte) (value == 0 ? 'F' : 'T');
    return at + 1;
  }

  /** The text alone: a server makes the cells in front of it anew. */
  private static int geoJson(RecordView row, byte[] out, int at) throws UnencodableRecordException {
    byte[] bytes = row.buffer();
    int offset = row.valueOffset();
    int length = row.valueLength();
    int header = GEOJSON_HEADER;
    if (length >= GEOJSON_HEADER) {
      header += GEOJSON_CELL * ((bytes[offset + 1] & 0xff) << 8 | bytes[offset + 2] & 0xff);
    }
    if (header > length) {
      throw unencodable(row, "a GeoJSON value of " + length + " bytes ends within its cells");
    }
    return sized(bytes, offset + header, length - header, out, at);
  }

  private static UnencodableRecordException unencodable(RecordView row, String reason) {
    return new UnencodableRecordException(
        row.digest(), row.set(), row.binName(), row.binType(), reason);
  }
}
