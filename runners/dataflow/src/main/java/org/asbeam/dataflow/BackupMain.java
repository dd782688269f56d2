package org.asbeam.dataflow;

import java.time.Instant;
import java.util.List;
import org.asbeam.pipelines.Asbeam;
import org.asbeam.pipelines.Submission;
import org.asbeam.pipelines.options.BackupOptions;
import org.asbeam.pipelines.options.Command;
import org.asbeam.pipelines.options.Specs;
import org.asbeam.pipelines.options.UsageException;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.WorkException;

/** Launches a backup on Dataflow: the main class of the backup's Flex Template. */
public final class BackupMain {
  private BackupMain() {}

  /**
   * @param args pipeline options: {@code --namespace=test --directory=gs://bucket/monday}, and
   *     those of the runner
   * @throws LaunchException telling all that is wrong, a line each
   */
  public static void main(String[] args) throws LaunchException {
    Launch.run(Command.BACKUP, BackupOptions.class, args, System.out, BackupMain::submit);
  }

  private static Submission submit(Launch launch) throws UsageException, WorkException {
    BackupSpec asked = launch.spec(Specs::backup, SharedPlaces::problems).withSlots(launch.slots());
    try (Asbeam asbeam = launch.asbeam()) {
      boolean resume = Specs.isResumed(launch.values());
      if (resume) {
        Specs.settledBefore(launch.values()).ifPresent(launch::tell);
      }
      BackupSpec spec = resume ? asked : sinceEarlierBackup(launch, asked, asbeam);
      Specs.times(spec).ifPresent(launch::tell);
      return asbeam.submitBackup(spec, resume, launch::tell);
    }
  }

  private static BackupSpec sinceEarlierBackup(Launch launch, BackupSpec spec, Asbeam asbeam)
      throws UsageException, WorkException {
    String earlier = Specs.earlierBackup(launch.values());
    if (earlier == null) {
      return spec;
    }
    List<String> problems = SharedPlaces.problems(earlier);
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    Instant end =
        asbeam
            .withStoreAccess(spec.access())
            .folders()
            .nextModifiedAfter(earlier, spec.namespace());
    return Specs.since(spec, end);
  }
}
