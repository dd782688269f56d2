package org.asbeam.transforms.work;

import java.io.Serializable;

/**
 * A restore under way, as its workers know it.
 *
 * @param id names the restore among those of a process, and its journal
 * @param journalDirectory the folder that has its journal; empty: it has none and can't be resumed
 * @param slots what its slices were cut for
 * @param slices how many there are
 * @param edition that of the inputs
 */
public record RestoreRun(String id, String journalDirectory, int slots, int slices, String edition)
    implements Serializable {
  /** Without a journal. */
  public static RestoreRun unjournaled(String id, int slots, OpenInputs inputs) {
    return new RestoreRun(id, "", slots, inputs.slices(slots).size(), inputs.edition());
  }

  public boolean isResumable() {
    return !journalDirectory.isEmpty();
  }
}
