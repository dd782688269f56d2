package org.asbeam.dataflow;

import org.asbeam.pipelines.Asbeam;
import org.asbeam.pipelines.Submission;
import org.asbeam.pipelines.options.Command;
import org.asbeam.pipelines.options.RestoreOptions;
import org.asbeam.pipelines.options.Specs;
import org.asbeam.pipelines.options.UsageException;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.WorkException;

/** Launches a restore on Dataflow: the main class of the restore's Flex Template. */
public final class RestoreMain {
  private RestoreMain() {}

  /**
   * @param args pipeline options: {@code --namespace=test --directory=gs://bucket/monday}, and
   *     those of the runner
   * @throws LaunchException telling all that is wrong, a line each
   */
  public static void main(String[] args) throws LaunchException {
    Launch.run(Command.RESTORE, RestoreOptions.class, args, System.out, RestoreMain::submit);
  }

  private static Submission submit(Launch launch) throws UsageException, WorkException {
    RestoreSpec spec = launch.spec(Specs::restore, SharedPlaces::problems);
    try (Asbeam asbeam = launch.asbeam()) {
      return asbeam.submitRestore(spec.withSlots(launch.slots()), launch::tell);
    }
  }
}
