package org.asbeam.cli.flink;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.asbeam.transforms.work.WorkException;

/** The ways to run a job on Flink. */
public final class FlinkRunners {
  /** The master that stands for the environment which {@code flink run} gives to a program. */
  public static final String GIVEN_BY_FLINK = "[auto]";

  /**
   * What a cluster has itself, or must not get from a job: Flink's own classes, and those of logs,
   * which its class loader takes from the cluster in any case.
   */
  private static final Pattern NOT_STAGED =
      Pattern.compile("(flink-(?!.*beam).*|slf4j-.*|log4j-.*|logback-.*)\\.jar");

  private static final String WITHOUT_RESTARTS =
      "the cluster has no restart strategy: the job fails when a TaskManager is lost - set"
          + " restart-strategy.type in Flink's configuration, a job can't";

  private FlinkRunners() {}

  /** In this process, for as many slots as a job has. */
  public static IntFunction<PipelineOptions> local() {
    return slots -> {
      FlinkPipelineOptions options = options("[local]", slots);
      // A lost worker is this process: nothing could be done again without the rest.
      options.setExecutionModeForBatch("PIPELINED");
      return options;
    };
  }

  /**
   * A cluster that jobs are handed to.
   *
   * @param master host and port of its REST interface, or {@link #GIVEN_BY_FLINK}
   * @param attached whether the job's end is waited for
   */
  public static IntFunction<PipelineOptions> cluster(String master, boolean attached) {
    return slots -> {
      FlinkPipelineOptions options = options(master, slots);
      // A lost TaskManager costs its own slices only: nothing but receipts goes through a shuffle.
      options.setExecutionModeForBatch("BATCH");
      options.setAttachedMode(attached);
      if (!master.equals(GIVEN_BY_FLINK)) {
        options.setFilesToStage(staged(System.getProperty("java.class.path")));
      }
      return options;
    };
  }

  /**
   * How many slices are worked on at once if nobody said it: as many as there are slots.
   *
   * @param news is told what is amiss with the cluster
   * @throws WorkException if the cluster doesn't answer
   */
  public static int slots(String master, Consumer<String> news)
      throws WorkException, InterruptedException {
    if (master.equals(GIVEN_BY_FLINK)) {
      if (FlinkCluster.isKnownNotToRestart(given())) {
        news.accept(WITHOUT_RESTARTS);
      }
      return Math.max(1, StreamExecutionEnvironment.getExecutionEnvironment().getParallelism());
    }
    FlinkCluster cluster = FlinkCluster.ask(master);
    if (!cluster.restarts()) {
      news.accept(WITHOUT_RESTARTS);
    }
    return Math.max(1, cluster.slots());
  }

  /** Whether {@code flink run} was told to wait for the job's end. */
  public static boolean isAttached() {
    return given().get(DeploymentOptions.ATTACHED);
  }

  /**
   * Whether this program runs inside the JobManager, whose end would be the cluster's: in
   * application mode, or started by the REST interface.
   */
  public static boolean isInCluster() {
    return FlinkCluster.EMBEDDED.equals(given().get(DeploymentOptions.TARGET));
  }

  /** What Flink tells a program that it runs. */
  private static ReadableConfig given() {
    return StreamExecutionEnvironment.getExecutionEnvironment().getConfiguration();
  }

  private static FlinkPipelineOptions options(String master, int slots) {
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setFlinkMaster(master);
    options.setParallelism(slots);
    // Our elements are never changed, so none need be copied between steps.
    options.setFasterCopy(true);
    return options;
  }

  /** What of a class path goes to a cluster. */
  static List<String> staged(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator))
        .filter(entry -> !NOT_STAGED.matcher(new File(entry).getName()).matches())
        .filter(entry -> new File(entry).exists())
        .toList();
  }
}
