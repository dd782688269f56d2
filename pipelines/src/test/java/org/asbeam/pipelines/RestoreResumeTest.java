package org.asbeam.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.asbeam.embedded.Fault;
import org.asbeam.embedded.NewRecord;
import org.asbeam.storage.Compression;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.RestoreScope;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.WorkException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore that did not end goes on where it was. */
class RestoreResumeTest {
  private static final int RECORDS = 600;
  private static final int DEVICE_OVERLOAD = 18;

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

  private RestoreSpec spec() {
    RestoreSpec spec = fixture.restore(folder).withSlots(1);
    return spec.withWriting(spec.writing().withStallTimeout(Duration.ofMillis(300)));
  }

  private static RestoreReport restore(RestoreSpec spec) throws Exception {
    RestoreReport report = RestorePipeline.start(spec, Fixture.direct()).await();
    assertThat(report.records().addsUp()).isTrue();
    return report;
  }

  private static WorkException fails(RestoreSpec spec) {
    return catchThrowableOfType(WorkException.class, () -> restore(spec));
  }

  /** Ends a restore in its middle. */
  private WorkException breakOff(RestoreSpec spec) {
    fixture.cluster.inject(
        Fault.on(Fault.Target.WRITE)
            .namespace(Fixture.TARGET)
            .skip(RECORDS / 2)
            .always()
            .resultCode(13));
    WorkException thrown = fails(spec);
    fixture.cluster.clearFaults();
    return thrown;
  }

  private List<Path> journals(Path directory) throws IOException {
    Path restores = directory.resolve(".asbeam/restores");
    if (!Files.exists(restores)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(restores)) {
      return entries.toList();
    }
  }

  @Test
  void goesOnWithWhatIsNotDone() throws Exception {
    WorkException thrown = breakOff(spec());
    assertThat(thrown.hint()).contains("--resume");
    assertThat(journals(folder)).hasSize(1);

    RestoreReport report = restore(spec().withSlots(4).withResume(true));
    assertThat(report.resumed()).isPositive().isLessThan(report.slices());
    assertThat(report.again()).isTrue();
    assertThat(report.records().read()).isEqualTo(RECORDS);
    assertThat(report.records().notRestored()).isZero();
    fixture.targetEqualsSource();
    assertThat(journals(folder)).isEmpty();
    assertThat(Fixture.verify(folder).findings()).isEmpty();
    assertThat(fails(spec().withResume(true)).code()).isEqualTo(ErrorCode.NO_BACKUP);
  }

  @Test
  void doneSlicesAreNotWrittenAgain() throws Exception {
    breakOff(spec());
    fixture.cluster.namespace(Fixture.TARGET).clear();
    RestoreReport report = restore(spec().withResume(true));
    // What the first run had done is not there any more, and is not missed: but it is said.
    assertThat(fixture.cluster.namespace(Fixture.TARGET).count()).isLessThan(RECORDS);
    assertThat(report.warnings()).anySatisfy(line -> assertThat(line).contains("holds 0 records"));
  }

  @Test
  void anotherRestoreIsRefused() throws Exception {
    breakOff(spec());
    RestoreSpec resumed = spec().withResume(true);
    long before = fixture.cluster.namespace(Fixture.TARGET).count();
    assertThat(fails(resumed.withScope(RestoreScope.everything().withSets(List.of("set1")))).code())
        .isEqualTo(ErrorCode.USAGE);
    assertThat(fails(resumed.withTargetNamespace(Fixture.SOURCE)))
        .hasMessageContaining("target namespace");
    Path changed = temp.resolve("changed");
    fixture.cluster.namespace(Fixture.SOURCE).put(NewRecord.of("late", 1L).bin("n", 1));
    BackupPipeline.start(fixture.backup(changed, Compression.NONE, 2), false, Fixture.direct())
        .await();
    RestoreSpec elsewhere =
        resumed.withInput(resumed.input().withDirectories(List.of(changed.toString())));
    assertThat(fails(elsewhere.withStateDirectory(folder.toString())))
        .hasMessageContaining("the input was");
    assertThat(fixture.cluster.namespace(Fixture.TARGET).count()).isEqualTo(before);
  }

  @Test
  void aStallEndsResumable() throws Exception {
    fixture.cluster.inject(
        Fault.on(Fault.Target.WRITE)
            .namespace(Fixture.TARGET)
            .skip(RECORDS / 2)
            .always()
            .resultCode(DEVICE_OVERLOAD));
    WorkException thrown = fails(spec());
    fixture.cluster.clearFaults();
    assertThat(thrown.code()).isEqualTo(ErrorCode.CLUSTER);
    assertThat(thrown.hint()).contains("--resume");
    assertThat(restore(spec().withResume(true)).resumed()).isPositive();
    fixture.targetEqualsSource();
  }

  @Test
  void aFolderThatCanNotBeWrittenGetsItsJournalElsewhereOrNone() throws Exception {
    // A file in the way stands for a folder without the right to write: tests may run as root.
    Files.writeString(folder.resolve(".asbeam/restores"), "in the way");
    RestoreReport report = restore(spec());
    assertThat(report.warnings()).anySatisfy(line -> assertThat(line).contains("can't be resumed"));

    Path state = temp.resolve("state");
    breakOff(spec().withStateDirectory(state.toString()));
    assertThat(journals(state)).hasSize(1);
    RestoreReport resumed = restore(spec().withStateDirectory(state.toString()).withResume(true));
    assertThat(resumed.records().read()).isEqualTo(RECORDS);
    assertThat(journals(state)).isEmpty();
    fixture.targetEqualsSource();
  }

  @Test
  void beginningAgainSaysThatItCouldHaveGoneOn() throws Exception {
    breakOff(spec());
    RestoreReport report = restore(spec());
    assertThat(report.warnings()).anySatisfy(line -> assertThat(line).contains("--resume"));
    assertThat(report.resumed()).isZero();
    assertThat(journals(folder)).isEmpty();
  }
}
