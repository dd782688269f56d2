package org.asbeam.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.asbeam.transforms.work.OpenWorkers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunningJobTest {
  /** Else who resumes a job at once would be told that it is still at work. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aJobEndsWhenItsWorkersHereAreClosed(boolean fails) throws Exception {
    String run = "run-that-fails-" + fails;
    CountDownLatch working = new CountDownLatch(1);
    Thread[] thread = new Thread[1];
    OpenWorkers.opened(run);
    OpenWorkers.opened(run);
    RunningJob<String> job = new RunningJob<>(run, 1, new RunningJob.Totals(0, 0));
    job.start(
        () -> {},
        () -> {
          thread[0] = Thread.currentThread();
          working.countDown();
          if (fails) {
            throw new IllegalStateException("a slice failed");
          }
        },
        elapsed -> "the report");
    working.await();
    OpenWorkers.closed(run);
    while (thread[0].isAlive() && thread[0].getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
    OpenWorkers.closed(run);
    if (fails) {
      assertThatThrownBy(job::await).hasMessageContaining("a slice failed");
    } else {
      assertThat(job.await()).isEqualTo("the report");
    }
  }
}
