package org.asbeam.embedded;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What makes a namespace refuse writes, beside its configured options. */
final class WriteRules {
  private final Map<String, SetQuota> quotas = new ConcurrentHashMap<>();
  private volatile boolean clockSkewStopWrites;
  private volatile boolean rejectNonXdrWrites;
  private volatile boolean disallowNullSetName;
  private volatile List<String> xdrDestinations = List.of();

  /**
   * The limits of a set.
   *
   * @param count stop-writes-count: records at which no new one is created; 0: none
   * @param size stop-writes-size: bytes beyond which nothing is written; 0: none
   */
  record SetQuota(long count, long size) {
    static final SetQuota NONE = new SetQuota(0, 0);
  }

  SetQuota quota(String set) {
    return quotas.getOrDefault(set, SetQuota.NONE);
  }

  void quota(String set, SetQuota quota) {
    quotas.put(set, quota);
  }

  boolean clockSkewStopWrites() {
    return clockSkewStopWrites;
  }

  void clockSkewStopWrites(boolean stop) {
    clockSkewStopWrites = stop;
  }

  boolean rejectNonXdrWrites() {
    return rejectNonXdrWrites;
  }

  void rejectNonXdrWrites(boolean reject) {
    rejectNonXdrWrites = reject;
  }

  boolean disallowNullSetName() {
    return disallowNullSetName;
  }

  void disallowNullSetName(boolean disallow) {
    disallowNullSetName = disallow;
  }

  List<String> xdrDestinations() {
    return xdrDestinations;
  }

  void xdrDestinations(List<String> names) {
    xdrDestinations = List.copyOf(names);
  }

  /** Refuses what needs no look at the record, in the order of the server's checks. */
  void check(Request request) throws RequestException {
    if (rejectNonXdrWrites) {
      throw new RequestException(ResultCode.FORBIDDEN, "only XDR writes");
    }
    if (clockSkewStopWrites) {
      throw new RequestException(ResultCode.FORBIDDEN, "clock skew");
    }
    if (disallowNullSetName && request.set().length == 0) {
      throw RequestException.parameter("a write without a set");
    }
  }

  /** Refuses a write that the quota of its set forbids. */
  void checkQuota(Namespace namespace, byte[] set, boolean creates) throws RequestException {
    if (quotas.isEmpty() || set.length == 0) {
      return;
    }
    SetQuota quota = quota(Bytes.utf8(set, 0, set.length));
    if (quota.equals(SetQuota.NONE)) {
      return;
    }
    long[] objectsAndBytes = new long[2];
    namespace.forEach(
        pid -> true,
        row -> {
          if (Row.isInSet(row, set)) {
            objectsAndBytes[0]++;
            objectsAndBytes[1] += row.length;
          }
        });
    if (creates && quota.count > 0 && objectsAndBytes[0] >= quota.count
        || quota.size > 0 && objectsAndBytes[1] > quota.size) {
      throw new RequestException(ResultCode.FORBIDDEN, "the set's quota is reached");
    }
  }
}
