package org.asbeam.storage.journal;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.asbeam.storage.CodecException;
import org.asbeam.storage.Decryption;
import org.asbeam.storage.Store;

/**
 * One thing that a restore or a verification reads: a folder, a file in one, or standard input.
 *
 * @param directory the folder, a path or URI; empty: standard input
 * @param file the only file of the folder that is read; empty: the whole backup
 */
public record BackupInput(String directory, String file) implements Serializable {
  /** The name that backup tools give to standard output and input. */
  public static final String STANDARD_INPUT = "-";

  private static final BackupInput STREAM = new BackupInput("", STANDARD_INPUT);

  public static BackupInput folder(String directory) {
    return new BackupInput(directory, "");
  }

  /**
   * A single file.
   *
   * @param path a path or URI, or {@value #STANDARD_INPUT}
   */
  public static BackupInput file(String path) {
    if (path.equals(STANDARD_INPUT)) {
      return STREAM;
    }
    int slash = path.lastIndexOf('/');
    if (slash < 0) {
      return new BackupInput(".", path);
    }
    return new BackupInput(slash == 0 ? "/" : path.substring(0, slash), path.substring(slash + 1));
  }

  /** Whether it can be read once only, from start to end, and only by the process that has it. */
  public boolean isStream() {
    return directory.isEmpty();
  }

  /**
   * What there is of it, without a key.
   *
   * @param store of its folder
   * @throws NoBackupException if there is no backup that can be read
   */
  public BackupContents contents(Store store) throws IOException {
    return file.isEmpty() ? BackupContents.of(store) : BackupContents.ofFile(store, file);
  }

  /**
   * What is to be read of it.
   *
   * @param store of its folder
   * @throws NoBackupException if there is no backup that can be read
   * @throws CodecException if the key is missing or wrong, or the backup isn't as a person said
   */
  public BackupContents contents(Store store, Decryption decryption) throws IOException {
    return file.isEmpty()
        ? BackupContents.of(store, decryption)
        : BackupContents.ofFile(store, file, decryption);
  }

  /** As a person names it. */
  public String text() {
    if (isStream()) {
      return "standard input";
    }
    return file.isEmpty() ? directory : directory + (directory.endsWith("/") ? "" : "/") + file;
  }

  /** The same for two ways to write one place, as far as that can be seen without a network. */
  public String place() {
    String place = text();
    if (place.startsWith("file:")) {
      place = place.replaceFirst("^file:(//(localhost)?)?", "");
    } else if (place.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
      return place.replaceAll("/+$", "");
    }
    try {
      return Path.of(place).toRealPath().toString();
    } catch (IOException | InvalidPathException e) {
      // Whoever opens it will say what is wrong.
      return place;
    }
  }
}
