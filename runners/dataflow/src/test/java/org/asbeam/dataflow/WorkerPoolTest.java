package org.asbeam.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.runners.dataflow.options.DataflowPipelineWorkerPoolOptions.AutoscalingAlgorithmType;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;

class WorkerPoolTest {
  private static DataflowPipelineOptions options(String... arguments) {
    return PipelineOptionsFactory.fromArgs(arguments).as(DataflowPipelineOptions.class);
  }

  private static void sized(
      DataflowPipelineOptions options, int parallel, int slots, int workers, int threads) {
    WorkerPool pool = new WorkerPool(options, parallel);
    assertThat(pool.problem()).isEmpty();
    assertThat(pool.slots()).isEqualTo(slots);
    pool.sizeFor(slots);
    assertThat(options.getNumWorkers()).isEqualTo(workers);
    assertThat(options.getNumberOfWorkerHarnessThreads()).isEqualTo(threads);
    assertThat(options.getAutoscalingAlgorithm()).isEqualTo(AutoscalingAlgorithmType.NONE);
  }

  @Test
  void workersFollowFromSlotsAndSlotsFromWorkers() {
    sized(options(), 0, 8, 4, 2);
    sized(options(), 64, 64, 32, 2);
    sized(options("--numWorkers=10"), 0, 20, 10, 2);
    sized(options("--maxNumWorkers=10"), 0, 20, 10, 2);
    sized(options("--numberOfWorkerHarnessThreads=4"), 64, 64, 16, 4);
    sized(options("--numWorkers=3", "--numberOfWorkerHarnessThreads=4"), 0, 12, 3, 4);
    sized(options("--numWorkers=3"), 6, 6, 3, 2);
  }

  /** A limit of one slice at once, as records that are counted need, is kept to. */
  @Test
  void anOddNumberOfSlotsIsThatNumber() {
    sized(options(), 1, 1, 1, 1);
    sized(options(), 7, 7, 7, 1);
  }

  @Test
  void aClusterThatWantsMoreSlotsGetsMoreWorkers() {
    DataflowPipelineOptions options = options();
    assertThat(new WorkerPool(options, 2).sizeFor(9).getNumWorkers()).isEqualTo(5);
  }

  @Test
  void moreSlicesAtOnceThanWereAskedForAreAProblem() {
    assertThat(new WorkerPool(options("--numWorkers=10"), 6).problem())
        .contains(
            "--parallel=6 and workers with 2 threads contradict each other: 10 of them work on 20"
                + " slices at once - leave one out");
    assertThat(new WorkerPool(options("--numberOfWorkerHarnessThreads=4"), 6).problem())
        .isPresent();
    assertThat(new WorkerPool(options("--numWorkers=1"), 6).problem()).isPresent();
  }

  @Test
  void autoscalingIsLeftToWhoAsksForIt() {
    DataflowPipelineOptions options =
        options("--autoscalingAlgorithm=THROUGHPUT_BASED", "--numWorkers=2", "--maxNumWorkers=20");
    WorkerPool pool = new WorkerPool(options, 0);
    assertThat(pool.slots()).isEqualTo(40);
    pool.sizeFor(40);
    assertThat(options.getNumWorkers()).isEqualTo(2);
    assertThat(options.getMaxNumWorkers()).isEqualTo(20);
    assertThat(options.getAutoscalingAlgorithm())
        .isEqualTo(AutoscalingAlgorithmType.THROUGHPUT_BASED);
    DataflowPipelineOptions unbounded = options("--autoscalingAlgorithm=THROUGHPUT_BASED");
    assertThat(new WorkerPool(unbounded, 6).sizeFor(6).getMaxNumWorkers()).isEqualTo(3);
  }
}
