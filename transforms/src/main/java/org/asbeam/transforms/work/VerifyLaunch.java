package org.asbeam.transforms.work;

import java.io.IOException;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.journal.FileJournal;

/**
 * Begins and ends verifications. One whose workers are in this process leaves nothing behind and
 * needs no right to write; one whose workers are elsewhere has a journal.
 */
public final class VerifyLaunch {
  private final Backends backends;
  private final Surroundings surroundings;

  public VerifyLaunch(Backends backends, Surroundings surroundings) {
    this.backends = backends;
    this.surroundings = surroundings;
  }

  /** What a verification is of, for those who look on. */
  private record Task(String input) {}

  /**
   * Makes the plan of a verification.
   *
   * @throws WorkException if workers elsewhere can't do it
   */
  public FileRun launch(VerifySpec spec, OpenInputs inputs, Workers workers)
      throws IOException, WorkException {
    String id = FileNames.newRunId(surroundings);
    FileRun here = FileRun.unjournaled(FileJournal.Kind.VERIFICATIONS, id, spec.slots(), inputs);
    if (workers == Workers.HERE) {
      return here;
    }
    if (inputs.isStream()) {
      throw new WorkException(
          ErrorCode.USAGE,
          "standard input can't be verified by workers elsewhere: only this process has it",
          "verify it with --runner direct");
    }
    String directory =
        spec.stateDirectory().isEmpty()
            ? spec.input().parts().get(0).directory()
            : spec.stateDirectory();
    FileRun run = here.journaled(directory, workers);
    try (Store store = backends.openStore(directory)) {
      run.journal(store).writePlan(run.plan(surroundings.now(), new Task(spec.input().text())));
      return run;
    } catch (StoreException e) {
      throw FileRun.needsJournal(e);
    }
  }

  /** Removes what a verification that has ended left. */
  public void end(FileRun run) throws IOException {
    if (run.hasJournal()) {
      try (Store store = backends.openStore(run.journalDirectory())) {
        run.journal(store).delete();
      }
    }
  }
}
