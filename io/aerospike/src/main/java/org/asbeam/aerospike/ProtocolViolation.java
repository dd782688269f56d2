package org.asbeam.aerospike;

/** A reply holds what a server must not send: the data can't be trusted. */
final class ProtocolViolation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ProtocolViolation(String message) {
    super(message);
  }
}
