package org.asbeam.embedded;

/**
 * The configuration of a namespace, by the server's names and units.
 *
 * @param defaultTtl default-ttl: seconds a record lives if its writer says nothing; 0: forever
 * @param nsupPeriod nsup-period: seconds between two looks for expired records; 0: never
 * @param allowTtlWithoutNsup allow-ttl-without-nsup: whether a record may have a time to live
 *     though nsup-period is 0
 * @param maxRecordSize max-record-size: bytes
 */
public record NamespaceOptions(
    int defaultTtl, int nsupPeriod, boolean allowTtlWithoutNsup, int maxRecordSize) {
  /** No default time to live, expiration on, records of up to 1 MiB: the defaults of 8.1. */
  public static final NamespaceOptions DEFAULT = new NamespaceOptions(0, 120, false, 1 << 20);

  public NamespaceOptions withDefaultTtl(int seconds) {
    return new NamespaceOptions(seconds, nsupPeriod, allowTtlWithoutNsup, maxRecordSize);
  }

  public NamespaceOptions withNsupPeriod(int seconds) {
    return new NamespaceOptions(defaultTtl, seconds, allowTtlWithoutNsup, maxRecordSize);
  }

  public NamespaceOptions withAllowTtlWithoutNsup(boolean allow) {
    return new NamespaceOptions(defaultTtl, nsupPeriod, allow, maxRecordSize);
  }

  public NamespaceOptions withMaxRecordSize(int bytes) {
    return new NamespaceOptions(defaultTtl, nsupPeriod, allowTtlWithoutNsup, bytes);
  }

  /** Whether a time to live is refused: nobody would ever remove the record. */
  boolean refusesTtl() {
    return nsupPeriod == 0 && !allowTtlWithoutNsup;
  }
}
