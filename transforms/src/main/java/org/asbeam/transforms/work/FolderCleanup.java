package org.asbeam.transforms.work;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.asbeam.storage.BlockIndexes;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoredFile;
import org.asbeam.storage.journal.BackupFolder;
import org.asbeam.storage.journal.FileJournal;
import org.asbeam.storage.journal.FileReceipt;
import org.asbeam.storage.journal.Journal;
import org.asbeam.storage.journal.Lock;
import org.asbeam.storage.journal.Manifest;
import org.asbeam.storage.journal.ManifestFile;

/**
 * Finds and removes what dead runs left in a folder. What is not asbeam's own stays, and so does
 * what a finished backup consists of.
 */
public final class FolderCleanup {
  private final Store store;
  private final BackupFolder folder;
  private final Surroundings surroundings;

  private FolderCleanup(Store store, Surroundings surroundings) {
    this.store = store;
    this.folder = new BackupFolder(store);
    this.surroundings = surroundings;
  }

  /**
   * What may go.
   *
   * @param files names relative to the folder
   * @param bytes their size
   * @param state what the folder is, one line
   * @param inUse whether a run is at work: then nothing may go
   */
  public record Leftovers(List<String> files, long bytes, String state, boolean inUse) {}

  /** Finds what dead runs left. */
  public static Leftovers find(Backends backends, String directory)
      throws IOException, WorkException {
    try (Store store = backends.openStore(directory)) {
      return new FolderCleanup(store, Surroundings.real()).find();
    }
  }

  /**
   * Removes what dead runs left.
   *
   * @return what was removed
   * @throws WorkException if a run is at work in the folder
   */
  public static Leftovers remove(Backends backends, String directory)
      throws IOException, WorkException {
    try (Store store = backends.openStore(directory)) {
      FolderCleanup cleanup = new FolderCleanup(store, Surroundings.real());
      Leftovers leftovers = cleanup.find();
      if (leftovers.inUse()) {
        throw new WorkException(
            ErrorCode.IN_USE, store.location() + ": " + leftovers.state(), "wait for its end");
      }
      cleanup.remove(leftovers);
      return leftovers;
    }
  }

  private Leftovers find() throws IOException, WorkException {
    BackupFolder.State state = folder.state();
    Optional<Lock> lock = folder.lock();
    if (lock.isPresent() && BackupLaunch.isAtWork(store, lock.get(), surroundings)) {
      return new Leftovers(List.of(), 0, "run " + lock.get().runId() + " is at work", true);
    }
    return switch (state) {
      case EMPTY -> leftovers("nothing is there", Set.of());
      case FINISHED -> {
        Manifest manifest = ManifestFile.read(store).orElseThrow();
        yield leftovers("a finished backup of namespace " + manifest.namespace(), keptBy(manifest));
      }
      case UNFINISHED -> leftovers(unfinished(lock), Set.of());
      case FOREIGN_BACKUP, OTHER -> leftovers("no backup of asbeam", foreign());
    };
  }

  private String unfinished(Optional<Lock> lock) throws IOException {
    if (lock.isEmpty()) {
      return "an unfinished backup, of a run that can't be resumed";
    }
    Journal journal = new Journal(store, lock.get().runId());
    return "an unfinished backup of run "
        + lock.get().runId()
        + ", "
        + journal.receiptCount()
        + " slices are done; 'asbeam backup --resume' would finish it";
  }

  private static Set<String> keptBy(Manifest manifest) {
    Set<String> kept = new HashSet<>();
    for (FileReceipt file : manifest.files()) {
      kept.add(file.name());
      kept.add(BlockIndexes.nameOf(file.name()));
    }
    kept.add(ManifestFile.NAME);
    kept.add(ManifestFile.COPY);
    kept.add(BackupFolder.CLUSTER);
    return kept;
  }

  private Set<String> foreign() throws StoreException {
    Set<String> kept = new HashSet<>();
    kept.add(BackupFolder.CLUSTER);
    folder.backupFiles().forEach(file -> kept.add(file.name()));
    return kept;
  }

  private Leftovers leftovers(String state, Set<String> kept) throws IOException {
    List<StoredFile> found = new ArrayList<>();
    for (StoredFile entry : store.list("")) {
      if (!entry.folder() && isOurs(entry.name(), kept)) {
        found.add(entry);
      }
    }
    collect(BackupFolder.HIDDEN, kept, found);
    return new Leftovers(
        found.stream().map(StoredFile::name).toList(),
        found.stream().mapToLong(StoredFile::size).sum(),
        state,
        false);
  }

  /** Files of a run have eight hex digits before their ending; nothing else is touched. */
  private static boolean isOurs(String name, Set<String> kept) {
    return !kept.contains(name)
        && (name.equals(BackupFolder.GUARD)
            || name.equals(BackupFolder.CLUSTER)
            || name.startsWith(".tmp-")
            || name.matches(".*_\\d+_[0-9a-f]{8}\\.asb"));
  }

  private void collect(String inside, Set<String> kept, List<StoredFile> found) throws IOException {
    for (StoredFile entry : store.list(inside)) {
      if (entry.folder()) {
        collect(entry.name(), kept, found);
      } else if (!kept.contains(entry.name())) {
        found.add(entry);
      }
    }
  }

  /** The guard goes last: what is half removed must not look whole. */
  private void remove(Leftovers leftovers) throws IOException {
    for (String name : leftovers.files()) {
      if (!name.equals(BackupFolder.GUARD)) {
        store.delete(name);
      }
    }
    for (String run : folder.journals()) {
      new Journal(store, run).delete();
    }
    for (FileJournal.Kind kind : FileJournal.Kind.values()) {
      for (String id : FileJournal.ids(store, kind)) {
        new FileJournal(store, kind, id).delete();
      }
    }
    store.delete(BackupFolder.GUARD);
    // Empty folders would keep the next backup out.
    for (String inside : List.of(BlockIndexes.FOLDER, BackupFolder.HIDDEN)) {
      if (store.list(inside).isEmpty()) {
        store.delete(inside);
      }
    }
  }
}
