package org.asbeam.format;

/** Writes rows as records: key, namespace, digest, set, generation, void time, bins. */
final class RecordEncoder {
  /** Everything of a record's head but the key's value: names escaped, numbers, line heads. */
  private static final int MOST_AROUND_KEY =
      256 + 2 * (Limits.NAMESPACE + Limits.SET) + DoubleWriter.MAX_FIXED_LENGTH;

  private static final int KEY = Octets.four('+', ' ', 'k', ' ');
  private static final int NAMESPACE = Octets.four('+', ' ', 'n', ' ');
  private static final int DIGEST = Octets.four('+', ' ', 'd', ' ');
  private static final int SET = Octets.four('+', ' ', 's', ' ');
  private static final int GENERATION = Octets.four('+', ' ', 'g', ' ');
  private static final int VOID_TIME = Octets.four('+', ' ', 't', ' ');
  private static final int BIN_COUNT = Octets.four('+', ' ', 'b', ' ');

  private final byte[] namespace;
  private final DoubleWriter doubles = new DoubleWriter();
  private final BinEncoder bins;

  /**
   * @param namespace for rows without a namespace field
   */
  RecordEncoder(byte[] namespace, boolean compact) {
    this.namespace = namespace;
    this.bins = new BinEncoder(compact, doubles);
  }

  void write(AsbBuffer out, RecordView row) throws UnencodableRecordException {
    check(row);
    int start = out.length();
    int keyLength = row.hasKey() ? row.keyLength() : 0;
    out.reserve(MOST_AROUND_KEY + Base64Text.encodedLength(keyLength));
    int at = head(row, out.array(), start);
    row.rewind();
    while (row.nextBin()) {
      at = bins.write(row, out, at);
    }
    // Only now: a record that can't be written leaves nothing behind.
    out.length(at);
  }

  private static void check(RecordView row) throws UnencodableRecordException {
    if (row.namespaceLength() > Limits.NAMESPACE) {
      throw unencodable(row, "a namespace of " + row.namespaceLength() + " bytes is over 31");
    }
    if (row.setLength() > Limits.SET) {
      throw unencodable(row, "a set name of " + row.setLength() + " bytes is over 63");
    }
    if ((row.generation() & ~Limits.GENERATION) != 0) {
      throw unencodable(row, "generation " + row.generation() + " is not within 0 to 65535");
    }
  }

  private int head(RecordView row, byte[] out, int outOffset) throws UnencodableRecordException {
    byte[] bytes = row.buffer();
    int at = outOffset;
    if (row.hasKey()) {
      at = key(row, out, at);
    }
    Octets.intLittle(out, at, NAMESPACE);
    at =
        row.namespaceLength() > 0
            ? Escapes.write(bytes, row.namespaceOffset(), row.namespaceLength(), out, at + 4)
            : Escapes.write(namespace, 0, namespace.length, out, at + 4);
    out[at++] = Octets.LF;
    Octets.intLittle(out, at, DIGEST);
    at = Base64Text.encode(bytes, row.digestOffset(), RecordView.DIGEST_LENGTH, out, at + 4);
    out[at++] = Octets.LF;
    if (row.setLength() > 0) {
      Octets.intLittle(out, at, SET);
      at = Escapes.write(bytes, row.setOffset(), row.setLength(), out, at + 4);
      out[at++] = Octets.LF;
    }
    at = number(GENERATION, row.generation(), out, at);
    at = number(VOID_TIME, row.voidTime(), out, at);
    return number(BIN_COUNT, row.binCount(), out, at);
  }

  private static int number(int lineHead, long value, byte[] out, int outOffset) {
    Octets.intLittle(out, outOffset, lineHead);
    int at = Decimals.write(value, out, outOffset + 4);
    out[at] = Octets.LF;
    return at + 1;
  }

  /** Byte keys are base64 in compact files too, as the Go tools have it. */
  private int key(RecordView row, byte[] out, int outOffset) throws UnencodableRecordException {
    int type = row.keyType();
    int length = row.keyLength();
    int offset = row.keyOffset();
    byte[] bytes = row.buffer();
    Octets.intLittle(out, outOffset, KEY);
    int at = outOffset + 6;
    out[at - 1] = Octets.SP;
    switch (type) {
      case ParticleType.INTEGER -> {
        if (length > 8) {
          throw unencodableKey(row, "an integer of " + length + " bytes is longer than 8");
        }
        at = Decimals.write(BinEncoder.bigEndian(bytes, offset, length), out, at);
      }
      case ParticleType.DOUBLE -> {
        if (length != 8) {
          throw unencodableKey(row, "a double of " + length + " bytes, not 8");
        }
        at = doubles.fixed(Double.longBitsToDouble(Octets.longBig(bytes, offset)), out, at);
      }
      case ParticleType.STRING -> at = BinEncoder.sized(bytes, offset, length, out, at);
      case ParticleType.BLOB -> at = BinEncoder.base64(bytes, offset, length, out, at);
      default -> throw unencodableKey(row, "keys are integers, doubles, strings or blobs");
    }
    out[outOffset + 4] = Letters.letter(type);
    out[at] = Octets.LF;
    return at + 1;
  }

  private static UnencodableRecordException unencodable(RecordView row, String reason) {
    return new UnencodableRecordException(row.digest(), row.set(), "", -1, reason);
  }

  private static UnencodableRecordException unencodableKey(RecordView row, String reason) {
    return new UnencodableRecordException(row.digest(), row.set(), "", row.keyType(), reason);
  }
}
