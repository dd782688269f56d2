package org.asbeam.embedded;

/** Result codes of the wire protocol, for faults and for reading replies in tests. */
public final class ResultCode {
  public static final int OK = 0;
  public static final int UNKNOWN = 1;
  public static final int NOT_FOUND = 2;
  public static final int GENERATION = 3;
  public static final int PARAMETER = 4;
  public static final int RECORD_EXISTS = 5;
  public static final int OUT_OF_SPACE = 8;
  public static final int TIMEOUT = 9;
  public static final int UNAVAILABLE = 11;
  public static final int INCOMPATIBLE_TYPE = 12;
  public static final int RECORD_TOO_BIG = 13;
  public static final int KEY_BUSY = 14;
  public static final int QUERY_ABORTED = 15;
  public static final int UNSUPPORTED_FEATURE = 16;
  public static final int DEVICE_OVERLOAD = 18;
  public static final int KEY_MISMATCH = 19;
  public static final int NAMESPACE = 20;
  public static final int BIN_NAME = 21;
  public static final int FORBIDDEN = 22;
  public static final int ENTERPRISE_ONLY = 25;
  public static final int FILTERED_OUT = 27;
  public static final int QUERY_END = 50;
  public static final int SECURITY_NOT_CONFIGURED = 52;
  public static final int SECURITY_NOT_SUPPORTED = 51;
  public static final int INVALID_COMMAND = 54;
  public static final int INVALID_FIELD = 55;
  public static final int INVALID_USER = 60;
  public static final int EXPIRED_PASSWORD = 63;
  public static final int INVALID_CREDENTIAL = 65;
  public static final int EXPIRED_SESSION = 66;
  public static final int NOT_AUTHENTICATED = 80;
  public static final int ROLE_VIOLATION = 81;
  public static final int BATCH_DISABLED = 150;
  public static final int BATCH_MAX_REQUESTS = 151;
  public static final int BATCH_QUEUES_FULL = 152;
  public static final int GEO_INVALID = 160;
  public static final int INDEX_FOUND = 200;
  public static final int INDEX_NOT_FOUND = 201;

  private ResultCode() {}
}
