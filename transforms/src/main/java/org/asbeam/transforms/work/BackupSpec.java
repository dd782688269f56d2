package org.asbeam.transforms.work;

import java.io.Serializable;
import java.time.Duration;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.aerospike.ScanSpec;
import org.asbeam.format.PartitionSet;
import org.asbeam.storage.Compression;

/**
 * What is to be backed up, from where, to where and how. Holds no secret; it is part of the run's
 * plan, so that whoever resumes the run does the same.
 *
 * @param connection the cluster
 * @param namespace the namespace
 * @param directory the folder to write to, a path or a URI
 * @param partitions the partitions to back up
 * @param slots the slices that are worked on at once, over all workers
 * @param fileLimit a file of this many stored bytes or more is followed by the next one; 0: no
 *     limit
 * @param filePrefix what the names of files begin with; empty: the namespace
 * @param removeFiles whether a backup that lies in the folder is deleted first
 * @param records whether records are backed up
 * @param indexes whether secondary indexes are backed up
 * @param udfs whether UDF modules are backed up
 * @param compact whether blobs are written raw instead of in base64
 * @param compression of the files
 * @param waitStable how long an unstable cluster is waited for
 * @param stallTimeout how long a scan may get no further, while nodes fail, before it gives up
 * @param allowUnstable whether to go on with a cluster that stays unstable; the backup then counts
 *     as not proved complete
 */
public record BackupSpec(
    ConnectionSpec connection,
    String namespace,
    String directory,
    PartitionSet partitions,
    int slots,
    long fileLimit,
    String filePrefix,
    boolean removeFiles,
    boolean records,
    boolean indexes,
    boolean udfs,
    boolean compact,
    Compression compression,
    Duration waitStable,
    Duration stallTimeout,
    boolean allowUnstable)
    implements Serializable {
  /** The limit of asbackup v0.5.1, in bytes: 250 MiB. */
  public static final long DEFAULT_FILE_LIMIT = 250L << 20;

  public static final Duration DEFAULT_WAIT_STABLE = Duration.ofMinutes(10);

  public static final Duration DEFAULT_STALL_TIMEOUT = ScanSpec.DEFAULT_STALL_TIMEOUT;

  /** Starts with everything that has a default at its default. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts with this one's values. */
  public Builder toBuilder() {
    return new Builder()
        .connection(connection)
        .namespace(namespace)
        .directory(directory)
        .partitions(partitions)
        .slots(slots)
        .fileLimit(fileLimit)
        .filePrefix(filePrefix)
        .removeFiles(removeFiles)
        .records(records)
        .indexes(indexes)
        .udfs(udfs)
        .compact(compact)
        .compression(compression)
        .waitStable(waitStable)
        .stallTimeout(stallTimeout)
        .allowUnstable(allowUnstable);
  }

  /** What the names of the run's files begin with. */
  public String fileNameStart() {
    return filePrefix.isEmpty() ? safe(namespace) : filePrefix;
  }

  /** This plan's specification, with what a person may change when resuming it. */
  BackupSpec resumedAs(BackupSpec given) {
    return toBuilder()
        .connection(given.connection)
        .directory(given.directory)
        .slots(given.slots)
        .waitStable(given.waitStable)
        .stallTimeout(given.stallTimeout)
        .allowUnstable(given.allowUnstable)
        .build();
  }

  /** A name with nothing in it that a store might take amiss. */
  static String safe(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]", "-");
  }

  /** Makes specifications; connection, namespace and directory must be given. */
  public static final class Builder {
    private ConnectionSpec connection;
    private String namespace = "";
    private String directory = "";
    private PartitionSet partitions = PartitionSet.all();
    private int slots = 1;
    private long fileLimit = DEFAULT_FILE_LIMIT;
    private String filePrefix = "";
    private boolean removeFiles = false;
    private boolean records = true;
    private boolean indexes = true;
    private boolean udfs = true;
    private boolean compact = false;
    private Compression compression = Compression.NONE;
    private Duration waitStable = DEFAULT_WAIT_STABLE;
    private Duration stallTimeout = DEFAULT_STALL_TIMEOUT;
    private boolean allowUnstable = false;

    private Builder() {}

    public Builder connection(ConnectionSpec value) {
      connection = value;
      return this;
    }

    public Builder namespace(String value) {
      namespace = value;
      return this;
    }

    public Builder directory(String value) {
      directory = value;
      return this;
    }

    public Builder partitions(PartitionSet value) {
      partitions = value;
      return this;
    }

    public Builder slots(int value) {
      slots = value;
      return this;
    }

    public Builder fileLimit(long value) {
      fileLimit = value;
      return this;
    }

    public Builder filePrefix(String value) {
      filePrefix = value;
      return this;
    }

    public Builder removeFiles(boolean value) {
      removeFiles = value;
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

    public Builder compact(boolean value) {
      compact = value;
      return this;
    }

    public Builder compression(Compression value) {
      compression = value;
      return this;
    }

    public Builder waitStable(Duration value) {
      waitStable = value;
      return this;
    }

    public Builder stallTimeout(Duration value) {
      stallTimeout = value;
      return this;
    }

    public Builder allowUnstable(boolean value) {
      allowUnstable = value;
      return this;
    }

    public BackupSpec build() {
      return new BackupSpec(
          connection,
          namespace,
          directory,
          partitions,
          slots,
          fileLimit,
          filePrefix,
          removeFiles,
          records,
          indexes,
          udfs,
          compact,
          compression,
          waitStable,
          stallTimeout,
          allowUnstable);
    }
  }
}
