package org.asbeam.format;

import java.io.IOException;
import java.util.Arrays;

/** Reads records and lays them out as rows. */
final class RecordParser {
  private static final int LINE = Octets.four('+', ' ', (char) 0, ' ');
  private static final int LINE_MASK = 0xff00ffff;

  private static final int DIGEST_TEXT = 28;

  private final Source in;
  private final Tokens tokens;
  private final RowBuilder row = new RowBuilder();
  private final RecordView view = new RecordView();
  private final ValueParser values;
  private final BinParser bins;
  private int digestAt;
  private long nilBins;

  RecordParser(Source in, Tokens tokens) {
    this.in = in;
    this.tokens = tokens;
    this.values = new ValueParser(in, tokens, row);
    this.bins = new BinParser(in, tokens, row, values);
  }

  RecordView record() {
    return view;
  }

  /** The nil bins left out so far. */
  long nilBins() {
    return nilBins;
  }

  /** Reads a record from its first line's plus. */
  void parse() throws IOException {
    digestAt = -1;
    try {
      row.begin(0, 0);
      head();
      row.view(view);
    } catch (AsbFormatException e) {
      throw digestAt < 0
          ? e
          : e.inRecord(
              Arrays.copyOfRange(row.buffer(), digestAt, digestAt + RecordView.DIGEST_LENGTH));
    }
  }

  private void head() throws IOException {
    byte letter = line("'+ k ' or '+ n '");
    if (letter == 'k') {
      key();
      letter = line("'+ n '");
    }
    require(letter, 'n', "'+ n '");
    namespace();
    require(line("'+ d '"), 'd', "'+ d '");
    digest();
    letter = line("'+ s ' or '+ g '");
    if (letter == 's') {
      set();
      letter = line("'+ g '");
    }
    require(letter, 'g', "'+ g '");
    row.generation((int) tokens.unsigned(Limits.GENERATION, Octets.LF, "a generation, 0 to 65535"));
    require(line("'+ t '"), 't', "'+ t '");
    row.voidTime(tokens.unsigned(Limits.VOID_TIME, Octets.LF, "a void time, 0 to 4294967295"));
    require(line("'+ b '"), 'b', "'+ b '");
    int count = (int) tokens.unsigned(Limits.BIN_COUNT, Octets.LF, "a bin count, 0 to 65535");
    for (int i = 0; i < count; i++) {
      if (!bins.parse()) {
        nilBins++;
      }
    }
  }

  /** Takes the first four octets of a header line; returns its letter. */
  private byte line(String expected) throws IOException {
    in.need(Limits.WINDOW);
    int start = in.at;
    if (in.end - start < 4) {
      for (int i = start; i < in.end; i++) {
        if (i - start != 2 && in.bytes[i] != (byte) (LINE >>> 8 * (i - start))) {
          throw in.damage(start, expected);
        }
      }
      throw in.damage(in.end, expected);
    }
    if ((Octets.intLittle(in.bytes, start) & LINE_MASK) != LINE) {
      throw in.damage(start, expected);
    }
    in.at = start + 4;
    return in.bytes[start + 2];
  }

  private void require(byte letter, char wanted, String expected) throws AsbFormatException {
    if (letter != wanted) {
      throw in.damage(in.at - 4, expected);
    }
  }

  private void key() throws IOException {
    int letterAt = in.at;
    byte letter = tokens.any("a key type: I, D, S, X or B");
    int type = letter == 'X' ? ParticleType.STRING : Letters.particleType(letter);
    if (type != ParticleType.INTEGER
        && type != ParticleType.DOUBLE
        && type != ParticleType.STRING
        && type != ParticleType.BLOB) {
      throw in.damage(letterAt, "a key type: I, D, S, X or B");
    }
    boolean compact = tokens.skip((byte) '!');
    tokens.blank();
    row.openField(RecordView.FIELD_KEY);
    row.reserve(1 + Long.BYTES);
    row.valueByte(type);
    switch (letter) {
      case 'I' -> row.valueLong(tokens.signed(Octets.LF, "an integer of 64 bits"));
      case 'D' -> row.valueLong(Double.doubleToLongBits(tokens.real()));
      case 'S' -> values.raw(0);
      case 'X' -> values.base64();
      default -> {
        if (compact) {
          values.raw(0);
        } else {
          values.base64();
        }
      }
    }
    row.closeField();
  }

  private void namespace() throws IOException {
    int start = in.at;
    if (name(RecordView.FIELD_NAMESPACE, Limits.NAMESPACE, "a namespace of 1 to 31 bytes") == 0) {
      throw in.damage(start, "a namespace of 1 to 31 bytes");
    }
  }

  /** An empty name is the null set, which a row has no field for. */
  private void set() throws IOException {
    if (name(RecordView.FIELD_SET, Limits.SET, "a set name of at most 63 bytes") == 0) {
      row.dropField();
    }
  }

  private int name(int field, int limit, String expected) throws IOException {
    row.openField(field);
    row.reserve(limit);
    int length = tokens.nameLine(row.buffer(), row.length(), limit, expected);
    row.advance(length);
    row.closeField();
    return length;
  }

  private void digest() throws AsbFormatException {
    int start = in.at;
    int stop = Math.min(in.end, start + DIGEST_TEXT);
    row.openField(RecordView.FIELD_DIGEST);
    // Decoding may write two octets too many.
    row.reserve(RecordView.DIGEST_LENGTH + 4L);
    int at = row.length();
    if (stop - start == DIGEST_TEXT) {
      int to = Base64Text.decode(in.bytes, start, DIGEST_TEXT - 4, row.buffer(), at);
      if (to > 0) {
        to = Base64Text.decodeLast(in.bytes, stop - 4, row.buffer(), to);
      }
      if (to - at != RecordView.DIGEST_LENGTH) {
        throw in.damage(start, "the 28 base64 characters of a digest of 20 bytes");
      }
    } else {
      throw in.damage(in.end, "the 28 base64 characters of a digest of 20 bytes");
    }
    row.advance(RecordView.DIGEST_LENGTH);
    row.closeField();
    in.at = stop;
    tokens.take(Octets.LF, "the line's end behind a digest of 28 characters");
    digestAt = at;
  }
}
