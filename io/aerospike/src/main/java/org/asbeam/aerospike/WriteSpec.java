package org.asbeam.aerospike;

import java.io.Serializable;
import java.time.Duration;

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
    return new WriteSpec(
        source,
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

  public WriteSpec withExists(Exists policy) {
    return new WriteSpec(
        sourceNamespace,
        namespace,
        policy,
        checkGeneration,
        ignoreRecordErrors,
        extraTtlSeconds,
        batchSize,
        maxAsyncBatches,
        maxBytesInFlight,
        requestTimeoutMillis,
        stallTimeout);
  }

  public WriteSpec withCheckGeneration(boolean check) {
    return new WriteSpec(
        sourceNamespace,
        namespace,
        exists,
        check,
        ignoreRecordErrors,
        extraTtlSeconds,
        batchSize,
        maxAsyncBatches,
        maxBytesInFlight,
        requestTimeoutMillis,
        stallTimeout);
  }

  public WriteSpec withIgnoreRecordErrors(boolean ignore) {
    return new WriteSpec(
        sourceNamespace,
        namespace,
        exists,
        checkGeneration,
        ignore,
        extraTtlSeconds,
        batchSize,
        maxAsyncBatches,
        maxBytesInFlight,
        requestTimeoutMillis,
        stallTimeout);
  }

  public WriteSpec withExtraTtlSeconds(long seconds) {
    return new WriteSpec(
        sourceNamespace,
        namespace,
        exists,
        checkGeneration,
        ignoreRecordErrors,
        seconds,
        batchSize,
        maxAsyncBatches,
        maxBytesInFlight,
        requestTimeoutMillis,
        stallTimeout);
  }

  /** Sets the sizes: records per batch, batches on their way, their bytes. */
  public WriteSpec withBatches(int size, int onTheirWay, long bytesInFlight) {
    return new WriteSpec(
        sourceNamespace,
        namespace,
        exists,
        checkGeneration,
        ignoreRecordErrors,
        extraTtlSeconds,
        size,
        onTheirWay,
        bytesInFlight,
        requestTimeoutMillis,
        stallTimeout);
  }

  public WriteSpec withTimeouts(int requestMillis, Duration stall) {
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
        requestMillis,
        stall);
  }
}
