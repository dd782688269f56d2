package org.asbeam.storage.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.asbeam.format.PartitionSet;
import org.asbeam.storage.crypto.Encryption;

/**
 * What a finished backup consists of; written last, nothing secret in it.
 *
 * @param formatVersion of this document, {@link #FORMAT_VERSION}
 * @param runId the run that made the backup
 * @param tool the version of asbeam that made it
 * @param namespace the namespace backed up
 * @param started when the run was planned, by the launcher's clock
 * @param ended when it was committed, by the committing worker's clock
 * @param nextModifiedAfter the safe lower bound in time for the next increment: the least clock of
 *     all nodes before the first scan, minus a margin for their skew
 * @param complete whether the cluster was stable from start to end, so that every record of the
 *     scope is proved to be here
 * @param scope the partitions backed up
 * @param selection what of these partitions was backed up: filters, bins and the like, in the form
 *     of the specification; null in manifests of versions that knew no filters
 * @param compression {@code NONE} or {@code ZSTD}
 * @param encryption {@code NONE}, {@code AES128} or {@code AES256}
 * @param keyId tells a person which key it was: {@link org.asbeam.storage.crypto.EncryptionKey#id};
 *     empty without encryption
 * @param keyCheck proves the key, and shows nothing of it: {@link
 *     org.asbeam.storage.crypto.EncryptionKey#checkValue}; empty without encryption
 * @param cluster the cluster's state before the first scan
 * @param metadataFile the file with secondary indexes and UDFs
 * @param files all files, that one included, sorted by name
 * @param partitionRecords records per partition, in ascending order of the scope's ids
 * @param sets records per set; the empty name is the null set
 * @param records all records
 * @param bytes all bytes as stored
 * @param textBytes all bytes of ASB text
 * @param indexes secondary indexes
 * @param udfs UDF modules
 * @param unlisted files of this run that could not be deleted; they are no part of the backup
 * @param warnings what a person should know of, one line each
 */
public record Manifest(
    int formatVersion,
    String runId,
    String tool,
    String namespace,
    Instant started,
    Instant ended,
    Instant nextModifiedAfter,
    boolean complete,
    PartitionSet scope,
    JsonNode selection,
    String compression,
    String encryption,
    String keyId,
    String keyCheck,
    JsonNode cluster,
    String metadataFile,
    List<FileReceipt> files,
    long[] partitionRecords,
    Map<String, Long> sets,
    long records,
    long bytes,
    long textBytes,
    int indexes,
    int udfs,
    List<String> unlisted,
    List<String> warnings) {
  /** Raised when an older asbeam would misread the document. */
  public static final int FORMAT_VERSION = 1;

  /**
   * Manifests of versions that did not encrypt have neither id nor check value, and what knows no
   * selection has JSON's null there.
   */
  public Manifest {
    selection = selection == null || selection.isNull() ? null : selection;
    keyId = keyId == null ? "" : keyId;
    keyCheck = keyCheck == null ? "" : keyCheck;
  }

  /** Whether the backup's files are encrypted. */
  public boolean encrypted() {
    return mode() != Encryption.NONE;
  }

  /** {@link #encryption} as what it stands for. */
  public Encryption mode() {
    return Encryption.parse(encryption);
  }
}
