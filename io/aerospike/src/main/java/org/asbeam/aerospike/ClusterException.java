package org.asbeam.aerospike;

import java.io.IOException;

/** Something is wrong with the cluster or the way to it: one line with what, where, what to do. */
public final class ClusterException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** What went wrong: decides whether to retry, and the exit code. */
  public enum Kind {
    /** No seed's host name can be resolved. */
    NO_SUCH_HOST,
    /** Nothing listens at the seeds. */
    REFUSED,
    /** The seeds can't be reached, or don't answer, within the connect timeout. */
    UNREACHABLE,
    /** Something answers at the seeds, but it is no Aerospike server. */
    NOT_AEROSPIKE,
    /** The cluster asks for a user, or the user is not allowed to do this. */
    ACCESS_DENIED,
    /** The encrypted connection can't be made: certificates, keys, names, versions. */
    TLS,
    /** What is asked for contradicts itself, or is not there: files, references, lent clients. */
    CONFIGURATION,
    /** The cluster has no such namespace. */
    NO_SUCH_NAMESPACE,
    /** A record names another namespace than the one that is to be restored. */
    WRONG_NAMESPACE,
    /** The cluster migrates, has unavailable partitions, or is otherwise in no state for this. */
    UNSTABLE,
    /** Went on failing in ways that usually pass, until the stall timeout was over. */
    TRANSIENT,
    /** Failed in ways that usually pass more often than the retry policy allows. */
    RETRIES_EXHAUSTED,
    /** The cluster refuses all records for one reason: a setting of the server. */
    WRITES_REFUSED,
    /** The namespace takes no writes: it is out of space or memory. */
    STOP_WRITES,
    /** The server, or this edition of it, can't do this. */
    UNSUPPORTED,
    /** A secondary index or UDF of the same name, but with another definition, is there. */
    METADATA_CONFLICT,
    /** The server refused a request or answered what it must not. */
    PROTOCOL,
    /** The stop flag was set. */
    STOPPED
  }

  ClusterException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  ClusterException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether doing the same again later may help; false: a person has to act. */
  public boolean isTransient() {
    return switch (kind) {
      case REFUSED, UNREACHABLE, UNSTABLE, TRANSIENT, STOP_WRITES -> true;
      default -> false;
    };
  }
}
