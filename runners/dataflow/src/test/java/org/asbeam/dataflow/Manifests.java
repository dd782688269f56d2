package org.asbeam.dataflow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.asbeam.format.PartitionSet;
import org.asbeam.storage.journal.FileReceipt;
import org.asbeam.storage.journal.Json;
import org.asbeam.storage.journal.Manifest;

/** Manifests of backups that have many files. */
final class Manifests {
  private Manifests() {}

  static String name(int file) {
    return "test_%06d_1_00000000.asb".formatted(file);
  }

  /** The manifest of a backup of so many empty files, as it lies in the folder. */
  static byte[] ofEmptyFiles(int files) throws IOException {
    List<FileReceipt> receipts = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      receipts.add(new FileReceipt(name(i), 0, 0, 0, 1, "00000000"));
    }
    byte[] json =
        Json.write(
            new Manifest(
                Manifest.FORMAT_VERSION,
                "a-run",
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
                receipts,
                new long[0],
                Map.of(),
                0,
                0,
                0,
                0,
                0,
                List.of(),
                List.of()));
    CRC32C crc = new CRC32C();
    crc.update(json, 0, json.length);
    return "%s#crc32c %08x\n"
        .formatted(new String(json, StandardCharsets.UTF_8), crc.getValue())
        .getBytes(StandardCharsets.UTF_8);
  }
}
