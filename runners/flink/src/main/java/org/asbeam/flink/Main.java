package org.asbeam.flink;

import org.asbeam.cli.flink.FlinkRunners;

/**
 * The main class of the jar: the asbeam command, whose jobs run on the cluster that {@code flink
 * run}, Flink's REST interface or an application cluster gives them.
 */
public final class Main {
  private Main() {}

  /**
   * Runs a command.
   *
   * @param args {@code backup}, {@code restore} or {@code verify}, then its flags
   * @throws CommandFailedException inside a process of the cluster, if the command fails
   */
  public static void main(String[] args) {
    boolean inCluster = FlinkRunners.isInCluster();
    Program.Command command =
        inCluster
            ? org.asbeam.cli.Main::runWithin
            : (words, out, err) -> org.asbeam.cli.Main.run(words, out, err);
    new Program(command, inCluster, System::exit).run(args, System.out, System.err);
  }
}
