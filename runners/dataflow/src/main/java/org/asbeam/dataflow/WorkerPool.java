package org.asbeam.dataflow;

import java.util.Optional;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.runners.dataflow.options.DataflowPipelineWorkerPoolOptions.AutoscalingAlgorithmType;

/**
 * How many workers a job has, and how many slices each works on at once: what the person says of
 * one follows from what is said of the other.
 *
 * <p>The number of workers is fixed unless the person asks for autoscaling. Dataflow's decides by
 * how many bytes a source says it has, and a slice only says that it weighs as much as any other.
 */
final class WorkerPool {
  /** Two slots are what the least heap is measured for, see {@code docs/performance.md}. */
  static final int DEFAULT_THREADS = 2;

  static final int DEFAULT_WORKERS = 4;

  private final DataflowPipelineOptions options;
  private final int parallel;

  /**
   * @param options what the person says of workers; is completed, by {@link #sizeFor} too
   * @param parallel the slices to be worked on at once, as the person says; 0: they don't
   */
  WorkerPool(DataflowPipelineOptions options, int parallel) {
    this.options = options;
    this.parallel = parallel;
    if (options.getNumberOfWorkerHarnessThreads() < 1) {
      // So that an odd number of slots is that number, and no more.
      options.setNumberOfWorkerHarnessThreads(
          parallel % DEFAULT_THREADS == 0 ? DEFAULT_THREADS : 1);
    }
    if (options.getAutoscalingAlgorithm() == null) {
      options.setAutoscalingAlgorithm(AutoscalingAlgorithmType.NONE);
    }
  }

  private int threads() {
    return options.getNumberOfWorkerHarnessThreads();
  }

  private boolean isFixed() {
    return options.getAutoscalingAlgorithm() == AutoscalingAlgorithmType.NONE;
  }

  /** What the person says; 0: nothing. The most workers count, if they may become more. */
  private int givenWorkers() {
    return options.getMaxNumWorkers() > 0 && (!isFixed() || options.getNumWorkers() == 0)
        ? options.getMaxNumWorkers()
        : options.getNumWorkers();
  }

  private int workersFor(int slots) {
    return (slots + threads() - 1) / threads();
  }

  /** One line if two things that were said can't both be. */
  Optional<String> problem() {
    int workers = givenWorkers() == 0 ? workersFor(parallel) : givenWorkers();
    return parallel == 0 || workers * threads() == parallel
        ? Optional.empty()
        : Optional.of(
            "--parallel="
                + parallel
                + " and workers with "
                + threads()
                + (threads() == 1 ? " thread" : " threads")
                + " contradict each other: "
                + workers
                + " of them work on "
                + workers * threads()
                + " slices at once - leave one out");
  }

  /** The slices that are worked on at once, over all workers. */
  int slots() {
    if (parallel > 0) {
      return parallel;
    }
    int given = givenWorkers();
    return (given > 0 ? given : DEFAULT_WORKERS) * threads();
  }

  /** The options, with as many workers as are needed for so many slices at once. */
  DataflowPipelineOptions sizeFor(int slots) {
    if (isFixed()) {
      options.setNumWorkers(workersFor(slots));
      // Above it Dataflow would refuse the job; the number is fixed.
      options.setMaxNumWorkers(0);
    } else if (options.getMaxNumWorkers() == 0) {
      options.setMaxNumWorkers(workersFor(slots));
    }
    return options;
  }
}
