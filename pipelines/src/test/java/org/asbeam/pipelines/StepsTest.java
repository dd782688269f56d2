package org.asbeam.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.asbeam.connectors.JsonCoder;
import org.asbeam.storage.Compression;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.Stores;
import org.asbeam.storage.journal.BackupContents;
import org.asbeam.storage.journal.FileJournal;
import org.asbeam.storage.journal.FileReceipt;
import org.asbeam.storage.journal.Journal;
import org.asbeam.storage.journal.ManifestFile;
import org.asbeam.storage.journal.PartitionSlice;
import org.asbeam.storage.journal.Removal;
import org.asbeam.transforms.BackUpSlices;
import org.asbeam.transforms.CommitBackup;
import org.asbeam.transforms.work.BackupLaunch;
import org.asbeam.transforms.work.FileRun;
import org.asbeam.transforms.work.Limits;
import org.asbeam.transforms.work.OpenInputs;
import org.asbeam.transforms.work.RealBackends;
import org.asbeam.transforms.work.RestoreInput;
import org.asbeam.transforms.work.Surroundings;
import org.asbeam.transforms.work.VerifySpec;
import org.asbeam.transforms.work.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepsTest {
  private static final Placement HERE =
      new Placement(Workers.HERE, Placement.ANY_NUMBER, slots -> Fixture.direct());
  private static final Placement ELSEWHERE =
      new Placement(Workers.ELSEWHERE, Placement.ANY_NUMBER, slots -> Fixture.direct());

  @TempDir Path temp;

  /** Runners show the names of steps, and what people build on them must not break. */
  @Test
  void stepNamesAreStable() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(10)) {
      Path folder = temp.resolve("backup");
      BackupPipeline.start(fixture.backup(folder, Compression.NONE, 1), false, Fixture.direct())
          .await();
      OpenInputs inputs =
          OpenInputs.open(RestoreInput.folder(folder.toString()), null, new RealBackends());
      assertThat(
              steps(
                  BackupPipeline.pipeline(
                      new BackupLaunch.Launched(folder.toString(), "run", 1, 0, Removal.DELETES),
                      StoreAccess.DEFAULT,
                      "",
                      HERE,
                      1)))
          .containsExactly("Read slices", "Back up slices", "Commit backup");
      assertThat(
              steps(
                  RestorePipeline.pipeline(
                      fixture.restore(folder),
                      FileRun.unjournaled(FileJournal.Kind.RESTORES, "run", 1, inputs),
                      "",
                      HERE)))
          .containsExactly("Read slices", "Restore slices", "Report");
      assertThat(
              steps(
                  VerifyPipeline.pipeline(
                      VerifySpec.of(RestoreInput.folder(folder.toString()), 1),
                      FileRun.unjournaled(FileJournal.Kind.RESTORES, "run", 1, inputs),
                      "",
                      HERE)))
          .containsExactly("Read slices", "Verify slices", "Report");
      FileRun elsewhere =
          new FileRun(
              FileJournal.Kind.RESTORES, "run", folder.toString(), 1, 1, "", Workers.ELSEWHERE);
      assertThat(steps(RestorePipeline.pipeline(fixture.restore(folder), elsewhere, "", ELSEWHERE)))
          .containsExactly("Read slices", "Restore slices", "End restore");
      assertThat(
              steps(
                  VerifyPipeline.pipeline(
                      VerifySpec.of(RestoreInput.folder(folder.toString()), 1),
                      elsewhere,
                      "",
                      ELSEWHERE)))
          .containsExactly("Read slices", "Verify slices", "End verification");
    }
  }

  private static List<String> steps(Pipeline pipeline) {
    List<String> names = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            if (!node.isRootNode()) {
              names.add(node.getFullName());
              return CompositeBehavior.DO_NOT_ENTER_TRANSFORM;
            }
            return CompositeBehavior.ENTER_TRANSFORM;
          }
        });
    return names;
  }

  private static long counted(PipelineResult result, String counter) {
    return counted(result, "asbeam.backup", counter);
  }

  private static long counted(PipelineResult result, String namespace, String counter) {
    return result
        .metrics()
        .queryMetrics(
            MetricsFilter.builder()
                .addNameFilter(MetricNameFilter.named(namespace, counter))
                .build())
        .getCounters()
        .iterator()
        .next()
        .getAttempted();
  }

  /** A runner may repeat any element, also after the commit: nothing changes by it. */
  @Test
  void everySliceTwiceAndTheCommitTwiceIsOneBackup() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(2_000)) {
      Path folder = temp.resolve("backup");
      BackupLaunch.Launched run =
          new BackupLaunch(new RealBackends(), Surroundings.real())
              .start(fixture.backup(folder, Compression.ZSTD, 2), id -> "", "test");
      try (Store store = Stores.open(folder.toString())) {
        List<PartitionSlice> slices = new Journal(store, run.runId()).plan().slices();
        List<PartitionSlice> twice = new ArrayList<>(slices);
        twice.addAll(slices);
        for (int time = 0; time < 2; time++) {
          Pipeline pipeline = Pipeline.create(Fixture.direct());
          PCollection<PartitionSlice> elements =
              pipeline.apply(Create.of(twice).withCoder(JsonCoder.of(PartitionSlice.class)));
          elements
              .apply("Back up slices", BackUpSlices.of(folder.toString(), run.runId()))
              .apply("Commit backup", CommitBackup.of(folder.toString(), run.runId()));
          PipelineResult result = pipeline.run();
          result.waitUntilFinish();
          assertThat(counted(result, "slices")).isEqualTo(twice.size());
          assertThat(counted(result, "records")).isEqualTo(2 * 2_000);
        }
        assertThat(ManifestFile.read(store).orElseThrow().records()).isEqualTo(2_000);
        Set<String> listed = new HashSet<>();
        BackupContents.of(store).files().stream().map(FileReceipt::name).forEach(listed::add);
        assertThat(store.list("").stream().filter(f -> f.name().endsWith(".asb")))
            .allSatisfy(file -> assertThat(listed).contains(file.name()));
      }
      VerifyReport report = Fixture.verify(folder);
      assertThat(report.findings()).isEmpty();
      assertThat(report.records()).isEqualTo(2_000);
    }
  }

  /** By this counter a runner knows that more workers would be no help. */
  @Test
  void whatTheLimitsHoldBackIsCountedForTheRunner() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(200)) {
      Path folder = temp.resolve("backup");
      Limits limits = new Limits(400, 0);
      BackupLaunch.Launched run =
          new BackupLaunch(new RealBackends(), Surroundings.real())
              .start(
                  fixture.backup(folder, Compression.NONE, 2).withLimits(limits), id -> "", "test");
      PipelineResult backup = BackupPipeline.pipeline(run, StoreAccess.DEFAULT, "", HERE, 2).run();
      backup.waitUntilFinish();
      assertThat(counted(backup, "beam-throttling-metrics", "throttling-msecs"))
          .isBetween(1L, 10_000L);
      OpenInputs inputs =
          OpenInputs.open(RestoreInput.folder(folder.toString()), null, new RealBackends());
      PipelineResult restore =
          RestorePipeline.pipeline(
                  fixture.restore(folder).withLimits(limits),
                  FileRun.unjournaled(FileJournal.Kind.RESTORES, "throttled", 1, inputs),
                  "",
                  HERE)
              .run();
      restore.waitUntilFinish();
      assertThat(counted(restore, "beam-throttling-metrics", "throttling-msecs"))
          .isBetween(1L, 10_000L);
    }
  }

  @Test
  void slicesAreCutIntoNoMoreSourcesThanARunnerWants() {
    Placement few = new Placement(Workers.ELSEWHERE, 4096, slots -> Fixture.direct());
    assertThat(few.slicesPerSource(129)).isEqualTo(1);
    assertThat(few.slicesPerSource(4096)).isEqualTo(1);
    assertThat(few.slicesPerSource(4097)).isEqualTo(2);
    assertThat(few.slicesPerSource(100_000)).isEqualTo(25);
    assertThat(HERE.slicesPerSource(1_000_000_000)).isEqualTo(1);
  }
}
