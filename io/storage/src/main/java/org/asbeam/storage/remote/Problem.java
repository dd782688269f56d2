package org.asbeam.storage.remote;

import java.time.Duration;

/**
 * What an error of a remote store means.
 *
 * @param kind what there is to do about it
 * @param text what the store said, half a sentence without names of classes, and without secrets
 * @param pause how long the store asks to be left alone; zero: it doesn't say
 */
public record Problem(Kind kind, String text, Duration pause) {
  public Problem(Kind kind, String text) {
    this(kind, text, Duration.ZERO);
  }

  /** What there is to do about it. */
  public enum Kind {
    /** There is no such object. */
    NOT_FOUND,
    /** There is no such bucket. */
    NO_BUCKET,
    /** A condition did not hold: there is one already, or it is no longer what it was. */
    EXISTS,
    /** Credentials are wrong or missing, or the rights don't suffice. */
    DENIED,
    /** The object must be taken out of an archive first. */
    ARCHIVED,
    /** A quota is used up. */
    NO_SPACE,
    /** Nobody is there, or nobody of that name: may pass, but not if it was never otherwise. */
    UNREACHABLE,
    /** Too many requests. */
    THROTTLED,
    /** Worth another try: a time-out, a broken connection, an error inside the store. */
    TRANSIENT,
    /** What was written is lost: the same request can't mend it, writing the file again may. */
    LOST,
    /** Not to be mended by trying. */
    OTHER;

    boolean mayPass() {
      return this == UNREACHABLE || this == THROTTLED || this == TRANSIENT;
    }
  }
}
