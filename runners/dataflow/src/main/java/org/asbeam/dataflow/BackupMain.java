package org.asbeam.dataflow;

import java.time.Instant;
import java.util.List;
import org.asbeam.aerospike.ScanFilter;
import org.asbeam.pipelines.Asbeam;
import org.asbeam.pipelines.Submission;
import org.asbeam.pipelines.options.BackupOptions;
import org.asbeam.pipelines.options.Command;
import org.asbeam.pipelines.options.Options;
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
        tellSettled(launch);
      }
      BackupSpec spec = resume ? asked : sinceEarlierBackup(launch, asked, asbeam);
      return asbeam.submitBackup(spec, resume, launch::tell);
    }
  }

  /** Nobody may think that a resumed backup is of what these options say. */
  private static void tellSettled(Launch launch) {
    List<String> settled = Specs.settledBefore(launch.values());
    if (!settled.isEmpty()) {
      launch.tell(
          String.join(", ", settled)
              + " of no effect: the unfinished backup goes on as it was when it began");
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
    Instant after =
        asbeam
            .withStoreAccess(spec.access())
            .folders()
            .nextModifiedAfter(earlier, spec.namespace());
    ScanFilter filter = spec.scope().filter();
    if (filter.modifiedBefore() != null && !filter.modifiedBefore().isAfter(after)) {
      throw new UsageException(
          List.of(
              Options.MODIFIED_BEFORE
                  + " ("
                  + filter.modifiedBefore()
                  + ") is not later than the end of the backup that "
                  + Options.MODIFIED_AFTER_BACKUP
                  + " names ("
                  + after
                  + ") - correct one"));
    }
    launch.tell("only records last updated at " + after + " or later");
    return spec.withScope(spec.scope().withFilter(filter.toBuilder().modifiedAfter(after).build()));
  }
}
