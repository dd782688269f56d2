package org.asbeam.aerospike;

import com.aerospike.client.AerospikeException;
import com.aerospike.client.ResultCode;
import org.asbeam.aerospike.ClusterException.Kind;

/** What the result codes of client and server mean for us. */
final class ClusterErrors {
  /** The server's code for requests of a user that did not log in. */
  static final int NOT_AUTHENTICATED = 80;

  // The server's codes for logins that another system decides; the client has no names for them.
  private static final int LDAP_NOT_CONFIGURED = 90;
  private static final int LDAP_SETUP = 91;
  private static final int LDAP_TLS_SETUP = 92;
  private static final int LDAP_AUTHENTICATION = 93;
  private static final int LDAP_QUERY = 94;

  /** The server's code for GeoJSON that it can't read; the client has no name for it. */
  static final int GEO_INVALID = 160;

  private ClusterErrors() {}

  /** Whether a request that failed like this may succeed when it is sent again a little later. */
  static boolean isTransient(int code) {
    return switch (code) {
      case ResultCode.TIMEOUT,
              ResultCode.PARTITION_UNAVAILABLE,
              ResultCode.CLUSTER_KEY_MISMATCH,
              ResultCode.SERVER_MEM_ERROR,
              ResultCode.KEY_BUSY,
              ResultCode.DEVICE_OVERLOAD,
              ResultCode.XDR_KEY_BUSY,
              ResultCode.BATCH_MAX_REQUESTS_EXCEEDED,
              ResultCode.BATCH_QUEUES_FULL,
              ResultCode.SERVER_NOT_AVAILABLE,
              ResultCode.NO_MORE_CONNECTIONS,
              ResultCode.MAX_ERROR_RATE,
              ResultCode.MAX_RETRIES_EXCEEDED,
              ResultCode.INVALID_NODE_ERROR,
              ResultCode.NO_RESPONSE ->
          true;
      default -> false;
    };
  }

  /** Whether the node can't keep up or doesn't answer, so that fewer requests may help. */
  static boolean isOverload(int code) {
    return switch (code) {
      case ResultCode.TIMEOUT,
              ResultCode.KEY_BUSY,
              ResultCode.DEVICE_OVERLOAD,
              ResultCode.XDR_KEY_BUSY,
              ResultCode.BATCH_QUEUES_FULL,
              ResultCode.SERVER_NOT_AVAILABLE,
              ResultCode.NO_MORE_CONNECTIONS,
              ResultCode.MAX_ERROR_RATE,
              ResultCode.NO_RESPONSE ->
          true;
      default -> false;
    };
  }

  /**
   * Whether a scan that failed like this may succeed later: also a scan that was aborted, by a
   * person or because the node leaves, and one over the server's limit of concurrent scans.
   */
  static boolean isTransientForScan(int code) {
    return isTransient(code)
        || code == ResultCode.QUERY_ABORTED
        || code == ResultCode.SCAN_ABORT
        || code == ResultCode.FAIL_FORBIDDEN;
  }

  /**
   * Whether it is one of the refusals that {@code --ignore-record-error} of the peers counts and
   * leaves out.
   */
  static boolean isIgnorable(int code) {
    return switch (code) {
      case ResultCode.RECORD_TOO_BIG,
              ResultCode.KEY_MISMATCH,
              ResultCode.BIN_NAME_TOO_LONG,
              ResultCode.ALWAYS_FORBIDDEN,
              ResultCode.FAIL_FORBIDDEN,
              ResultCode.BIN_TYPE_ERROR,
              ResultCode.BIN_NOT_FOUND ->
          true;
      default -> false;
    };
  }

  /**
   * Whether the server refuses one record for good, because of what is in it or of the record that
   * is there: {@link #isIgnorable}, and codes for values that it can't take.
   */
  static boolean isRecordRefused(int code) {
    return switch (code) {
      case ResultCode.SERVER_ERROR,
              ResultCode.PARAMETER_ERROR,
              ResultCode.UNSUPPORTED_FEATURE,
              ResultCode.OP_NOT_APPLICABLE,
              GEO_INVALID ->
          true;
      default -> isIgnorable(code);
    };
  }

  /** The exception for a failure that is not worth a retry. */
  static ClusterException permanent(String what, int code, String detail, Throwable cause) {
    return switch (code) {
      case ResultCode.INVALID_NAMESPACE ->
          new ClusterException(
              Kind.NO_SUCH_NAMESPACE, what + ": the cluster has no such namespace", cause);
      case NOT_AUTHENTICATED, ResultCode.ROLE_VIOLATION ->
          new ClusterException(
              Kind.ACCESS_DENIED, what + ": the user is not allowed to (" + detail + ")", cause);
      case ResultCode.UNSUPPORTED_FEATURE, ResultCode.ENTERPRISE_ONLY, ResultCode.BATCH_DISABLED ->
          new ClusterException(
              Kind.UNSUPPORTED, what + ": the server can't do this (" + detail + ")", cause);
      default -> new ClusterException(Kind.PROTOCOL, what + ": " + detail, cause);
    };
  }

  /**
   * What the server's answer to a login means.
   *
   * @param user empty: the client shows a certificate instead
   * @return null if the client may go on: it is in, or the server asks for no login
   */
  static ClusterException login(SeedHost seed, String user, int code) {
    String who = user.isEmpty() ? "the client's certificate" : "user '" + user + "'";
    return switch (code) {
      case ResultCode.OK, ResultCode.SECURITY_NOT_ENABLED -> null;
      case ResultCode.SECURITY_NOT_SUPPORTED ->
          new ClusterException(
              Kind.UNSUPPORTED,
              "security is not enabled on the server at "
                  + seed
                  + " (the community edition has no users), but "
                  + who
                  + " is to log in; leave user, password and authentication mode out");
      case ResultCode.EXPIRED_PASSWORD ->
          denied(seed, "the password of " + who + " has expired; set a new one", code);
      case ResultCode.INVALID_USER, ResultCode.INVALID_PASSWORD, ResultCode.INVALID_CREDENTIAL ->
          denied(
              seed,
              user.isEmpty()
                  ? "the name in the client's certificate is no user; check its common name"
                  : who + " does not exist, or the password is wrong",
              code);
      case ResultCode.NOT_WHITELISTED ->
          denied(seed, who + " may not log in from this machine's address", code);
      case ResultCode.ROLE_VIOLATION ->
          denied(seed, who + " has no role that allows to log in", code);
      case LDAP_NOT_CONFIGURED, LDAP_SETUP, LDAP_TLS_SETUP, LDAP_AUTHENTICATION, LDAP_QUERY ->
          denied(
              seed,
              "external authentication of "
                  + who
                  + " failed; check the password, and the server's LDAP configuration",
              code);
      default -> denied(seed, who + " was refused", code);
    };
  }

  private static ClusterException denied(SeedHost seed, String what, int code) {
    return new ClusterException(
        Kind.ACCESS_DENIED, "login at " + seed + ": " + what + " (" + describe(code) + ")");
  }

  /** A result code as people know it: {@code 13 Record too big}. */
  static String describe(int code) {
    return code + " " + ResultCode.getResultString(code);
  }

  /** What happened, without the client's policy dump. */
  static String describe(AerospikeException e) {
    Throwable cause = e.getCause();
    return describe(e.getResultCode()) + (cause == null ? "" : ", " + SeedProbe.oneLine(cause));
  }
}
