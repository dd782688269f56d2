package org.asbeam.embedded;

import java.time.InstantSource;

/** Time as Aerospike counts it: from 2010-01-01T00:00:00Z. */
final class Epoch {
  /** 2010-01-01T00:00:00Z in Unix seconds ({@code CITRUSLEAF_EPOCH} of the server). */
  static final long UNIX_SECONDS = 1_262_304_000L;

  private final InstantSource clock;

  Epoch(InstantSource clock) {
    this.clock = clock;
  }

  long milliseconds() {
    return clock.millis() - UNIX_SECONDS * 1000;
  }

  long seconds() {
    return milliseconds() / 1000;
  }
}
