package org.asbeam.transforms.work;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import java.time.Duration;
import org.asbeam.aerospike.RetryPolicy;
import org.asbeam.aerospike.WriteSpec;

/**
 * How records are written to a cluster.
 *
 * @param existence what happens to a record that exists
 * @param generations whether a record is written only if the backup's generation is greater than
 *     the one in the cluster
 * @param extraTtlSeconds added to the time to live of records that expire; 0: none
 * @param ignoreRecordErrors whether a record that the server refuses for good is counted and left
 *     out
 * @param batchWrites whether records are sent in batches, where the server knows them
 * @param batchSize records in a batch write
 * @param maxAsyncBatches batch writes under way at once in each process
 * @param retryBase the pause before the first repetition
 * @param retryMultiplier what a pause is multiplied with for the next one
 * @param maxRetries how often records that failed in a way that passes are sent again; -1: as often
 *     as the stall timeout allows
 * @param requestRetries how often a request that got no answer is sent again before that counts as
 *     such a repetition
 * @param totalTimeout how long a node may take for a request; zero: the server's own limit
 * @param socketTimeout how long a node may say nothing meanwhile; zero: as long as the request may
 *     take
 * @param stallTimeout how long nothing may get written, while nodes fail, before the restore gives
 *     up
 */
@RecordBuilder
public record WriteSettings(
    Existence existence,
    boolean generations,
    long extraTtlSeconds,
    boolean ignoreRecordErrors,
    boolean batchWrites,
    int batchSize,
    int maxAsyncBatches,
    Duration retryBase,
    double retryMultiplier,
    int maxRetries,
    int requestRetries,
    Duration totalTimeout,
    Duration socketTimeout,
    Duration stallTimeout)
    implements Serializable, WriteSettingsBuilder.With {
  /** As in asrestore v0.5.1. */
  public static final int DEFAULT_BATCH_SIZE = 128;

  /** As in asrestore v0.5.1. */
  public static final int DEFAULT_MAX_ASYNC_BATCHES = 32;

  public static final Duration DEFAULT_STALL_TIMEOUT = Duration.ofMinutes(5);

  public static final WriteSettings DEFAULT =
      new WriteSettings(
          Existence.MERGE,
          true,
          0,
          false,
          true,
          DEFAULT_BATCH_SIZE,
          DEFAULT_MAX_ASYNC_BATCHES,
          Duration.ofSeconds(1),
          1,
          -1,
          WriteSpec.DEFAULT_MAX_RETRIES,
          Duration.ofMillis(WriteSpec.DEFAULT_TOTAL_TIMEOUT_MILLIS),
          Duration.ofMillis(WriteSpec.DEFAULT_SOCKET_TIMEOUT_MILLIS),
          DEFAULT_STALL_TIMEOUT);

  /** How writes are repeated. */
  RetryPolicy retryPolicy() {
    if (maxRetries >= 0) {
      return new RetryPolicy(retryBase, retryMultiplier, maxRetries);
    }
    boolean asEver =
        retryBase.equals(DEFAULT.retryBase) && retryMultiplier == DEFAULT.retryMultiplier;
    return asEver
        ? RetryPolicy.UNTIL_STALLED
        : new RetryPolicy(retryBase, retryMultiplier, RetryPolicy.UNLIMITED);
  }

  /** What happens to a record that exists in the target. */
  public enum Existence {
    /** Its bins are merged with the backup's; bins that only the target has stay. */
    MERGE,
    /** It stays as it is: {@code --unique}. */
    UNIQUE,
    /** It becomes what the backup has: {@code --replace}. */
    REPLACE
  }
}
