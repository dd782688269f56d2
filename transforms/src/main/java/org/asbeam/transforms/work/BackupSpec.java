package org.asbeam.transforms.work;

import java.io.Serializable;
import java.time.Duration;
import org.asbeam.aerospike.ConnectionSpec;
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
    boolean allowUnstable)
    implements Serializable {
  /** The limit of asbackup v0.5.1, in bytes: 250 MiB. */
  public static final long DEFAULT_FILE_LIMIT = 250L << 20;

  public static final Duration DEFAULT_WAIT_STABLE = Duration.ofMinutes(10);

  /** What the names of the run's files begin with. */
  public String fileNameStart() {
    return filePrefix.isEmpty() ? safe(namespace) : filePrefix;
  }

  /** This plan's specification, with what a person may change when resuming it. */
  BackupSpec resumedAs(BackupSpec given) {
    return new BackupSpec(
        given.connection,
        namespace,
        given.directory,
        partitions,
        given.slots,
        fileLimit,
        filePrefix,
        removeFiles,
        records,
        indexes,
        udfs,
        compact,
        compression,
        given.waitStable,
        given.allowUnstable);
  }

  /** A name with nothing in it that a store might take amiss. */
  static String safe(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]", "-");
  }
}
