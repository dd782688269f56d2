package org.asbeam.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.asbeam.embedded.Fault;
import org.asbeam.storage.Compression;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.Stores;
import org.asbeam.storage.journal.Journal;
import org.asbeam.storage.journal.SliceReceipt;
import org.asbeam.transforms.work.BackupLaunch;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.RealBackends;
import org.asbeam.transforms.work.Surroundings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On Flink the slots pull slices one by one. Anything between the source and the work would make
 * one slot get most of them.
 */
class SliceBalanceTest {
  private static final int SLOTS = 4;

  @TempDir Path temp;

  @Test
  void slotsPullSlicesEvenly() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(500)) {
      // Every slice takes about the same time, whatever else the machine does.
      fixture.cluster.inject(Fault.on(Fault.Target.SCAN).always().delay(Duration.ofMillis(30)));
      BackupSpec spec = fixture.backup(temp.resolve("backup"), Compression.NONE, SLOTS);
      BackupLaunch.Launched run =
          new BackupLaunch(new RealBackends(), Surroundings.real()).start(spec, id -> "", "test");
      BackupPipeline.pipeline(
              run, StoreAccess.DEFAULT, "", Placement.here(Fixture.flink("BATCH", SLOTS)), SLOTS)
          .run()
          .waitUntilFinish();
      try (Store store = Stores.open(spec.directory())) {
        Map<String, Long> perThread =
            new Journal(store, run.runId())
                .receipts().stream()
                    .collect(Collectors.groupingBy(SliceReceipt::worker, Collectors.counting()));
        long fair = run.slices() / SLOTS;
        assertThat(perThread).hasSize(SLOTS);
        assertThat(perThread.values())
            .as("slices per slot of %s: %s", run.slices(), perThread)
            .allSatisfy(slices -> assertThat(slices).isBetween(fair / 2, fair * 3 / 2));
      }
    }
  }
}
