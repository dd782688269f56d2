package org.asbeam.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asbeam.embedded.EmbeddedNamespace;
import org.asbeam.embedded.Fault;
import org.asbeam.embedded.InjectedFault;
import org.asbeam.embedded.NamespaceOptions;
import org.asbeam.embedded.NewRecord;
import org.asbeam.storage.Compression;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.Limits;
import org.asbeam.transforms.work.RestoreScope;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.TargetRules;
import org.asbeam.transforms.work.WorkException;
import org.asbeam.transforms.work.WriteSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a backup is restored, how, and what is looked at before. */
class RestoreScopeTest {
  private static final int RECORDS = 300;

  @TempDir Path temp;
  private Fixture fixture;
  private Path folder;

  @BeforeEach
  void backUp() throws Exception {
    fixture = Fixture.start(1).fill(RECORDS);
    folder = temp.resolve("backup");
    BackupPipeline.start(fixture.backup(folder, Compression.NONE, 2), false, Fixture.direct())
        .await();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private EmbeddedNamespace target() {
    return fixture.cluster.namespace(Fixture.TARGET);
  }

  private RestoreReport restore(RestoreSpec spec) throws Exception {
    RestoreReport report = RestorePipeline.start(spec, Fixture.direct()).await();
    assertThat(report.records().addsUp()).isTrue();
    assertThat(report.records().read()).isEqualTo(RECORDS);
    assertThat(folder.resolve(".asbeam/restores")).doesNotExist();
    return report;
  }

  private WorkException fails(RestoreSpec spec) {
    return catchThrowableOfType(
        WorkException.class, () -> RestorePipeline.start(spec, Fixture.direct()).await());
  }

  @Test
  void onlySomeSetsAndBins() throws Exception {
    RestoreSpec spec = fixture.restore(folder);
    RestoreReport report =
        restore(spec.withScope(RestoreScope.everything().withSets(List.of("set1"))));
    assertThat(target().sets()).containsExactly("set1");
    assertThat(target().count()).isEqualTo(fixture.cluster.namespace("source").count("set1"));
    assertThat(report.records().skipped()).isEqualTo(RECORDS - target().count());

    target().clear();
    restore(spec.withScope(RestoreScope.everything().withBins(List.of("int", "blob"))));
    assertThat(target().count()).isEqualTo(RECORDS);
    target()
        .forEach(
            record ->
                assertThat(record.bins())
                    .extracting(bin -> bin.name())
                    .containsExactlyInAnyOrder("int", "blob"));

    target().clear();
    report = restore(spec.withScope(RestoreScope.everything().withBins(List.of("none"))));
    assertThat(report.records().skipped()).isEqualTo(RECORDS);
    assertThat(target().count()).isZero();
  }

  @Test
  void singleWritesAndExtraTimeToLive() throws Exception {
    RestoreSpec spec = fixture.restore(folder);
    WriteSettings writing =
        spec.writing().withBatchWrites(false).withExtraTtlSeconds(86_400).withMaxRetries(2);
    try (InjectedFault batches =
        fixture.cluster.inject(Fault.on(Fault.Target.BATCH).always().delay(Duration.ZERO))) {
      assertThat(restore(spec.withWriting(writing)).records().inserted()).isEqualTo(RECORDS);
      assertThat(batches.hits()).isZero();
    }
    fixture
        .cluster
        .namespace(Fixture.SOURCE)
        .forEach(
            record -> {
              long restored = target().get(record.digest()).orElseThrow().voidTime();
              long expected = record.voidTime() == 0 ? 0 : record.voidTime() + 86_400;
              assertThat(restored).isBetween(expected - 2, expected + 2);
            });
  }

  @Test
  void metadataComesFirstOrLast() throws Exception {
    RestoreSpec spec = fixture.restore(folder);
    for (boolean last : new boolean[] {false, true}) {
      List<Long> records = new ArrayList<>();
      fixture.cluster.putUdf("half.lua", "return 0\n".getBytes());
      target().clear();
      WorkException thrown = fails(spec.withMetadataLast(last));
      records.add(target().count());
      assertThat(thrown.code()).isEqualTo(ErrorCode.METADATA_CONFLICT);
      assertThat(records).containsExactly(last ? (long) RECORDS : 0L);
    }
    assertThat(
            restore(spec.withMetadataLast(true).withReplaceMetadata(true))
                .metadata()
                .udfsReplaced())
        .isEqualTo(1);
  }

  @Test
  void theTargetMustBeWhatItWasAskedToBe() throws Exception {
    RestoreSpec spec = fixture.restore(folder);
    target().put(NewRecord.of("s", 1L).bin("n", 1));
    WorkException thrown = fails(spec.withTarget(new TargetRules("prod", true)));
    assertThat(thrown.code()).isEqualTo(ErrorCode.TARGET);
    assertThat(thrown).hasMessageContaining("'prod'").hasMessageContaining("holds records already");
    assertThat(target().count()).isEqualTo(1);
    target().clear();
    restore(spec.withTarget(new TargetRules("", true)));
    assertThat(target().count()).isEqualTo(RECORDS);
  }

  @Test
  void recordsThatExpireNeedATargetThatTakesThem() throws Exception {
    target().options(NamespaceOptions.DEFAULT.withNsupPeriod(0));
    WorkException thrown = fails(fixture.restore(folder));
    assertThat(thrown.code()).isEqualTo(ErrorCode.TARGET);
    assertThat(thrown).hasMessageContaining("nsup-period");
    assertThat(target().count()).isZero();
    target().options(NamespaceOptions.DEFAULT.withNsupPeriod(0).withAllowTtlWithoutNsup(true));
    restore(fixture.restore(folder));
    fixture.targetEqualsSource();
  }

  @Test
  void whatIsThereIsToldBeforeTheFirstWrite() throws Exception {
    target().put(NewRecord.of("s", 1L).bin("n", 1));
    List<String> news = new ArrayList<>();
    List<Long> then = new ArrayList<>();
    RestorePipeline.start(
            fixture.restore(folder),
            Fixture.direct(),
            line -> {
              news.add(line);
              then.add(target().count());
            })
        .await();
    assertThat(news).singleElement().asString().contains("namespace target with 1 records");
    assertThat(then).containsOnly(1L);
  }

  @Test
  void limitsHoldBackTheRecordsOfTheScope() throws Exception {
    RestoreSpec spec =
        fixture
            .restore(folder)
            .withScope(RestoreScope.everything().withSets(List.of("set1")))
            .withLimits(new Limits(1_000, 0));
    long start = System.nanoTime();
    RestoreReport report = restore(spec);
    long millis = (System.nanoTime() - start) / 1_000_000;
    // A lower bound is no matter of the machine's speed: 80 records at 1,000 a second.
    assertThat(millis).isGreaterThan(report.records().inserted() - 30);
    assertThat(report.records().inserted()).isEqualTo(target().count());
  }
}
