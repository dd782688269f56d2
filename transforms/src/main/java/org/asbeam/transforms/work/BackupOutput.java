package org.asbeam.transforms.work;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import org.asbeam.storage.Compression;
import org.asbeam.storage.crypto.EncryptionSpec;

/**
 * Where a backup goes, and in which form.
 *
 * @param directory the folder to write to, a path or a URI; empty: a single file is written
 * @param file the single file to write to, {@value #STANDARD_OUTPUT} for standard output; empty: a
 *     folder is written
 * @param fileLimit a file of this many stored bytes or more is followed by the next one; 0: no
 *     limit
 * @param filePrefix what the names of files begin with; empty: the namespace
 * @param removeFiles whether a backup that lies in the folder, or the file, is deleted first
 * @param compact whether blobs are written raw instead of in base64
 * @param compression of the files
 * @param encryption of the files
 */
@RecordBuilder
public record BackupOutput(
    String directory,
    String file,
    long fileLimit,
    String filePrefix,
    boolean removeFiles,
    boolean compact,
    Compression compression,
    EncryptionSpec encryption)
    implements Serializable, BackupOutputBuilder.With {
  /** The limit of asbackup v0.5.1, in bytes: 250 MiB. */
  public static final long DEFAULT_FILE_LIMIT = 250L << 20;

  /** The name that the tools of this family give to standard output and input. */
  public static final String STANDARD_OUTPUT = "-";

  /** Plain files in a folder. */
  public static BackupOutput folder(String directory) {
    return new BackupOutput(
        directory, "", DEFAULT_FILE_LIMIT, "", false, false, Compression.NONE, EncryptionSpec.NONE);
  }

  /** One plain file, or {@value #STANDARD_OUTPUT}. */
  public static BackupOutput singleFile(String file) {
    return folder("").withFile(file).withFileLimit(0);
  }

  /** Whether everything goes into one file or to standard output. */
  public boolean isSingleFile() {
    return !file.isEmpty();
  }
}
