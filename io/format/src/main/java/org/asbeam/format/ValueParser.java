package org.asbeam.format;

import java.io.IOException;

/**
 * Reads sized values into the open field or bin of a row, however long they are and however the
 * stream cuts them. A length is believed only as far as octets arrive.
 */
final class ValueParser {
  private static final String RAW_LENGTH =
      "the length of a value, with which the record is at most 128 MiB";
  private static final String BASE64_LENGTH =
      "the length of a base64 value, a multiple of 4, with which the record is at most 128 MiB";
  private static final String BASE64 = "base64 of the standard alphabet";

  private final Source in;
  private final Tokens tokens;
  private final RowBuilder row;

  ValueParser(Source in, Tokens tokens, RowBuilder row) {
    this.in = in;
    this.tokens = tokens;
    this.row = row;
  }

  /** Reads a length and as many octets, which become the value behind {@code header} zeros. */
  void raw(int header) throws IOException {
    int left = (int) tokens.unsigned(Math.max(0, Limits.ROW - row.length()), Octets.SP, RAW_LENGTH);
    if (header > 0) {
      row.reserve(header);
      for (int i = 0; i < header; i++) {
        row.valueByte(0);
      }
    }
    while (true) {
      int step = Math.min(left, in.end - in.at);
      row.append(in.bytes, in.at, step);
      in.at += step;
      left -= step;
      if (left == 0) {
        break;
      }
      if (in.atEnd()) {
        throw in.damage(in.end, left + " more bytes of a value");
      }
    }
    end();
  }

  /** Reads a length and as many characters of base64, whose octets become the value. */
  void base64() throws IOException {
    int start = in.at;
    long most = Base64Text.encodedLength(Math.max(0, Limits.ROW - row.length()));
    int left = (int) tokens.unsigned(most, Octets.SP, BASE64_LENGTH);
    if (left % 4 != 0) {
      throw in.damage(start, BASE64_LENGTH);
    }
    while (left > 4) {
      if (in.end - in.at < 4) {
        in.need(4);
        if (in.end - in.at < 4) {
          throw in.damage(in.end, left - (in.end - in.at) + " more characters of a base64 value");
        }
      }
      int step = Math.min(left - 4, in.end - in.at & ~3);
      // Decoding may write two octets too many.
      row.reserve(step / 4 * 3 + 8L);
      advance(Base64Text.decode(in.bytes, in.at, step, row.buffer(), row.length()));
      in.at += step;
      left -= step;
    }
    if (left == 4) {
      in.need(4);
      if (in.end - in.at < 4) {
        throw in.damage(in.end, left - (in.end - in.at) + " more characters of a base64 value");
      }
      row.reserve(8);
      advance(Base64Text.decodeLast(in.bytes, in.at, row.buffer(), row.length()));
      in.at += 4;
    }
    end();
  }

  /** Counts octets that were decoded up to an offset of the row's buffer. */
  private void advance(int decodedTo) throws AsbFormatException {
    if (decodedTo < 0) {
      throw in.damage(~decodedTo, BASE64);
    }
    row.advance(decodedTo - row.length());
  }

  private void end() throws IOException {
    in.need(1);
    tokens.take(Octets.LF, "the line's end behind a value of the given length");
  }
}
