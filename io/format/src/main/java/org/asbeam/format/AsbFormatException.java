package org.asbeam.format;

import java.io.IOException;
import java.io.Serializable;
import java.util.HexFormat;

/**
 * Damage: the bytes of a backup file are not ASB. Says where they stop being so, what should have
 * been there and what is, and which record was being read. Trying again doesn't help.
 */
public final class AsbFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What the bytes are, if not ASB that can be read. */
  public enum Kind {
    /** ASB that is cut or changed. */
    DAMAGE,
    /** Nothing that begins like ASB: another kind of file, or compressed, or encrypted. */
    NOT_ASB,
    /** ASB of a version that is not known here. */
    VERSION
  }

  /** A place in a file. */
  record Place(String file, long line, long column, long offset) implements Serializable {
    @Override
    public String toString() {
      return line > 0
          ? file + ": line " + line + ", column " + column + ", byte " + offset
          : file + ": byte " + offset;
    }
  }

  private final Kind kind;
  private final Place place;
  private final byte[] digest;
  private final String expected;
  private final String found;
  private final String hint;

  AsbFormatException(
      Kind kind, Place place, byte[] digest, String expected, String found, String hint) {
    super(
        place
            + ": expected "
            + expected
            + ", found "
            + found
            + (digest == null ? "" : ", in record " + HexFormat.of().formatHex(digest))
            + "; "
            + hint);
    this.kind = kind;
    this.place = place;
    this.digest = digest;
    this.expected = expected;
    this.found = found;
    this.hint = hint;
  }

  /** The same damage, in the record with the given digest. */
  AsbFormatException inRecord(byte[] recordDigest) {
    AsbFormatException copy =
        new AsbFormatException(kind, place, recordDigest, expected, found, hint);
    copy.setStackTrace(getStackTrace());
    return copy;
  }

  public Kind kind() {
    return kind;
  }

  /** The name of the file, as the decoder was told. */
  public String file() {
    return place.file();
  }

  /** The line, from 1: one more than there are LF octets before the place; 0 if unknown. */
  public long line() {
    return place.line();
  }

  /** The octet within the line, from 1. */
  public long column() {
    return place.column();
  }

  /** The position of the first bad octet in the decoded (decrypted, decompressed) file, from 0. */
  public long offset() {
    return place.offset();
  }

  /** The digest of the record that was being read; null if none, or if it isn't known yet. */
  public byte[] digest() {
    return digest == null ? null : digest.clone();
  }

  /** What the format asks for at that place. */
  public String expected() {
    return expected;
  }

  /** An excerpt of what is there, non-printing octets in hexadecimal. */
  public String found() {
    return found;
  }
}
