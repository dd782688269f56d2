package org.asbeam.flink;

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
    Submission submission = Submission.current();
    Program.Command command =
        submission.inCluster()
            ? org.asbeam.cli.Main::runWithin
            : (words, out, err) -> org.asbeam.cli.Main.run(words, out, err);
    new Program(command, submission, System::exit).run(args, System.out, System.err);
  }
}
