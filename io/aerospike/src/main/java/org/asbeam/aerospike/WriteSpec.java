package org.asbeam.aerospike;

import java.io.Serializable;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How records are written. Start from {@link #of} and change parts by the {@code with} methods.
 *
 * @param sourceNamespace the namespace that rows must name, if they name one; empty: any
 * @param namespace the namespace that is written to
 * @param exists what happens to a record that is there already
 * @param checkGeneration whether a record that is there is written only if the backup's generation
 *     is greater than its own; the default of all tools
 * @param ignoreRecordErrors whether a record that the server refuses for good is counted and left
 *     out; false: it ends the work
 * @param extraTtlSeconds added to the time to live of records that expire; 0: none
 * @param batchSize the most records of one batch; peers' {@code --batch-size}
 * @param maxAsyncBatches batches on their way at once; peers' {@code --max-async-batches}
 * @param maxBytesInFlight the bytes of all batches on their way, and of those being filled; one
 *     batch may always be on its way, however large its record
 * @param requestTimeoutMillis how long a node may take for a batch
 * @param stallTimeout how long a batch is tried again without progress
 */
public record WriteSpec(
    String sourceNamespace,
    String namespace,
    Exists exists,
    boolean checkGeneration,
    boolean ignoreRecordErrors,
    long extraTtlSeconds,
    int batchSize,
    int maxAsyncBatches,
    long maxBytesInFlight,
    int requestTimeoutMillis,
    Duration stallTimeout)
    implements Serializable {
  /** {@code --total-timeout} of asrestore and absctl. */
  public static final int DEFAULT_REQUEST_TIMEOUT_MILLIS = 10_000;

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
    if (namespace.isEmpty()) {
      throw new IllegalArgumentException("records need the name of a namespace to be written to");
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
    if (requestTimeoutMillis < 1 || stallTimeout.isNegative() || stallTimeout.isZero()) {
      throw new IllegalArgumentException(
          "the timeouts " + requestTimeoutMillis + " ms and " + stallTimeout + " must be positive");
    }
  }

  /** Merge into the namespace what is newer there, from whatever namespace it comes. */
  public static WriteSpec of(String namespace) {
    return new WriteSpec(
        "",
        namespace,
        Exists.UPDATE,
        true,
        false,
        0,
        128,
        16,
        32L * 1024 * 1024,
        DEFAULT_REQUEST_TIMEOUT_MILLIS,
        Duration.ofMinutes(5));
  }

  public WriteSpec withSourceNamespace(String source) {
    return with(parts -> parts.sourceNamespace = source);
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

  /** Sets the sizes: records per batch, batches on their way, their bytes. */
  public WriteSpec withBatches(int size, int onTheirWay, long bytesInFlight) {
    return with(
        parts -> {
          parts.batchSize = size;
          parts.maxAsyncBatches = onTheirWay;
          parts.maxBytesInFlight = bytesInFlight;
        });
  }

  public WriteSpec withTimeouts(int requestMillis, Duration stall) {
    return with(
        parts -> {
          parts.requestTimeoutMillis = requestMillis;
          parts.stallTimeout = stall;
        });
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
    private Exists exists;
    private boolean checkGeneration;
    private boolean ignoreRecordErrors;
    private long extraTtlSeconds;
    private int batchSize;
    private int maxAsyncBatches;
    private long maxBytesInFlight;
    private int requestTimeoutMillis;
    private Duration stallTimeout;

    private Parts(WriteSpec spec) {
      sourceNamespace = spec.sourceNamespace;
      namespace = spec.namespace;
      exists = spec.exists;
      checkGeneration = spec.checkGeneration;
      ignoreRecordErrors = spec.ignoreRecordErrors;
      extraTtlSeconds = spec.extraTtlSeconds;
      batchSize = spec.batchSize;
      maxAsyncBatches = spec.maxAsyncBatches;
      maxBytesInFlight = spec.maxBytesInFlight;
      requestTimeoutMillis = spec.requestTimeoutMillis;
      stallTimeout = spec.stallTimeout;
    }

    private WriteSpec build() {
      return new WriteSpec(
          sourceNamespace,
          namespace,
          exists,
          checkGeneration,
          ignoreRecordErrors,
          extraTtlSeconds,
          batchSize,
          maxAsyncBatches,
          maxBytesInFlight,
          requestTimeoutMillis,
          stallTimeout);
    }
  }
}
