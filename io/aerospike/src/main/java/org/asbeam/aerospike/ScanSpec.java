package org.asbeam.aerospike;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * What to scan and how. Start from {@link #of} and change parts by the {@code with} methods.
 *
 * @param namespace the namespace
 * @param filter which of its records
 * @param bins only these bins; empty: all. A record that has none of them is left out by the
 *     server.
 * @param noBins no bins at all, only what the index knows and the stored keys; then {@code bins} is
 *     not asked for
 * @param maxRecords the most records that a scanner delivers, over all its scans; 0: all there are
 * @param preferredRacks racks whose replicas are asked first, the best one first; empty: those of
 *     the {@link ConnectionSpec}, and if it has none, masters
 * @param partitionsPerRequest the most partitions that one request asks a node for; 16 to 64 read
 *     faster than single ones or whole nodes. A scan takes fewer where nodes stay silent for long.
 * @param retries how long the scan goes on against failures
 */
public record ScanSpec(
    String namespace,
    ScanFilter filter,
    List<String> bins,
    boolean noBins,
    long maxRecords,
    List<Integer> preferredRacks,
    int partitionsPerRequest,
    ScanRetries retries)
    implements Serializable {
  public static final int DEFAULT_PARTITIONS_PER_REQUEST = 64;

  public static final Duration DEFAULT_STALL_TIMEOUT = ScanRetries.DEFAULT_STALL_TIMEOUT;

  /** The server's limit for the name of a bin. */
  private static final int MAX_BIN_NAME = 15;

  /** As many as a request can name. */
  private static final int MAX_BINS = 0xffff;

  /**
   * @throws IllegalArgumentException if a part is out of its range
   */
  public ScanSpec {
    if (namespace.isEmpty()) {
      throw new IllegalArgumentException("a scan needs the name of a namespace");
    }
    if (partitionsPerRequest < 1 || partitionsPerRequest > 4096) {
      throw new IllegalArgumentException(
          partitionsPerRequest + " partitions per request are not within 1 to 4096");
    }
    if (maxRecords < 0) {
      throw new IllegalArgumentException("a limit of " + maxRecords + " records is negative");
    }
    bins = List.copyOf(new LinkedHashSet<>(bins));
    bins.forEach(ScanSpec::checkBin);
    if (bins.size() > MAX_BINS) {
      throw new IllegalArgumentException(
          bins.size() + " bins are more than a request can name, " + MAX_BINS);
    }
    preferredRacks = List.copyOf(preferredRacks);
  }

  /** All records of a namespace. */
  public static ScanSpec of(String namespace) {
    return new ScanSpec(
        namespace,
        ScanFilter.NONE,
        List.of(),
        false,
        0,
        List.of(),
        DEFAULT_PARTITIONS_PER_REQUEST,
        ScanRetries.DEFAULT);
  }

  public ScanSpec withFilter(ScanFilter which) {
    return with(parts -> parts.filter = which);
  }

  /** Only the records of one set; empty: all sets, and the records in none. */
  public ScanSpec withSet(String name) {
    List<String> sets = name.isEmpty() ? List.of() : List.of(name);
    return withFilter(filter.toBuilder().sets(sets).build());
  }

  public ScanSpec withBins(List<String> names) {
    return with(parts -> parts.bins = names);
  }

  public ScanSpec withNoBins(boolean none) {
    return with(parts -> parts.noBins = none);
  }

  public ScanSpec withMaxRecords(long records) {
    return with(parts -> parts.maxRecords = records);
  }

  public ScanSpec withPreferredRacks(List<Integer> racks) {
    return with(parts -> parts.preferredRacks = racks);
  }

  public ScanSpec withPartitionsPerRequest(int partitions) {
    return with(parts -> parts.partitionsPerRequest = partitions);
  }

  public ScanSpec withRetries(ScanRetries limits) {
    return with(parts -> parts.retries = limits);
  }

  public ScanSpec withStallTimeout(Duration timeout) {
    return withRetries(retries.withStallTimeout(timeout));
  }

  /** How long a scan may go on without any row or finished partition. */
  public Duration stallTimeout() {
    return retries.stallTimeout();
  }

  private static void checkBin(String bin) {
    int length = bin.getBytes(StandardCharsets.UTF_8).length;
    if (length == 0 || length > MAX_BIN_NAME) {
      throw new IllegalArgumentException(
          "the name of the bin '" + bin + "' has " + length + " bytes, not 1 to " + MAX_BIN_NAME);
    }
  }

  private ScanSpec with(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return parts.build();
  }

  /** The components, while one of them is changed. */
  private static final class Parts {
    private final String namespace;
    private ScanFilter filter;
    private List<String> bins;
    private boolean noBins;
    private long maxRecords;
    private List<Integer> preferredRacks;
    private int partitionsPerRequest;
    private ScanRetries retries;

    private Parts(ScanSpec spec) {
      namespace = spec.namespace;
      filter = spec.filter;
      bins = spec.bins;
      noBins = spec.noBins;
      maxRecords = spec.maxRecords;
      preferredRacks = spec.preferredRacks;
      partitionsPerRequest = spec.partitionsPerRequest;
      retries = spec.retries;
    }

    private ScanSpec build() {
      return new ScanSpec(
          namespace,
          filter,
          bins,
          noBins,
          maxRecords,
          preferredRacks,
          partitionsPerRequest,
          retries);
    }
  }
}
