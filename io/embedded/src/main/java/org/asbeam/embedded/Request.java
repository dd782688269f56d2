package org.asbeam.embedded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A record message of a client: a command on one record, a batch, a scan, or a row of a batch. */
final class Request {
  private static final int FIELD_TYPES = 48;

  private final byte[] bytes;
  private int info1;
  private int info2;
  private int info3;
  private int generation;
  private int ttl;
  private byte[] digest;
  private byte[] filter;
  private final int[] fieldOffsets = new int[FIELD_TYPES];
  private final int[] fieldLengths = new int[FIELD_TYPES];
  private List<Op> ops = List.of();
  private int end;

  private Request(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A whole message. */
  static Request parse(byte[] message) throws RequestException {
    if (message.length < Protocol.HEADER || message[0] != Protocol.HEADER) {
      throw RequestException.parameter("a message without a header of 22 bytes");
    }
    Request request = new Request(message);
    request.info1 = Bytes.u8(message, 1);
    request.info2 = Bytes.u8(message, 2);
    request.info3 = Bytes.u8(message, 3);
    request.generation = Bytes.i32(message, 6);
    request.ttl = Bytes.i32(message, 10);
    int fields = Bytes.u16(message, 18);
    int opCount = Bytes.u16(message, 20);
    request.end = request.parseOps(request.parseFields(Protocol.HEADER, fields, false), opCount);
    if (request.end != message.length) {
      throw RequestException.parameter("bytes behind the last op");
    }
    if (request.has(Protocol.FIELD_DIGEST)) {
      request.digest = request.field(Protocol.FIELD_DIGEST);
      if (request.digest.length != Protocol.DIGEST) {
        throw RequestException.parameter("a digest of " + request.digest.length + " bytes");
      }
    } else if (request.has(Protocol.FIELD_KEY)) {
      request.digest = UserKey.digest(request.set(), request.field(Protocol.FIELD_KEY));
    }
    return request;
  }

  /**
   * A row of a batch: its own info bytes, generation and TTL, then fields and ops.
   *
   * @param at where the row's fields start
   */
  static Request batchRow(
      byte[] bytes, int at, int[] infos, int generation, int ttl, int fields, int ops)
      throws RequestException {
    Request request = new Request(bytes);
    request.info1 = infos[0];
    request.info2 = infos[1];
    request.info3 = infos[2];
    request.generation = generation;
    request.ttl = ttl;
    request.end = request.parseOps(request.parseFields(at, fields, true), ops);
    return request;
  }

  /** The same command for another record: batch rows repeat the row before them. */
  Request forDigest(byte[] other) {
    Request request = new Request(bytes);
    request.info1 = info1;
    request.info2 = info2;
    request.info3 = info3;
    request.generation = generation;
    request.ttl = ttl;
    request.digest = other;
    System.arraycopy(fieldOffsets, 0, request.fieldOffsets, 0, FIELD_TYPES);
    System.arraycopy(fieldLengths, 0, request.fieldLengths, 0, FIELD_TYPES);
    request.ops = ops;
    return request;
  }

  /** The same command with a filter that was given for the whole batch. */
  Request withFilter(byte[] packed) {
    Request request = forDigest(digest);
    request.filter = packed;
    return request;
  }

  private int parseFields(int from, int count, boolean inBatch) throws RequestException {
    int at = from;
    for (int i = 0; i < count; i++) {
      if (bytes.length - at < 5) {
        throw RequestException.parameter("a field's header reaches beyond the message");
      }
      int size = Bytes.i32(bytes, at);
      if (size < 1 || size > bytes.length - at - 4) {
        throw RequestException.parameter("a field of " + size + " bytes");
      }
      // The first field of a batch row is the namespace, whatever type it says.
      int type = inBatch && i == 0 ? Protocol.FIELD_NAMESPACE : Bytes.u8(bytes, at + 4);
      if (type < FIELD_TYPES) {
        fieldOffsets[type] = at + 5;
        fieldLengths[type] = size - 1;
      }
      at += 4 + size;
    }
    return at;
  }

  private int parseOps(int from, int count) throws RequestException {
    if (count == 0) {
      return from;
    }
    int at = from;
    ops = new ArrayList<>(Math.min(count, 1024));
    for (int i = 0; i < count; i++) {
      ops.add(Op.parse(bytes, at, bytes.length));
      at = Op.end(bytes, at, bytes.length);
    }
    return at;
  }

  /** The offset behind the last op. */
  int end() {
    return end;
  }

  boolean info1(int flag) {
    return (info1 & flag) != 0;
  }

  boolean info2(int flag) {
    return (info2 & flag) != 0;
  }

  boolean info3(int flag) {
    return (info3 & flag) != 0;
  }

  int info1() {
    return info1;
  }

  int generation() {
    return generation;
  }

  int ttl() {
    return ttl;
  }

  /** 20 bytes, or null for a message that is about no single record. */
  byte[] digest() {
    return digest;
  }

  List<Op> ops() {
    return ops;
  }

  boolean has(int field) {
    // No field starts at offset 0: headers are there.
    return fieldOffsets[field] != 0;
  }

  /** A copy of a field's bytes; empty if there is no such field. */
  byte[] field(int field) {
    int from = fieldOffsets[field];
    return Arrays.copyOfRange(bytes, from, from + fieldLengths[field]);
  }

  /** The packed filter expression, or null. */
  byte[] filter() {
    return filter == null && has(Protocol.FIELD_FILTER) ? field(Protocol.FIELD_FILTER) : filter;
  }

  int fieldLength(int field) {
    return fieldLengths[field];
  }

  /** A field of 4 or 8 bytes as a number. */
  long number(int field, int length, long absent) throws RequestException {
    if (!has(field)) {
      return absent;
    }
    if (fieldLengths[field] != length) {
      throw RequestException.parameter(
          "field " + field + " has " + fieldLengths[field] + " bytes instead of " + length);
    }
    int at = fieldOffsets[field];
    return length == 4 ? Bytes.i32(bytes, at) & 0xffffffffL : Bytes.i64(bytes, at);
  }

  String namespace() {
    int field = Protocol.FIELD_NAMESPACE;
    return Bytes.utf8(bytes, fieldOffsets[field], fieldLengths[field]);
  }

  /** The set that the request names; empty: none. */
  byte[] set() {
    return fieldLengths[Protocol.FIELD_SET] == 0 ? Bytes.EMPTY : field(Protocol.FIELD_SET);
  }
}
