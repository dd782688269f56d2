package org.asbeam.aerospike;

import java.io.Serializable;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * How records are written. Start from {@link #of} and change parts by the {@code with} methods.
 *
 * @param sourceNamespace the namespace that rows must name, if they name one; empty: any
 * @param namespace the namespace that is written to
 * @param sets only records of these sets are written; empty: of all sets, and of none
 * @param bins only these bins are written, and records that have one of them; empty: all
 * @param exists what happens to a record that is there already
 * @param checkGeneration whether a record that is there is written only if the backup's generation
 *     is greater than its own; the default of all tools
 * @param ignoreRecordErrors whether a record that the server refuses with one of the seven codes of
 *     the peers' {@code --ignore-record-error} is counted and left out; false: it ends the work
 * @param extraTtlSeconds added to the time to live of records that expire, before a look whether
 *     they have expired; 0: none
 * @param batchWrites whether records go in batches to nodes that can; false: each in a request of
 *     its own, many of them on their way
 * @param batchSize the most records of one batch; peers' {@code --batch-size}
 * @param maxAsyncBatches batches on their way at once; peers' {@code --max-async-batches}
 * @param maxBytesInFlight the bytes of all batches on their way, and of those being filled; one
 *     batch may always be on its way, however large its record
 * @param totalTimeoutMillis how long a node may take for a request; 0: the server's own limit.
 *     Peers' {@code --total-timeout}
 * @param socketTimeoutMillis how long a node may say nothing while it has a request; 0: as long as
 *     the request may take. Peers' {@code --socket-timeout}
 * @param maxRetries how often a request that got no answer (broken connection, silence) is sent
 *     again before that counts as a retry of the retry policy; peers' {@code --max-retries}, where
 *     the client library does this
 * @param retryPolicy how records that failed in a way that passes are sent again
 * @param stallTimeout how long a batch is tried again without progress, of it or of its node
 */
public record WriteSpec(
    String sourceNamespace,
    String namespace,
    Set<String> sets,
    Set<String> bins,
    Exists exists,
    boolean checkGeneration,
    boolean ignoreRecordErrors,
    long extraTtlSeconds,
    boolean batchWrites,
    int batchSize,
    int maxAsyncBatches,
    long maxBytesInFlight,
    int totalTimeoutMillis,
    int socketTimeoutMillis,
    int maxRetries,
    RetryPolicy retryPolicy,
    Duration stallTimeout)
    implements Serializable {
  /** {@code --total-timeout} of asrestore and absctl. */
  public static final int DEFAULT_TOTAL_TIMEOUT_MILLIS = 10_000;

  /** {@code --socket-timeout} of asrestore and absctl. */
  public static final int DEFAULT_SOCKET_TIMEOUT_MILLIS = 10_000;

  /** {@code --max-retries} of asrestore and absctl. */
  public static final int DEFAULT_MAX_RETRIES = 5;

  /** What happens to a record that is there already. */
  public enum Exists {
    /** Its bins are merged with the backup's: the default of all tools. */
    UPDATE,
    /** It stays as it is: {@code --unique}. */
    CREATE_ONLY,
    /** It is replaced: {@code --replace}. */
    REPLACE
  }

  /**
   * @throws IllegalArgumentException if a part is out of its range
   */
  public WriteSpec {
    sets = Set.copyOf(sets);
    bins = Set.copyOf(bins);
    if (namespace.isEmpty()) {
      throw new IllegalArgumentException("records need the name of a namespace to be written to");
    }
    if (sets.contains("") || bins.contains("")) {
      throw new IllegalArgumentException(
          "an empty name can't select a set or a bin: sets "
              + new TreeSet<>(sets)
              + ", bins "
              + new TreeSet<>(bins));
    }
    if (extraTtlSeconds < 0) {
      throw new IllegalArgumentException(
          "the extra time to live must be 0 or more seconds, not " + extraTtlSeconds);
    }
    if (batchSize < 1 || maxAsyncBatches < 1 || maxBytesInFlight < 1) {
      throw new IllegalArgumentException(
          "the batch size "
              + batchSize
              + ", the batches on their way "
              + maxAsyncBatches
              + " and their bytes "
              + maxBytesInFlight
              + " must all be positive");
    }
    if (totalTimeoutMillis < 0 || socketTimeoutMillis < 0 || maxRetries < 0) {
      throw new IllegalArgumentException(
          "the timeouts "
              + totalTimeoutMillis
              + " ms and "
              + socketTimeoutMillis
              + " ms and the retries "
              + maxRetries
              + " must be 0 or more");
    }
    if (stallTimeout.isNegative() || stallTimeout.isZero()) {
      throw new IllegalArgumentException("the stall timeout " + stallTimeout + " must be positive");
    }
  }

  /** Merge into the namespace what is newer there, from whatever namespace it comes. */
  public static WriteSpec of(String namespace) {
    return new WriteSpec(
        "",
        namespace,
        Set.of(),
        Set.of(),
        Exists.UPDATE,
        true,
        false,
        0,
        true,
        128,
        16,
        32L * 1024 * 1024,
        DEFAULT_TOTAL_TIMEOUT_MILLIS,
        DEFAULT_SOCKET_TIMEOUT_MILLIS,
        DEFAULT_MAX_RETRIES,
        RetryPolicy.UNTIL_STALLED,
        Duration.ofMinutes(5));
  }

  public WriteSpec withSourceNamespace(String source) {
    return with(parts -> parts.sourceNamespace = source);
  }

  public WriteSpec withSets(Set<String> names) {
    return with(parts -> parts.sets = names);
  }

  public WriteSpec withBins(Set<String> names) {
    return with(parts -> parts.bins = names);
  }

  public WriteSpec withExists(Exists policy) {
    return with(parts -> parts.exists = policy);
  }

  public WriteSpec withCheckGeneration(boolean check) {
    return with(parts -> parts.checkGeneration = check);
  }

  public WriteSpec withIgnoreRecordErrors(boolean ignore) {
    return with(parts -> parts.ignoreRecordErrors = ignore);
  }

  public WriteSpec withExtraTtlSeconds(long seconds) {
    return with(parts -> parts.extraTtlSeconds = seconds);
  }

  public WriteSpec withBatchWrites(boolean batches) {
    return with(parts -> parts.batchWrites = batches);
  }

  /** Sets the sizes: records per batch, batches on their way, their bytes. */
  public WriteSpec withBatches(int size, int onTheirWay, long bytesInFlight) {
    return with(
        parts -> {
          parts.batchSize = size;
          parts.maxAsyncBatches = onTheirWay;
          parts.maxBytesInFlight = bytesInFlight;
        });
  }

  /** Sets how long a node may take for a request, and how long it may be silent; 0: no limit. */
  public WriteSpec withTimeouts(int totalMillis, int socketMillis) {
    return with(
        parts -> {
          parts.totalTimeoutMillis = totalMillis;
          parts.socketTimeoutMillis = socketMillis;
        });
  }

  public WriteSpec withMaxRetries(int retries) {
    return with(parts -> parts.maxRetries = retries);
  }

  public WriteSpec withRetryPolicy(RetryPolicy policy) {
    return with(parts -> parts.retryPolicy = policy);
  }

  public WriteSpec withStallTimeout(Duration timeout) {
    return with(parts -> parts.stallTimeout = timeout);
  }

  /** How long a node may be silent, by all the limits. */
  long silenceMillis() {
    long silence = stallTimeout.toMillis();
    if (totalTimeoutMillis > 0) {
      silence = Math.min(silence, totalTimeoutMillis);
    }
    return socketTimeoutMillis > 0 ? Math.min(silence, socketTimeoutMillis) : silence;
  }

  private WriteSpec with(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return parts.build();
  }

  /** The components, while one of them is changed. */
  private static final class Parts {
    private String sourceNamespace;
    private final String namespace;
    private Set<String> sets;
    private Set<String> bins;
    private Exists exists;
    private boolean checkGeneration;
    private boolean ignoreRecordErrors;
    private long extraTtlSeconds;
    private boolean batchWrites;
    private int batchSize;
    private int maxAsyncBatches;
    private long maxBytesInFlight;
    private int totalTimeoutMillis;
    private int socketTimeoutMillis;
    private int maxRetries;
    private RetryPolicy retryPolicy;
    private Duration stallTimeout;

    private Parts(WriteSpec spec) {
      sourceNamespace = spec.sourceNamespace;
      namespace = spec.namespace;
      sets = spec.sets;
      bins = spec.bins;
      exists = spec.exists;
      checkGeneration = spec.checkGeneration;
      ignoreRecordErrors = spec.ignoreRecordErrors;
      extraTtlSeconds = spec.extraTtlSeconds;
      batchWrites = spec.batchWrites;
      batchSize = spec.batchSize;
      maxAsyncBatches = spec.maxAsyncBatches;
      maxBytesInFlight = spec.maxBytesInFlight;
      totalTimeoutMillis = spec.totalTimeoutMillis;
      socketTimeoutMillis = spec.socketTimeoutMillis;
      maxRetries = spec.maxRetries;
      retryPolicy = spec.retryPolicy;
      stallTimeout = spec.stallTimeout;
    }

    private WriteSpec build() {
      return new WriteSpec(
          sourceNamespace,
          namespace,
          sets,
          bins,
          exists,
          checkGeneration,
          ignoreRecordErrors,
          extraTtlSeconds,
          batchWrites,
          batchSize,
          maxAsyncBatches,
          maxBytesInFlight,
          totalTimeoutMillis,
          socketTimeoutMillis,
          maxRetries,
          retryPolicy,
          stallTimeout);
    }
  }
}
