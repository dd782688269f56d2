package org.asbeam.cli;

import org.asbeam.cli.flink.FlinkRunners;
import org.asbeam.pipelines.Asbeam;
import org.asbeam.pipelines.options.OptionValues;
import org.asbeam.pipelines.options.Options;
import org.asbeam.transforms.work.WorkException;

/**
 * Where a command's job runs.
 *
 * @param asbeam starts jobs there
 * @param detached whether the job is handed over and not waited for
 * @param slots how many slices are worked on at once if nobody said it; 0: as this machine has
 *     cores
 */
record Runners(Asbeam asbeam, boolean detached, int slots) {
  /**
   * As the options say.
   *
   * @param asbeam starts jobs in this process
   * @throws WorkException if the cluster that is named doesn't answer
   */
  static Runners of(OptionValues values, Asbeam asbeam, Terminal terminal)
      throws WorkException, InterruptedException {
    return switch (values.get(Options.RUNNER)) {
      case "flink-local" -> new Runners(asbeam.withRunner(FlinkRunners.local()), false, 0);
      case "flink" -> cluster(values, asbeam, terminal);
      default -> new Runners(asbeam, false, 0);
    };
  }

  private static Runners cluster(OptionValues values, Asbeam asbeam, Terminal terminal)
      throws WorkException, InterruptedException {
    String master = values.get(Options.FLINK_MASTER);
    boolean given = master.equals(FlinkRunners.GIVEN_BY_FLINK);
    boolean detached = values.get(Options.DETACHED) || given && !FlinkRunners.isAttached();
    return new Runners(
        asbeam.withCluster(FlinkRunners.cluster(master, !detached)),
        detached,
        FlinkRunners.slots(master, terminal::warn));
  }

  /** The slots of a job: those that were asked for, else those of the cluster. */
  int slots(OptionValues values, int asked) {
    return values.get(Options.PARALLEL) > 0 || slots == 0 ? asked : slots;
  }
}
