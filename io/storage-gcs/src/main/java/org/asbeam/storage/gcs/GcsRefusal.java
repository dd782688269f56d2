package org.asbeam.storage.gcs;

import java.io.IOException;
import java.time.Duration;
import org.asbeam.storage.remote.Problem;

/** An answer of the store that is no success. */
final class GcsRefusal extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String reason;
  private final String text;
  private final Duration pause;
  private final Problem.Kind missing;

  /**
   * @param status of HTTP
   * @param reason the store's word for it; empty: it has none
   * @param text the store's sentence; may be empty
   * @param pause how long it asks to be left alone
   * @param missing what it means if the status is 404
   */
  GcsRefusal(int status, String reason, String text, Duration pause, Problem.Kind missing) {
    super(status + " " + reason);
    this.status = status;
    this.reason = reason;
    this.text = text;
    this.pause = pause;
    this.missing = missing;
  }

  int status() {
    return status;
  }

  String reason() {
    return reason;
  }

  String text() {
    return text;
  }

  Duration pause() {
    return pause;
  }

  Problem.Kind missing() {
    return missing;
  }

  /** Whether the bytes that arrived are not those that were sent. */
  boolean isDamage() {
    return status == 400
        && text.contains("match")
        && text.toLowerCase(java.util.Locale.ROOT).contains("crc32c");
  }
}
