package org.asbeam.storage.journal;

import java.io.IOException;

/** A folder without a backup that can be read. */
public final class NoBackupException extends IOException {
  private static final long serialVersionUID = 1L;

  private final BackupFolder.State state;

  NoBackupException(String location, BackupFolder.State state) {
    super(
        location
            + switch (state) {
              case UNFINISHED -> ": holds an unfinished backup";
              case EMPTY -> ": there is no such folder, or it is empty";
              default -> ": holds no backup file (none ends in .asb)";
            });
    this.state = state;
  }

  public BackupFolder.State state() {
    return state;
  }
}
