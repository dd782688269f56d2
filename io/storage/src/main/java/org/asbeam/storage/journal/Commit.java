package org.asbeam.storage.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.asbeam.storage.BlockIndexes;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoredFile;

/**
 * Turns the folder of a run whose work is done into a finished backup.
 *
 * <p>May die at any line and run again, here or elsewhere: the intent fixes the outcome, and every
 * step after it can be repeated. Order matters: nothing is published before it is whole, and no
 * file that the manifest does not name is there when it appears.
 */
public final class Commit {
  private final Store store;
  private final BackupFolder folder;
  private final Journal journal;

  public Commit(Store store, Journal journal) {
    this.store = store;
    this.folder = new BackupFolder(store);
    this.journal = journal;
  }

  /**
   * Commits the run.
   *
   * @param manifest makes the manifest; called unless an earlier commit of this run has fixed it
   * @param ofThisRun tells the names of files that attempts of this run wrote
   * @return what was published
   * @throws IncompleteBackupException if a file is missing or has another size than its receipt
   *     says
   */
  public Manifest run(Supplier<Manifest> manifest, Predicate<String> ofThisRun) throws IOException {
    Removal removal = folder.lock().map(Lock::removal).orElse(Removal.DELETES);
    Optional<Manifest> published = ManifestFile.read(store);
    if (published.isPresent() && published.get().runId().equals(journal.runId())) {
      Manifest done = published.get();
      // The first copy may be what the earlier commit had no time to write.
      publish(done, removal);
      return done;
    }
    Manifest intent = journal.intend(manifest);
    checkFiles(intent);
    Manifest outcome = withUnlisted(intent, deleteLeftovers(intent, ofThisRun), removal);
    publish(outcome, removal);
    return outcome;
  }

  private void publish(Manifest outcome, Removal removal) throws StoreException {
    if (removal == Removal.NOTHING) {
      // A commit that died may have written either; what stands there is the same but for warnings.
      ManifestFile.writeOnce(store, outcome);
      return;
    }
    ManifestFile.writeCopy(store, outcome);
    folder.unguard(removal, outcome.namespace());
    ManifestFile.write(store, outcome);
    if (removal == Removal.DELETES) {
      folder.release();
    }
  }

  private void checkFiles(Manifest manifest) throws IOException {
    Map<String, Long> listed = new HashMap<>();
    folder.backupFiles().forEach(file -> listed.put(file.name(), file.size()));
    for (FileReceipt file : manifest.files()) {
      // One listing instead of a request for each of thousands of files.
      if (listed.getOrDefault(file.name(), -1L) == file.bytes()) {
        continue;
      }
      long size;
      try {
        size = store.size(file.name());
      } catch (StoreException e) {
        if (e.kind() == StoreException.Kind.NOT_FOUND) {
          throw new IncompleteBackupException(
              e.path() + ": is missing, though its receipt is there");
        }
        throw e;
      }
      if (size != file.bytes()) {
        throw new IncompleteBackupException(
            store.location()
                + "/"
                + file.name()
                + ": has "
                + size
                + " bytes, its receipt says "
                + file.bytes());
      }
    }
  }

  /** Deletes what attempts left that did not count; returns what could not be deleted. */
  private List<String> deleteLeftovers(Manifest manifest, Predicate<String> ofThisRun)
      throws StoreException {
    Set<String> listed = new HashSet<>();
    manifest.files().forEach(file -> listed.add(file.name()));
    List<String> left = new ArrayList<>();
    for (StoredFile file : folder.backupFiles()) {
      if (listed.contains(file.name()) || !ofThisRun.test(file.name())) {
        continue;
      }
      try {
        BlockIndexes.delete(store, file.name());
        store.delete(file.name());
      } catch (StoreException e) {
        if (e.kind() != StoreException.Kind.DENIED) {
          throw e;
        }
        left.add(file.name());
      }
    }
    return left;
  }

  private static Manifest withUnlisted(Manifest m, List<String> left, Removal removal) {
    List<String> unlisted = new ArrayList<>(left);
    List<String> warnings = new ArrayList<>(m.warnings());
    if (!left.isEmpty()) {
      warnings.add(
          "files of attempts that don't count could not be deleted: "
              + String.join(", ", left)
              + "; they are no part of the backup, but other tools would restore them too");
    }
    if (removal == Removal.OVERWRITES) {
      unlisted.add(BackupFolder.GUARD);
    }
    if (unlisted.isEmpty()) {
      return m;
    }
    return new Manifest(
        m.formatVersion(),
        m.runId(),
        m.tool(),
        m.namespace(),
        m.started(),
        m.ended(),
        m.nextModifiedAfter(),
        m.complete(),
        m.scope(),
        m.selection(),
        m.compression(),
        m.encryption(),
        m.keyId(),
        m.keyCheck(),
        m.cluster(),
        m.metadataFile(),
        m.files(),
        m.partitionRecords(),
        m.sets(),
        m.records(),
        m.bytes(),
        m.textBytes(),
        m.indexes(),
        m.udfs(),
        List.copyOf(unlisted),
        List.copyOf(warnings));
  }
}
