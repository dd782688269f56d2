package org.asbeam.transforms.work;

import java.io.Serializable;
import java.time.Duration;
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
 * @param stallTimeout how long a batch is tried again, while nodes fail, before the restore gives
 *     up
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
    Duration stallTimeout,
    boolean replaceMetadata)
    implements Serializable {
  /** As in asrestore v0.5.1. */
  public static final int DEFAULT_BATCH_SIZE = 128;

  /** As in asrestore v0.5.1. */
  public static final int DEFAULT_MAX_ASYNC_BATCHES = 32;

  public static final Duration DEFAULT_STALL_TIMEOUT = Duration.ofMinutes(5);

  /** Starts with everything that has a default at its default. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts with this one's values. */
  public Builder toBuilder() {
    return new Builder()
        .connection(connection)
        .sourceNamespace(sourceNamespace)
        .targetNamespace(targetNamespace)
        .directory(directory)
        .slots(slots)
        .existence(existence)
        .generations(generations)
        .batchSize(batchSize)
        .maxAsyncBatches(maxAsyncBatches)
        .records(records)
        .indexes(indexes)
        .udfs(udfs)
        .stallTimeout(stallTimeout)
        .replaceMetadata(replaceMetadata);
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

  /** Makes specifications; connection, namespaces and directory must be given. */
  public static final class Builder {
    private ConnectionSpec connection;
    private String sourceNamespace = "";
    private String targetNamespace = "";
    private String directory = "";
    private int slots = 1;
    private Existence existence = Existence.MERGE;
    private boolean generations = true;
    private int batchSize = DEFAULT_BATCH_SIZE;
    private int maxAsyncBatches = DEFAULT_MAX_ASYNC_BATCHES;
    private boolean records = true;
    private boolean indexes = true;
    private boolean udfs = true;
    private Duration stallTimeout = DEFAULT_STALL_TIMEOUT;
    private boolean replaceMetadata = false;

    private Builder() {}

    public Builder connection(ConnectionSpec value) {
      connection = value;
      return this;
    }

    public Builder sourceNamespace(String value) {
      sourceNamespace = value;
      return this;
    }

    public Builder targetNamespace(String value) {
      targetNamespace = value;
      return this;
    }

    public Builder directory(String value) {
      directory = value;
      return this;
    }

    public Builder slots(int value) {
      slots = value;
      return this;
    }

    public Builder existence(Existence value) {
      existence = value;
      return this;
    }

    public Builder generations(boolean value) {
      generations = value;
      return this;
    }

    public Builder batchSize(int value) {
      batchSize = value;
      return this;
    }

    public Builder maxAsyncBatches(int value) {
      maxAsyncBatches = value;
      return this;
    }

    public Builder records(boolean value) {
      records = value;
      return this;
    }

    public Builder indexes(boolean value) {
      indexes = value;
      return this;
    }

    public Builder udfs(boolean value) {
      udfs = value;
      return this;
    }

    public Builder stallTimeout(Duration value) {
      stallTimeout = value;
      return this;
    }

    public Builder replaceMetadata(boolean value) {
      replaceMetadata = value;
      return this;
    }

    public RestoreSpec build() {
      return new RestoreSpec(
          connection,
          sourceNamespace,
          targetNamespace,
          directory,
          slots,
          existence,
          generations,
          batchSize,
          maxAsyncBatches,
          records,
          indexes,
          udfs,
          stallTimeout,
          replaceMetadata);
    }
  }
}
