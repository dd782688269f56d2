package org.asbeam.transforms.work;

import java.io.Serializable;
import org.asbeam.storage.StoreException;

/**
 * A restore or a verification under way, as its workers know it.
 *
 * @param id names it among those of a process, and its journal
 * @param journalDirectory the folder that has its journal; empty: it has none, so that it can't be
 *     resumed, and its workers are here
 * @param slots what its slices were cut for
 * @param slices how many there are
 * @param edition that of the inputs
 * @param workers where they are
 */
public record FileRun(
    String id, String journalDirectory, int slots, int slices, String edition, Workers workers)
    implements Serializable {
  /** Without a journal. */
  public static FileRun unjournaled(String id, int slots, OpenInputs inputs) {
    return new FileRun(id, "", slots, inputs.slices(slots).size(), inputs.edition(), Workers.HERE);
  }

  public boolean hasJournal() {
    return !journalDirectory.isEmpty();
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
