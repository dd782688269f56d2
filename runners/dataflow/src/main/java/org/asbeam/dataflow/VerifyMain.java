package org.asbeam.dataflow;

import org.asbeam.pipelines.Asbeam;
import org.asbeam.pipelines.Submission;
import org.asbeam.pipelines.options.Command;
import org.asbeam.pipelines.options.Specs;
import org.asbeam.pipelines.options.UsageException;
import org.asbeam.pipelines.options.VerifyOptions;
import org.asbeam.transforms.work.VerifySpec;
import org.asbeam.transforms.work.WorkException;

/** Launches a verification on Dataflow: the main class of the Flex Template for verifying. */
public final class VerifyMain {
  private VerifyMain() {}

  /**
   * @param args pipeline options: {@code --directory=gs://bucket/monday}, and those of the runner
   * @throws LaunchException telling all that is wrong, a line each
   */
  public static void main(String[] args) throws LaunchException {
    Launch.run(Command.VERIFY, VerifyOptions.class, args, System.out, VerifyMain::submit);
  }

  private static Submission submit(Launch launch) throws UsageException, WorkException {
    VerifySpec spec = launch.spec(Specs::verify, SharedPlaces::problems);
    try (Asbeam asbeam = launch.asbeam()) {
      return asbeam.submitVerify(spec.withSlots(launch.slots()), launch::tell);
    }
  }
}
