package org.asbeam.connectors;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;
import org.asbeam.format.PartitionSet;
import org.asbeam.storage.Compression;
import org.asbeam.storage.LocalStore;
import org.asbeam.storage.Store;
import org.asbeam.storage.journal.FileReceipt;
import org.asbeam.storage.journal.Json;
import org.asbeam.storage.journal.Manifest;
import org.asbeam.storage.journal.ManifestFile;

/** Backup folders for tests. */
final class BackupFolders {
  private BackupFolders() {}

  /** Writes one file of many small blocks. */
  static FileReceipt write(
      Path folder, List<AerospikeRecord> records, int blockBytes, Compression compression)
      throws IOException {
    AsbFileSpec spec = AsbFileSpec.of(folder.toString()).withCompression(compression);
    try (Store store = new LocalStore(folder);
        AsbFiles files = new AsbFiles(store, spec.withFileLimit(0), 0)) {
      BlockEncoder encoder = new BlockEncoder("test", false, blockBytes);
      for (AerospikeRecord record : records) {
        if (encoder.add(record.view())) {
          files.write(encoder.take());
        }
      }
      if (!encoder.isEmpty()) {
        files.write(encoder.take());
      }
      return files.finish().get(0);
    }
  }

  /**
   * Finishes a backup with a manifest.
   *
   * @param bytes what it says of each file's size: it decides how many slices there are
   */
  static void finish(Path folder, List<FileReceipt> files, long bytes) throws IOException {
    List<FileReceipt> listed = new ArrayList<>();
    long records = 0;
    for (FileReceipt file : files) {
      listed.add(
          new FileReceipt(
              file.name(), bytes, file.textBytes(), file.records(), file.blocks(), file.crc32c()));
      records += file.records();
    }
    byte[] json =
        Json.write(
            new Manifest(
                Manifest.FORMAT_VERSION,
                "run-" + files.get(0).name(),
                "test",
                "test",
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH,
                true,
                PartitionSet.all(),
                null,
                "NONE",
                "NONE",
                "",
                "",
                Json.toTree(Map.of()),
                "",
                listed,
                new long[0],
                Map.of(),
                records,
                0,
                0,
                0,
                0,
                List.of(),
                List.of()));
    CRC32C crc = new CRC32C();
    crc.update(json, 0, json.length);
    String text =
        new String(json, StandardCharsets.UTF_8)
            + String.format(Locale.ROOT, "#crc32c %08x%n", crc.getValue());
    Files.writeString(folder.resolve(ManifestFile.NAME), text);
  }
}
