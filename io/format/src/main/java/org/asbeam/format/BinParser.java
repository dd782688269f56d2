package org.asbeam.format;

import java.io.IOException;

/** Reads bin lines into a row. */
final class BinParser {
  private static final String NAME = "a bin name of 1 to 15 bytes";
  private static final String LETTER = "a bin type: one of N Z I D S X G B J C P R H E Y M L";

  /** The zeros before a GeoJSON text: no flags, no cells; a server makes the cells anew. */
  private static final int GEOJSON_HEADER = 3;

  private final Source in;
  private final Tokens tokens;
  private final RowBuilder row;
  private final ValueParser values;

  BinParser(Source in, Tokens tokens, RowBuilder row, ValueParser values) {
    this.in = in;
    this.tokens = tokens;
    this.row = row;
    this.values = values;
  }

  /**
   * Reads one line.
   *
   * @return whether the bin is in the row; a nil bin isn't, as writing it would delete the bin
   */
  boolean parse() throws IOException {
    in.need(Limits.WINDOW);
    tokens.take((byte) '-', "the '-' of a bin line: the record's bin count promises one more");
    tokens.blank();
    int letterAt = in.at;
    byte letter = tokens.any(LETTER);
    int type = letter == 'X' ? ParticleType.STRING : Letters.particleType(letter);
    if (type < 0 && letter != 'N') {
      throw letter == 'U'
          ? in.damage(
              letterAt,
              LETTER,
              "large data types (U) are gone from Aerospike: only tools of their time read them")
          : in.damage(letterAt, LETTER);
    }
    boolean compact = tokens.skip((byte) '!');
    tokens.blank();

    int nameStart = in.at;
    int nameAt = row.binNameAt(Limits.BIN_NAME + Long.BYTES);
    int nameLength = tokens.name(row.buffer(), nameAt, Limits.BIN_NAME, NAME);
    if (nameLength == 0) {
      throw in.damage(nameStart, NAME);
    }
    if (letter == 'N') {
      tokens.lineEnd();
      return false;
    }
    tokens.blank();
    row.openBin(type, nameLength);
    switch (letter) {
      case 'I' -> row.valueLong(tokens.signed(Octets.LF, "an integer of 64 bits"));
      case 'D' -> row.valueLong(Double.doubleToLongBits(tokens.real()));
      case 'Z' -> bool();
      case 'S' -> values.raw(0);
      case 'G' -> values.raw(GEOJSON_HEADER);
      case 'X' -> values.base64();
      default -> {
        if (compact) {
          values.raw(0);
        } else {
          values.base64();
        }
      }
    }
    row.closeBin();
    return true;
  }

  private void bool() throws AsbFormatException {
    int start = in.at;
    byte value = tokens.any("T or F");
    if (value != 'T' && value != 'F') {
      throw in.damage(start, "T or F");
    }
    row.valueByte(value == 'T' ? 1 : 0);
    tokens.lineEnd();
  }
}
