package org.asbeam.transforms.work;

import java.io.Serializable;
import java.time.Instant;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.journal.FileJournal;
import org.asbeam.storage.journal.FilePlan;
import org.asbeam.storage.journal.Json;

/**
 * A restore or a verification under way, as its workers know it.
 *
 * @param kind what the files are read for
 * @param id names it among those of a process, and its journal
 * @param journalDirectory the folder that has its journal; empty: it has none, so that it can't be
 *     resumed, and its workers are here
 * @param slots what its slices were cut for
 * @param slices how many there are
 * @param edition that of the inputs
 * @param workers where they are
 */
public record FileRun(
    FileJournal.Kind kind,
    String id,
    String journalDirectory,
    int slots,
    int slices,
    String edition,
    Workers workers)
    implements Serializable {
  /** Without a journal. */
  public static FileRun unjournaled(
      FileJournal.Kind kind, String id, int slots, OpenInputs inputs) {
    return new FileRun(
        kind, id, "", slots, inputs.slices(slots).size(), inputs.edition(), Workers.HERE);
  }

  /** The same run with a journal. */
  FileRun journaled(String directory, Workers where) {
    return new FileRun(kind, id, directory, slots, slices, edition, where);
  }

  /**
   * The plan for its journal.
   *
   * @param task what is read, and for what
   */
  FilePlan plan(Instant created, Object task) {
    return new FilePlan(
        FilePlan.FORMAT_VERSION,
        created,
        Version.current(),
        Json.toTree(task),
        edition,
        slots,
        slices);
  }

  public boolean hasJournal() {
    return !journalDirectory.isEmpty();
  }

  /** Its journal, in the store of {@link #journalDirectory}. */
  public FileJournal journal(Store store) {
    return new FileJournal(store, kind, id);
  }

  /**
   * The error of a launcher that can't write the journal which workers elsewhere need.
   *
   * @throws StoreException the given one, if another attempt may help
   */
  static WorkException needsJournal(StoreException e) throws StoreException {
    if (e.kind() == StoreException.Kind.TRANSIENT) {
      throw e;
    }
    return new WorkException(
        ErrorCode.DENIED,
        "workers elsewhere tell each other by a journal what is done, and it can't be written: "
            + e.getMessage(),
        "name a folder for it that all workers reach: --state-directory",
        e);
  }
}
