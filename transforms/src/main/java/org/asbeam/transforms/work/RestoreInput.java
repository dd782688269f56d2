package org.asbeam.transforms.work;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.asbeam.storage.Compression;
import org.asbeam.storage.crypto.Encryption;
import org.asbeam.storage.crypto.KeyReference;
import org.asbeam.storage.journal.BackupInput;

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
  public static final String STANDARD_INPUT = BackupInput.STANDARD_INPUT;

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

  /** What is read, one by one; at least one. */
  public List<BackupInput> parts() {
    return file.isEmpty()
        ? directories.stream().map(BackupInput::folder).toList()
        : List.of(BackupInput.file(file));
  }

  /** Whether it is a stream, which can be read once only, by the process that has it. */
  public boolean isStream() {
    return file.equals(STANDARD_INPUT);
  }

  /** As a person names it. */
  public String text() {
    return String.join(",", parts().stream().map(BackupInput::text).toList());
  }

  /**
   * Checks that nothing is named twice: its records would be restored twice.
   *
   * @throws WorkException naming it
   */
  public void checkDistinct() throws WorkException {
    Map<String, String> places = new HashMap<>();
    for (BackupInput part : parts()) {
      String first = places.putIfAbsent(part.place(), part.text());
      if (first != null) {
        throw new WorkException(
            ErrorCode.USAGE,
            first.equals(part.text())
                ? first + " is given twice"
                : first + " and " + part.text() + " are the same folder",
            "name each folder once");
      }
    }
  }
}
