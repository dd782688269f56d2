package org.asbeam.storage.s3;

import java.util.Set;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Whether an object lies in an archive.
 *
 * @param tiered whether it moved there by itself, as objects of INTELLIGENT_TIERING do
 * @param isArchived whether it can't be read now
 */
record ArchiveState(boolean tiered, boolean isArchived) {
  private static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");
  private static final String TIERING = "INTELLIGENT_TIERING";

  /** By what a listing says, which knows neither of copies that were taken out nor of tiers. */
  static boolean mayBeArchived(String storageClass) {
    return storageClass != null
        && (ARCHIVES.contains(storageClass) || storageClass.equals(TIERING));
  }

  static ArchiveState of(HeadObjectResponse head) {
    boolean tiered = head.archiveStatusAsString() != null;
    String storageClass = head.storageClassAsString();
    boolean inArchive = tiered || storageClass != null && ARCHIVES.contains(storageClass);
    boolean takenOut =
        head.restore() != null && head.restore().contains("ongoing-request=\"false\"");
    return new ArchiveState(tiered, inArchive && !takenOut);
  }
}
