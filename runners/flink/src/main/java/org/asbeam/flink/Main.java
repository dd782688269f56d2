package org.asbeam.flink;

import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The main class of the jar: the asbeam command, whose jobs run on the cluster that {@code flink
 * run}, Flink's REST interface or an application cluster gives them.
 */
public final class Main {
  /** What a program in application mode, or one started by the REST interface, is run by. */
  private static final String EMBEDDED = "embedded";

  private Main() {}

  /**
   * Runs a command.
   *
   * @param args {@code backup}, {@code restore} or {@code verify}, then its flags
   * @throws CommandFailedException inside a process of the cluster, if the command fails
   */
  public static void main(String[] args) {
    boolean inCluster = inCluster();
    Program.Command command =
        inCluster
            ? org.asbeam.cli.Main::runWithin
            : (words, out, err) -> org.asbeam.cli.Main.run(words, out, err);
    new Program(command, inCluster, System::exit).run(args, System.out, System.err);
  }

  /** Whether this process is the JobManager: its end would be the cluster's. */
  private static boolean inCluster() {
    return EMBEDDED.equals(
        StreamExecutionEnvironment.getExecutionEnvironment()
            .getConfiguration()
            .get(DeploymentOptions.TARGET));
  }
}
