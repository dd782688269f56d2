package org.asbeam.transforms.work;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import java.util.List;
import org.asbeam.storage.Compression;
import org.asbeam.storage.crypto.Encryption;
import org.asbeam.storage.crypto.KeyReference;

/**
 * What is read by a restore or a verification: folders, or a single file.
 *
 * @param directories the folders, paths or URIs; empty: a single file is read
 * @param file the single file, {@value #STANDARD_INPUT} for standard input; empty: folders are read
 * @param compression the compression that the files must have; null: each is looked at
 * @param encryption the encryption that the files must have; null: each is looked at
 * @param key where the key of encrypted files is; null: they can't be read
 */
@RecordBuilder
public record RestoreInput(
    List<String> directories,
    String file,
    Compression.Codec compression,
    Encryption encryption,
    KeyReference key)
    implements Serializable, RestoreInputBuilder.With {
  /** The name that the tools of this family give to standard output and input. */
  public static final String STANDARD_INPUT = "-";

  public static RestoreInput folder(String directory) {
    return new RestoreInput(List.of(directory), "", null, null, null);
  }

  public static RestoreInput folders(List<String> directories) {
    return new RestoreInput(List.copyOf(directories), "", null, null, null);
  }

  /** One file, or {@value #STANDARD_INPUT}. */
  public static RestoreInput singleFile(String file) {
    return new RestoreInput(List.of(), file, null, null, null);
  }

  /** As a person names it. */
  public String text() {
    if (file.isEmpty()) {
      return String.join(",", directories);
    }
    return file.equals(STANDARD_INPUT) ? "standard input" : file;
  }
}
