package org.asbeam.connectors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.asbeam.storage.Compression;
import org.asbeam.storage.LocalStore;
import org.asbeam.storage.Store;
import org.asbeam.storage.crypto.FileEncryption;
import org.asbeam.storage.journal.FileReceipt;
import org.asbeam.storage.journal.ManifestFile;
import org.asbeam.storage.journal.TestManifests;

/** Backup folders for tests. */
final class BackupFolders {
  private BackupFolders() {}

  /** Writes one file of many small blocks. */
  static FileReceipt write(
      Path folder, List<AerospikeRecord> records, int blockBytes, Compression compression)
      throws IOException {
    AsbFileSpec spec = AsbFileSpec.of(folder.toString()).withCompression(compression);
    try (Store store = new LocalStore(folder);
        AsbFiles files = new AsbFiles(store, spec.withFileLimit(0), FileEncryption.NONE, 0)) {
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
    for (FileReceipt file : files) {
      listed.add(
          new FileReceipt(
              file.name(), bytes, file.textBytes(), file.records(), file.blocks(), file.crc32c()));
    }
    byte[] manifest = TestManifests.bytes("run-" + files.get(0).name(), listed);
    Files.write(folder.resolve(ManifestFile.NAME), manifest);
  }
}
