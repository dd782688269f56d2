package org.asbeam.transforms.work;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.asbeam.storage.Store;
import org.asbeam.storage.journal.Json;
import org.asbeam.storage.journal.Manifest;
import org.asbeam.storage.journal.ManifestFile;

/** What an incremental backup must know of the backup before it. */
public final class Increment {
  private Increment() {}

  /**
   * From when on a backup that follows must take what was modified, so that no record is lost
   * between the two.
   */
  static Instant nextLowerBound(BackupScope scope, ClusterSnapshot start) {
    Instant byClock = start.nextModifiedAfter();
    Instant upTo = scope.filter().modifiedBefore();
    return upTo != null && upTo.isBefore(byClock) ? upTo : byClock;
  }

  /**
   * The lower bound that a finished backup gives.
   *
   * @param directory the folder of the backup before
   * @param namespace the namespace that is to be backed up
   * @throws WorkException if there is no such backup, or nothing can follow it
   */
  public static Instant after(Backends backends, String directory, String namespace)
      throws IOException, WorkException {
    try (Store store = backends.openStore(directory)) {
      Optional<Manifest> found = ManifestFile.read(store);
      if (found.isEmpty()) {
        throw new WorkException(
            ErrorCode.NO_BACKUP,
            store.location() + ": holds no finished backup of asbeam, so nobody knows its time",
            "give the time with --modified-after");
      }
      Manifest manifest = found.get();
      if (!namespace.isEmpty() && !manifest.namespace().equals(namespace)) {
        throw new WorkException(
            ErrorCode.WRONG_NAMESPACE,
            store.location()
                + ": is a backup of namespace "
                + manifest.namespace()
                + ", not of "
                + namespace,
            "name the backup that this one is to follow");
      }
      checkWhole(store, manifest);
      return manifest.nextModifiedAfter();
    }
  }

  private static void checkWhole(Store store, Manifest manifest) throws IOException, WorkException {
    String lacks = "";
    if (!manifest.complete()) {
      lacks = "is not proved complete";
    } else if (manifest.selection() != null
        && Json.fromTree(manifest.selection(), BackupScope.class).maxRecords() > 0) {
      lacks = "was limited by --max-records";
    }
    if (!lacks.isEmpty()) {
      throw new WorkException(
          ErrorCode.USAGE,
          store.location() + ": " + lacks + ", so records that are not in it may be older",
          "follow a whole backup, or give the time with --modified-after");
    }
  }
}
