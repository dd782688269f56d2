package org.asbeam.cli;

import java.io.IOException;
import org.asbeam.storage.BackupFileReader;
import org.asbeam.storage.Compression.Codec;
import org.asbeam.storage.FileKind;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoredFile;
import org.asbeam.storage.Stores;
import org.asbeam.storage.journal.BackupFolder;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.RestoreInput;
import org.asbeam.transforms.work.WorkException;

/**
 * Holds the compression that a person says a backup has against its files. asrestore needs to be
 * told; asbeam looks, so a wrong word can only be a mix-up of folders.
 */
final class CodecCheck {
  private CodecCheck() {}

  /** Does nothing if a person said nothing. */
  static void check(RestoreInput input) throws IOException, WorkException {
    if (input.compression() != null) {
      for (String directory : input.directories()) {
        check(directory, input.compression());
      }
    }
  }

  private static void check(String directory, Codec said) throws IOException, WorkException {
    try (Store store = Stores.open(directory)) {
      BackupFileReader reader = new BackupFileReader(store);
      for (StoredFile file : new BackupFolder(store).backupFiles()) {
        FileKind found = reader.detect(file.name());
        // What only a key shows is looked at where the key is.
        if (found == (said == Codec.ZSTD ? FileKind.PLAIN : FileKind.ZSTD)) {
          throw new WorkException(
              ErrorCode.USAGE,
              "--compress "
                  + said
                  + " contradicts "
                  + file.name()
                  + " in "
                  + directory
                  + ", which is "
                  + (found == FileKind.ZSTD ? "compressed with zstd" : "not compressed"),
              "leave --compress out: each file is looked at");
        }
      }
    }
  }
}
