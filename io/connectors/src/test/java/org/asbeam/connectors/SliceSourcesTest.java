package org.asbeam.connectors;

import static org.apache.beam.sdk.testing.SourceTestUtils.assertSourcesEqualReferenceSource;
import static org.apache.beam.sdk.testing.SourceTestUtils.assertSplitAtFractionExhaustive;
import static org.apache.beam.sdk.testing.SourceTestUtils.assertSplitAtFractionFails;
import static org.apache.beam.sdk.testing.SourceTestUtils.assertSplitAtFractionSucceedsAndConsistent;
import static org.apache.beam.sdk.testing.SourceTestUtils.assertUnstartedReaderReadsSameAsItsSource;
import static org.apache.beam.sdk.testing.SourceTestUtils.readFromSource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.io.OffsetBasedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.util.SerializableUtils;
import org.asbeam.format.PartitionSet;
import org.asbeam.storage.LocalStore;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.journal.BackupContents;
import org.asbeam.storage.journal.FileSlice;
import org.asbeam.storage.journal.Journal;
import org.asbeam.storage.journal.Json;
import org.asbeam.storage.journal.PartitionSlice;
import org.asbeam.storage.journal.Plan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SliceSourcesTest {
  private static final PipelineOptions OPTIONS = PipelineOptionsFactory.create();

  @TempDir Path folder;

  private static PartitionSource partitions(int slices) {
    return PartitionSource.ofPartitions(PartitionSet.parse("3,7-90,4000-4095"), slices);
  }

  private FileSource files(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Files.writeString(folder.resolve("test_" + i + ".asb"), "Version 3.1\n# namespace test\n");
    }
    try (Store store = new LocalStore(folder)) {
      BackupContents contents = BackupContents.of(store);
      return FileSource.ofFolder(
          folder.toString(), 2, contents.edition(), contents.slices(2).size(), StoreAccess.DEFAULT);
    }
  }

  /** What every source of slices must do, however many slices it has at a time. */
  private static <S> void isGood(OffsetBasedSource<S> source, int slices, int slicesPerSource)
      throws Exception {
    SerializableUtils.ensureSerializable(source);
    source.validate();
    assertThat(readFromSource(source, OPTIONS)).hasSize(slices);
    List<? extends BoundedSource<S>> parts = source.split(0, OPTIONS);
    assertThat(parts).hasSize((slices + slicesPerSource - 1) / slicesPerSource);
    assertSourcesEqualReferenceSource(source, parts, OPTIONS);
    assertSourcesEqualReferenceSource(source, source.split(1L << 60, OPTIONS), OPTIONS);

    List<BoundedSource<S>> twice = new ArrayList<>();
    for (BoundedSource<S> part : parts) {
      twice.addAll(part.split(0, OPTIONS));
    }
    assertThat(twice).hasSameSizeAs(parts);
    assertSourcesEqualReferenceSource(source, twice, OPTIONS);

    long bytes = 0;
    for (BoundedSource<S> part : parts) {
      bytes += part.getEstimatedSizeBytes(OPTIONS);
      assertUnstartedReaderReadsSameAsItsSource(part.createReader(OPTIONS), OPTIONS);
    }
    assertThat(bytes).isEqualTo(source.getEstimatedSizeBytes(OPTIONS)).isPositive();
    assertSplitAtFractionExhaustive(source, OPTIONS);
  }

  @Test
  void partitionsWithOneSlicePerSource() throws Exception {
    isGood(partitions(9), 9, 1);
  }

  @Test
  void partitionsWithSeveralSlicesPerSource() throws Exception {
    isGood(partitions(9).withSlicesPerSource(4), 9, 4);
    isGood(partitions(9).withSlicesPerSource(100), 9, 100);
  }

  @Test
  void filesWithOneAndSeveralSlicesPerSource() throws Exception {
    FileSource source = files(7);
    isGood(source, 7, 1);
    isGood(source.withSlicesPerSource(3), 7, 3);
  }

  @Test
  void aSourceThatIsReadGivesAwayWhatItHasNotBegun() throws Exception {
    PartitionSource source = partitions(8).withSlicesPerSource(8);

    assertSplitAtFractionSucceedsAndConsistent(source, 2, 0.5, OPTIONS);
    assertSplitAtFractionFails(source, 5, 0.5, OPTIONS);
    assertSplitAtFractionFails(partitions(1), 1, 0.5, OPTIONS);
  }

  @Test
  void aPrimaryThatWasSplitWhileReadDoesNotSplitIntoEverythingAgain() throws Exception {
    PartitionSource source = partitions(8).withSlicesPerSource(8);
    try (BoundedSource.BoundedReader<PartitionSlice> reader = source.createReader(OPTIONS)) {
      assertThat(reader.start()).isTrue();
      BoundedSource<PartitionSlice> residual = reader.splitAtFraction(0.5);
      assertThat(readFromSource(residual, OPTIONS))
          .extracting(PartitionSlice::number)
          .containsExactly(4, 5, 6, 7);
      assertThat(readFromSource(reader.getCurrentSource(), OPTIONS))
          .extracting(PartitionSlice::number)
          .containsExactly(0, 1, 2, 3);
      assertThat(reader.getCurrentSource().split(0, OPTIONS)).hasSize(1);
    }
  }

  @Test
  void aReaderHasNothingBeforeItIsStarted() throws Exception {
    try (BoundedSource.BoundedReader<PartitionSlice> reader = partitions(2).createReader(OPTIONS)) {
      assertThatThrownBy(reader::getCurrent).isInstanceOf(NoSuchElementException.class);
      assertThat(reader.getFractionConsumed()).isZero();
    }
  }

  @Test
  void aReaderSaysHowFarItIs() throws Exception {
    PartitionSource source = partitions(8).withSlicesPerSource(8);
    try (BoundedSource.BoundedReader<PartitionSlice> reader = source.createReader(OPTIONS)) {
      isAt(reader, 0, 0, 8);
      assertThat(reader.start()).isTrue();
      isAt(reader, 0, 0, 8);
      assertThat(reader.advance()).isTrue();
      assertThat(reader.advance()).isTrue();
      isAt(reader, 0.25, 2, 6);

      // Half of the rest is given away: what is left is less, and more of it is done.
      assertThat(reader.splitAtFraction(0.625)).isNotNull();
      isAt(reader, 0.4, 2, 3);
      assertThat(reader.advance()).isTrue();
      assertThat(reader.advance()).isTrue();
      isAt(reader, 0.8, 4, 1);
      assertThat(reader.advance()).isFalse();
      isAt(reader, 1, 5, 0);
    }
  }

  private static void isAt(
      BoundedSource.BoundedReader<?> reader, double fraction, long consumed, long remaining) {
    assertThat(reader.getFractionConsumed()).isEqualTo(fraction);
    assertThat(reader.getSplitPointsConsumed()).isEqualTo(consumed);
    assertThat(reader.getSplitPointsRemaining()).isEqualTo(remaining);
  }

  @Test
  void aSourceInTheMiddleOfAPlanCountsItsOwnSlices() throws Exception {
    BoundedSource<PartitionSlice> second =
        partitions(9).withSlicesPerSource(4).split(0, OPTIONS).get(1);
    try (BoundedSource.BoundedReader<PartitionSlice> reader = second.createReader(OPTIONS)) {
      isAt(reader, 0, 0, 4);
      reader.start();
      reader.advance();
      isAt(reader, 0.25, 1, 3);
    }
  }

  @Test
  void everyPartitionIsInExactlyOneSlice() throws Exception {
    for (int slices : new int[] {1, 2, 64, 181, 5000}) {
      List<Integer> ids = new ArrayList<>();
      for (PartitionSlice slice : readFromSource(partitions(slices), OPTIONS)) {
        assertThat(slice.partitions().isEmpty()).isFalse();
        slice.partitions().forEach(ids::add);
      }
      assertThat(ids)
          .doesNotHaveDuplicates()
          .hasSize(181)
          .allMatch(id -> PartitionSet.parse("3,7-90,4000-4095").contains(id));
    }
    assertThat(readFromSource(PartitionSource.ofPartitions(PartitionSet.none(), 4), OPTIONS))
        .hasSize(1);
  }

  @Test
  void theSlicesOfARunAreThoseOfItsPlan() throws Exception {
    List<PartitionSlice> slices =
        readFromSource(PartitionSource.ofPartitions(PartitionSet.all(), 5), OPTIONS);
    plan("run-1", slices);

    isGood(PartitionSource.ofRun(folder.toString(), "run-1", 5, StoreAccess.DEFAULT), 5, 1);
    assertThat(
            readFromSource(
                PartitionSource.ofRun(folder.toString(), "run-1", 5, StoreAccess.DEFAULT), OPTIONS))
        .isEqualTo(slices);
  }

  @Test
  void splittingTouchesNoFolder() throws Exception {
    PartitionSource source =
        PartitionSource.ofRun("/nowhere/at/all", "run", 3, StoreAccess.DEFAULT);

    assertThat(source.split(0, OPTIONS)).hasSize(3);
    assertThat(source.getEstimatedSizeBytes(OPTIONS)).isPositive();
  }

  @Test
  void aPlanOfAnotherSizeIsRefused() throws Exception {
    plan("run-2", readFromSource(PartitionSource.ofPartitions(PartitionSet.all(), 5), OPTIONS));

    for (int size : new int[] {4, 6}) {
      PartitionSource source =
          PartitionSource.ofRun(folder.toString(), "run-2", size, StoreAccess.DEFAULT);
      assertThatThrownBy(() -> readFromSource(source, OPTIONS))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("5 slices")
          .hasMessageContaining("launched for " + size);
    }
  }

  @Test
  void aFolderThatChangedSinceTheLaunchIsRefused() throws Exception {
    FileSource source = files(3);
    Files.writeString(folder.resolve("one-more.asb"), "Version 3.1\n");

    assertThatThrownBy(() -> readFromSource(source, OPTIONS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("changed since the job was launched");
  }

  @Test
  void filesAreReadInTheOrderOfTheFolder() throws Exception {
    assertThat(readFromSource(files(3), OPTIONS))
        .extracting(FileSlice::file)
        .containsExactly("test_0.asb", "test_1.asb", "test_2.asb");
  }

  @Test
  void aSourceNeedsASliceAndASlot() {
    assertThatThrownBy(() -> partitions(3).withSlicesPerSource(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FileSource.ofFolder("f", 0, "e", 1, StoreAccess.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void plan(String runId, List<PartitionSlice> slices) throws IOException {
    try (Store store = new LocalStore(folder)) {
      new Journal(store, runId)
          .writePlan(
              new Plan(
                  Plan.FORMAT_VERSION,
                  runId,
                  Instant.EPOCH,
                  "test",
                  Json.toTree(List.of("spec")),
                  slices));
    }
  }

  /** The most likely mistake with a first cluster: a folder on each machine's own disk. */
  @Test
  void aFolderThatThisWorkerDoesNotShareIsNamed() throws Exception {
    try (var reader =
        PartitionSource.ofRun(folder.toString(), "run-1", 3, StoreAccess.DEFAULT)
            .createReader(OPTIONS)) {
      assertThatThrownBy(reader::start)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("run-1")
          .hasMessageContaining("all workers reach");
    }
  }
}
