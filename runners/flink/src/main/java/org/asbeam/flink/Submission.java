package org.asbeam.flink;

import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * How Flink started this program.
 *
 * @param inCluster whether this process is the JobManager: its end would be the cluster's
 */
record Submission(boolean inCluster) {
  /** What a program in application mode, or one started by the REST interface, is run by. */
  private static final String EMBEDDED = "embedded";

  /** Of the program that this process, or this thread of the JobManager, runs. */
  static Submission current() {
    return new Submission(
        EMBEDDED.equals(
            StreamExecutionEnvironment.getExecutionEnvironment()
                .getConfiguration()
                .get(DeploymentOptions.TARGET)));
  }
}
