package org.asbeam.storage.journal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.asbeam.format.PartitionSet;
import org.asbeam.storage.crypto.FileEncryption;

/**
 * Manifests for tests: of whole backups of the namespace {@code test}, with the records of their
 * files.
 */
public final class TestManifests {
  private TestManifests() {}

  /** The manifest of a backup that is not encrypted, as it lies in the folder. */
  public static byte[] bytes(String runId, List<FileReceipt> files) {
    return bytes(runId, FileEncryption.NONE, files);
  }

  /** The manifest of a backup, as it lies in the folder. */
  public static byte[] bytes(String runId, FileEncryption encryption, List<FileReceipt> files) {
    return ManifestFile.toBytes(of(runId, encryption, files));
  }

  static Manifest of(String runId, FileEncryption encryption, List<FileReceipt> files) {
    return new Manifest(
        Manifest.FORMAT_VERSION,
        runId,
        "test",
        "test",
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH,
        true,
        PartitionSet.all(),
        null,
        "NONE",
        encryption.mode().name(),
        encryption.keyId(),
        encryption.keyCheck(),
        Json.toTree(Map.of()),
        "",
        files,
        new long[0],
        Map.of(),
        files.stream().mapToLong(FileReceipt::records).sum(),
        0,
        0,
        0,
        0,
        List.of(),
        List.of());
  }
}
