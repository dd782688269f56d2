package org.asbeam.dataflow;

import java.util.ArrayList;
import java.util.List;
import org.asbeam.storage.journal.FileReceipt;
import org.asbeam.storage.journal.TestManifests;

/** Manifests of backups that have many files. */
final class Manifests {
  private Manifests() {}

  static String name(int file) {
    return "test_%06d_1_00000000.asb".formatted(file);
  }

  /** The manifest of a backup of so many empty files, as it lies in the folder. */
  static byte[] ofEmptyFiles(int files) {
    List<FileReceipt> receipts = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      receipts.add(new FileReceipt(name(i), 0, 0, 0, 1, "00000000"));
    }
    return TestManifests.bytes("a-run", receipts);
  }
}
