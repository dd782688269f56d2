package org.asbeam.aerospike;

import com.aerospike.client.ResultCode;
import java.io.IOException;
import java.util.HexFormat;
import org.asbeam.format.RecordView;

/** The server refuses a record, and will refuse it again: one line with what to do about it. */
public final class RecordWriteException extends IOException {
  private static final long serialVersionUID = 1L;

  private final byte[] digest;
  private final String set;
  private final int resultCode;

  RecordWriteException(String namespace, String set, byte[] digest, int resultCode) {
    this(namespace, set, digest, resultCode, hint(resultCode));
  }

  RecordWriteException(String namespace, String set, byte[] digest, int resultCode, String why) {
    this(set, digest, resultCode, message(namespace, set, digest, reason(resultCode, why)));
  }

  private RecordWriteException(String set, byte[] digest, int resultCode, String message) {
    super(message);
    this.digest = digest.clone();
    this.set = set;
    this.resultCode = resultCode;
  }

  /**
   * The error that a record is which a {@link RejectHandler} was given.
   *
   * @param namespace the one that was written to
   */
  public static RecordWriteException ofRejected(
      String namespace, RecordView row, int resultCode, String reason) {
    String set = row.set();
    byte[] digest = row.digest();
    return new RecordWriteException(
        set, digest, resultCode, message(namespace, set, digest, reason));
  }

  /** The record's digest, 20 bytes. */
  public byte[] digest() {
    return digest.clone();
  }

  /** The record's set; empty: none. */
  public String set() {
    return set;
  }

  /** The server's result code. */
  public int resultCode() {
    return resultCode;
  }

  private static String message(String namespace, String set, byte[] digest, String reason) {
    return "record "
        + HexFormat.of().formatHex(digest)
        + " ("
        + (set.isEmpty() ? "no set" : "set '" + set + "'")
        + ") was refused by namespace '"
        + namespace
        + "': "
        + reason;
  }

  /** What a code means and what to do, for a record that is named elsewhere. */
  static String reason(int code) {
    return reason(code, hint(code));
  }

  static String reason(int code, String hint) {
    return ClusterErrors.describe(code) + "; " + hint;
  }

  /** What may be the reason, and what to do. */
  static String hint(int code) {
    return switch (code) {
      case ResultCode.RECORD_TOO_BIG ->
          "raise the namespace's max-record-size to that of the source, or leave out what is refused";
      case ResultCode.KEY_MISMATCH ->
          "a record with the same digest but another stored key is there; remove it first";
      case ResultCode.BIN_NAME_TOO_LONG -> "a bin's name is longer than this server allows";
      case ResultCode.FAIL_FORBIDDEN ->
          "set nsup-period or allow-ttl-without-nsup for records that expire; see the set's"
              + " stop-writes-count and stop-writes-size; right after a truncate, wait a moment";
      case ResultCode.PARAMETER_ERROR ->
          "a record with the same digest in another set may be there, or a value is not valid";
      case ResultCode.ROLE_VIOLATION -> "the user needs the right to write";
      case ClusterErrors.GEO_INVALID -> "a bin's GeoJSON is not valid for this server";
      case ResultCode.SERVER_ERROR -> "a list or map may be damaged; see the server's log";
      case ResultCode.BIN_TYPE_ERROR -> "a bin of another type is there; restore with --replace";
      default -> "see the server's log, or leave out what is refused";
    };
  }
}
