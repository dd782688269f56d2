package org.asbeam.transforms.work;

import java.io.Serializable;
import org.asbeam.aerospike.ConnectionSpec;

/**
 * What is to be restored, from where, to where and how. Holds no secret.
 *
 * @param connection the cluster
 * @param sourceNamespace the namespace that the records are of; another one is an error
 * @param targetNamespace the namespace to write to
 * @param directory the folder with the backup, a path or a URI
 * @param slots the slices that are worked on at once, over all workers
 * @param existence what happens to a record that exists
 * @param generations whether a record is written only if the backup's generation is greater than
 *     the one in the cluster
 * @param batchSize records in a batch write
 * @param maxAsyncBatches batch writes under way at once in each process
 * @param records whether records are restored
 * @param indexes whether secondary indexes are restored
 * @param udfs whether UDF modules are restored
 * @param replaceMetadata whether a secondary index or UDF module that differs is replaced
 */
public record RestoreSpec(
    ConnectionSpec connection,
    String sourceNamespace,
    String targetNamespace,
    String directory,
    int slots,
    Existence existence,
    boolean generations,
    int batchSize,
    int maxAsyncBatches,
    boolean records,
    boolean indexes,
    boolean udfs,
    boolean replaceMetadata)
    implements Serializable {
  /** As in asrestore v0.5.1. */
  public static final int DEFAULT_BATCH_SIZE = 128;

  /** As in asrestore v0.5.1. */
  public static final int DEFAULT_MAX_ASYNC_BATCHES = 32;

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
