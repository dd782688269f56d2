package org.asbeam.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.asbeam.storage.Compression.Codec;
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
  /** The first bytes of a zstd frame: 0xFD2FB528, little endian (RFC 8878, 3.1.1). */
  private static final byte[] ZSTD_MAGIC = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

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
      for (StoredFile file : new BackupFolder(store).backupFiles()) {
        Codec found = look(store, file);
        if (found != said) {
          throw new WorkException(
              ErrorCode.USAGE,
              "--compress "
                  + said
                  + " contradicts "
                  + file.name()
                  + " in "
                  + directory
                  + ", which is "
                  + (found == Codec.ZSTD ? "compressed with zstd" : "not compressed"),
              "leave --compress out: each file is looked at");
        }
      }
    }
  }

  private static Codec look(Store store, StoredFile file) throws IOException {
    try (InputStream in = store.read(file.name(), 0)) {
      return Arrays.equals(in.readNBytes(ZSTD_MAGIC.length), ZSTD_MAGIC) ? Codec.ZSTD : Codec.NONE;
    }
  }
}
