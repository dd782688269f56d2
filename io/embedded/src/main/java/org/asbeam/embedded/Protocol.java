package org.asbeam.embedded;

/**
 * Numbers of the wire protocol that clients and servers share ({@code proto.h} of the server).
 * Everything is big-endian unless said otherwise.
 */
final class Protocol {
  static final int VERSION = 2;
  static final int TYPE_INFO = 1;
  static final int TYPE_SECURITY = 2;
  static final int TYPE_MESSAGE = 3;
  static final int TYPE_COMPRESSED = 4;

  /** Bytes of the header before every message: version, type, 48 bits of size. */
  static final int PROTO_HEADER = 8;

  /** The server's limit for the size of a message. */
  static final long MAX_MESSAGE = 128L << 20;

  /** Bytes of the fixed header of a record message, a row, or a batch row's reply. */
  static final int HEADER = 22;

  static final int DIGEST = 20;
  static final int PARTITIONS = 4096;

  static final int INFO1_READ = 0x01;
  static final int INFO1_GET_ALL = 0x02;
  static final int INFO1_SHORT_QUERY = 0x04;
  static final int INFO1_BATCH = 0x08;
  static final int INFO1_NO_BINS = 0x20;

  static final int INFO2_WRITE = 0x01;
  static final int INFO2_DELETE = 0x02;
  static final int INFO2_GENERATION = 0x04;
  static final int INFO2_GENERATION_GT = 0x08;
  static final int INFO2_DURABLE_DELETE = 0x10;
  static final int INFO2_CREATE_ONLY = 0x20;
  static final int INFO2_RESPOND_ALL_OPS = 0x80;

  static final int INFO3_LAST = 0x01;
  static final int INFO3_PARTITION_DONE = 0x04;
  static final int INFO3_UPDATE_ONLY = 0x08;
  static final int INFO3_CREATE_OR_REPLACE = 0x10;
  static final int INFO3_REPLACE_ONLY = 0x20;

  static final int FIELD_NAMESPACE = 0;
  static final int FIELD_SET = 1;
  static final int FIELD_KEY = 2;
  static final int FIELD_DIGEST = 4;
  static final int FIELD_TRANSACTION = 5;
  static final int FIELD_QUERY_ID = 7;
  static final int FIELD_SOCKET_TIMEOUT = 9;
  static final int FIELD_RECORDS_PER_SECOND = 10;
  static final int FIELD_PARTITIONS = 11;
  static final int FIELD_DIGESTS = 12;
  static final int FIELD_MAX_RECORDS = 13;
  static final int FIELD_INDEX_NAME = 21;
  static final int FIELD_INDEX_RANGE = 22;
  static final int FIELD_UDF_FILE = 30;
  static final int FIELD_UDF_OP = 33;
  static final int FIELD_BATCH = 41;
  static final int FIELD_BATCH_WITH_SET = 42;
  static final int FIELD_FILTER = 43;

  static final int OP_READ = 1;
  static final int OP_WRITE = 2;
  static final int OP_INCR = 5;
  static final int OP_APPEND = 9;
  static final int OP_PREPEND = 10;
  static final int OP_TOUCH = 11;
  static final int OP_DELETE_ALL = 14;

  /** The longest name of a bin that the server takes, in bytes. */
  static final int MAX_BIN_NAME = 15;

  /** The longest name of a set that the server takes, in bytes. */
  static final int MAX_SET_NAME = 63;

  static final int TTL_DEFAULT = 0;
  static final int TTL_NEVER = -1;
  static final int TTL_KEEP = -2;

  /** Ten years: the longest time to live that the server takes, in seconds. */
  static final int MAX_TTL = 315_360_000;

  private Protocol() {}
}
