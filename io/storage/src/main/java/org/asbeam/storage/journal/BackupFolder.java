package org.asbeam.storage.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.asbeam.format.AsbBuffer;
import org.asbeam.format.AsbEncoder;
import org.asbeam.format.FormatVersion;
import org.asbeam.storage.BlockIndexes;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoredFile;

/** A backup folder as a whole: whose it is, whether it is finished, and what lies in it. */
public final class BackupFolder {
  /** While this file is there the folder is no backup; it sorts before every other. */
  public static final String GUARD = "000_UNFINISHED.asb";

  /** What is asbeam's own: journal, indexes, the manifest's copy. */
  public static final String HIDDEN = ".asbeam";

  /** The cluster's settings when the backup was made, for people to look at. */
  public static final String CLUSTER = "cluster.json";

  /** The ending of backup files, which all tools go by. */
  public static final String EXTENSION = ".asb";

  private static final String LOCK = HIDDEN + "/lock.json";

  /** What a guard begins with that was made a backup file without records. */
  private static final String RETIRED = "Version ";

  private final Store store;

  public BackupFolder(Store store) {
    this.store = store;
  }

  /** What a folder is. */
  public enum State {
    /** There is nothing in it, or no such folder. */
    EMPTY,
    /** A run began here and has not committed. */
    UNFINISHED,
    /** It has a manifest. */
    FINISHED,
    /** Backup files without a manifest, as other tools leave them. */
    FOREIGN_BACKUP,
    /** Files, but no backup. */
    OTHER
  }

  public State state() throws IOException {
    List<StoredFile> entries = store.list("");
    if (isGuarded(store)) {
      return State.UNFINISHED;
    }
    if (entries.stream().anyMatch(entry -> entry.name().equals(ManifestFile.NAME))) {
      return State.FINISHED;
    }
    if (lock().isPresent()) {
      // A commit died between removing the guard and writing the manifest.
      return State.UNFINISHED;
    }
    if (ManifestFile.read(store).isPresent()) {
      return State.FINISHED;
    }
    if (entries.stream().anyMatch(BackupFolder::isBackupFile)) {
      return State.FOREIGN_BACKUP;
    }
    // A journal alone is of a launcher that died before it took the folder.
    return entries.stream().allMatch(entry -> entry.name().equals(HIDDEN))
        ? State.EMPTY
        : State.OTHER;
  }

  /** All backup files directly in the folder, the guard excepted, sorted by name. */
  public List<StoredFile> backupFiles() throws StoreException {
    return store.list("").stream()
        .filter(BackupFolder::isBackupFile)
        .sorted(Comparator.comparing(StoredFile::name))
        .toList();
  }

  public Optional<Lock> lock() throws IOException {
    try {
      return Optional.of(Json.read(store.get(LOCK), Lock.class));
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** What the store lets a run do here with files in the way; found by trying. */
  public Removal removal(Journal journal) throws StoreException {
    return Removal.of(store, journal);
  }

  /**
   * Takes the folder for a run and marks it as unfinished, unless the mark could never be taken
   * away.
   *
   * @return false if another run has it
   */
  public boolean take(Lock lock) throws StoreException {
    if (!store.putIfAbsent(LOCK, Json.write(lock))) {
      return false;
    }
    guard(lock);
    return true;
  }

  /** Marks the folder as unfinished, for every tool, unless that could never be taken back. */
  public void guard(Lock lock) throws StoreException {
    if (lock.removal() != Removal.NOTHING) {
      guard(lock.runId());
    }
  }

  /** Marks the folder as unfinished, for every tool. */
  public void guard(String runId) throws StoreException {
    // Other tools print the first word of a header that they refuse.
    String text =
        "UNFINISHED backup: run "
            + runId
            + " of asbeam has not committed. Finish it with --resume, or remove it with"
            + " 'asbeam cleanup'.\n";
    store.putIfAbsent(GUARD, text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Takes the mark away. Where files can't be deleted it becomes a backup file without records.
   *
   * @param namespace of the backup
   */
  void unguard(Removal removal, String namespace) throws StoreException {
    switch (removal) {
      case DELETES -> store.delete(GUARD);
      case OVERWRITES -> {
        AsbBuffer empty = new AsbBuffer(256);
        new AsbEncoder(namespace, false).header(empty, FormatVersion.V3_1, false);
        store.put(GUARD, empty.toByteArray());
      }
      case NOTHING -> {}
    }
  }

  /** Gives the folder up to the next run. */
  public void release() throws StoreException {
    store.delete(LOCK);
  }

  /** Whether the guard is there, and is not one that was made an empty backup file. */
  static boolean isGuarded(Store store) throws StoreException {
    try {
      // Whatever else it holds, nothing for example where a process died, it says unfinished.
      return !new String(store.get(GUARD), StandardCharsets.ISO_8859_1).startsWith(RETIRED);
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Deletes the backup that lies here, so that a run may write: the manifest and its copy before
   * the files that they name, while the guard stands. Files that are no part of a backup stay.
   */
  public void removeBackup() throws IOException {
    store.delete(ManifestFile.NAME);
    store.delete(ManifestFile.COPY);
    store.delete(CLUSTER);
    for (StoredFile file : backupFiles()) {
      store.delete(file.name());
    }
    for (StoredFile file : store.list(BlockIndexes.FOLDER)) {
      store.delete(file.name());
    }
  }

  /** The run ids of the journals of backups that lie here. */
  public List<String> journals() throws StoreException {
    List<String> runs = new ArrayList<>();
    for (StoredFile entry : store.list(HIDDEN)) {
      if (entry.folder()
          && !entry.name().equals(BlockIndexes.FOLDER)
          && !FileJournal.isFolder(entry.name())) {
        runs.add(entry.name().substring(HIDDEN.length() + 1));
      }
    }
    return runs;
  }

  private static boolean isBackupFile(StoredFile entry) {
    return !entry.folder() && entry.name().endsWith(EXTENSION) && !entry.name().equals(GUARD);
  }
}
