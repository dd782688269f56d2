package org.asbeam.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.PCollection;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.storage.BlockIndexes;
import org.asbeam.storage.Compression;
import org.asbeam.storage.LocalStore;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.journal.BackupContents;
import org.asbeam.storage.journal.FileReceipt;
import org.asbeam.storage.journal.FileSlice;
import org.joda.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsbIOTest {
  private static EmbeddedCluster cluster;
  private static List<AerospikeRecord> records;

  @TempDir Path folder;

  private final TestPipeline pipeline = Records.pipeline();

  @BeforeAll
  static void start() {
    cluster = Records.cluster(1);
    Records.fill(cluster.namespace("test"), 600, 2);
    records = Records.of(cluster.namespace("test"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private AsbIO.Read read() {
    return AsbIO.read().from(folder.toString());
  }

  private AsbIO.Write write() {
    return AsbIO.write().withNamespace("test").to(folder.toString());
  }

  private void isRead(List<AerospikeRecord> expected) {
    TestPipeline reading = Records.pipeline();
    Records.areThese(reading.apply(read()), expected);
    reading.run();
  }

  private List<String> names(String folderName) throws IOException {
    Path listed = folder.resolve(folderName);
    if (!Files.exists(listed)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(listed)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private List<FileReceipt> written(PCollection<FileReceipt> files) throws IOException {
    PAssert.that(files.apply(Count.globally()))
        .satisfies(
            count -> {
              assertThat(count.iterator().next()).isPositive();
              return null;
            });
    pipeline.run();
    try (Store store = new LocalStore(folder)) {
      return BackupContents.of(store).files();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "zstd"})
  void whatIsWrittenIsRead(String compression) throws IOException {
    AsbFileSpec spec =
        AsbFileSpec.of(folder.toString()).withCompression(Compression.parse(compression));
    List<FileReceipt> files =
        written(pipeline.apply(Create.of(records)).apply(write().to(spec).withCompact(true)));

    assertThat(files)
        .allSatisfy(file -> assertThat(file.name()).matches("test_\\d+_1_[0-9a-f]{8}\\.asb"));
    isRead(records);
  }

  @Test
  void theResultNamesAllFiles() throws IOException {
    PCollection<FileReceipt> files = pipeline.apply(Create.of(records)).apply(write());
    String directory = folder.toString();
    PAssert.that(files)
        .satisfies(
            receipts -> {
              List<FileReceipt> all = StreamSupport.stream(receipts.spliterator(), false).toList();
              assertThat(all.stream().mapToLong(FileReceipt::records).sum()).isEqualTo(600);
              for (FileReceipt file : all) {
                assertThat(Path.of(directory, file.name())).hasSize(file.bytes());
                assertThat(Path.of(directory, BlockIndexes.nameOf(file.name()))).exists();
              }
              return null;
            });
    pipeline.run();
  }

  @Test
  void aFileThatReachesTheLimitIsFollowedByTheNext() throws Exception {
    AsbFileSpec spec = AsbFileSpec.of(folder.toString()).withFileLimit(20_000).withPrefix("part");
    WriteRecordFilesFn fn = new WriteRecordFilesFn("test", false, spec);
    List<AerospikeRecord> many = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      many.addAll(records);
    }
    List<FileReceipt> files = bundle(fn, many);
    fn.tearDown();

    assertThat(files).hasSizeGreaterThan(2);
    for (int i = 0; i < files.size(); i++) {
      assertThat(files.get(i).name()).matches("part_0_" + (i + 1) + "_[0-9a-f]{8}\\.asb");
      if (i < files.size() - 1) {
        assertThat(files.get(i).bytes()).isBetween(20_000L, 80_000L);
      }
    }
    isRead(many);
  }

  /** One bundle of a DoFn as a runner does it, set up afresh. */
  private static List<FileReceipt> bundle(WriteRecordFilesFn fn, List<AerospikeRecord> elements)
      throws Exception {
    fn.setUp();
    fn.startBundle();
    for (AerospikeRecord element : elements) {
      fn.process(element);
    }
    return Bundles.finish(fn, fn::finishBundle);
  }

  @Test
  void aBundleThatFailsLeavesNoFile() throws Exception {
    AsbFileSpec spec = AsbFileSpec.of(folder.toString()).withFileLimit(1);
    WriteRecordFilesFn fn = new WriteRecordFilesFn("test", false, spec);
    fn.setUp();
    fn.startBundle();
    for (int i = 0; i < 3; i++) {
      for (AerospikeRecord record : records) {
        fn.process(record);
      }
    }
    assertThat(names("")).hasSizeGreaterThan(1);

    // No end: another bundle, and then the next one's end.
    fn.startBundle();
    assertThat(names("")).isEmpty();
    assertThat(names(BlockIndexes.FOLDER)).isEmpty();
    fn.process(records.get(0));
    List<FileReceipt> files = Bundles.finish(fn, fn::finishBundle);
    assertThat(files).extracting(FileReceipt::records).containsExactly(1L);

    fn.startBundle();
    fn.process(records.get(1));
    fn.tearDown();
    fn.tearDown();
    assertThat(names("")).containsExactly(files.get(0).name());
    isRead(records.subList(0, 1));
  }

  @Test
  void aBundleThatIsDoneTwiceLeavesItsRecordsTwiceAndNamesItsFilesOnce() throws Exception {
    AsbFileSpec spec = AsbFileSpec.of(folder.toString());
    WriteRecordFilesFn fn = new WriteRecordFilesFn("test", false, spec);
    List<FileReceipt> first = bundle(fn, records.subList(0, 10));
    fn.startBundle();
    for (AerospikeRecord record : records.subList(0, 10)) {
      fn.process(record);
    }
    List<FileReceipt> second = Bundles.finish(fn, fn::finishBundle);
    fn.tearDown();

    assertThat(first).hasSize(1);
    assertThat(second).hasSize(1).doesNotContainAnyElementsOf(first);
    List<AerospikeRecord> twice = new ArrayList<>(records.subList(0, 10));
    twice.addAll(records.subList(0, 10));
    isRead(twice);
  }

  @Test
  void aRecordOfAnotherNamespaceFailsTheJob() {
    pipeline.apply(Create.of(records)).apply(write().withNamespace("other"));

    assertThatThrownBy(pipeline::run)
        .hasStackTraceContaining(
            "a record is of namespace 'test', but a backup of 'other' is written");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFinishedOrUnfinishedBackupIsNotSpoiled() throws IOException {
    FileReceipt file = BackupFolders.write(folder, records, 5000, Compression.NONE);
    BackupFolders.finish(folder, List.of(file), file.bytes());
    pipeline.apply(Create.of(records)).apply(write());
    assertThatThrownBy(pipeline::run).hasStackTraceContaining("holds a backup of asbeam");

    Files.writeString(folder.resolve("000_UNFINISHED.asb"), "UNFINISHED");
    TestPipeline second = Records.pipeline();
    second.apply(Create.of(records)).apply(write());
    assertThatThrownBy(second::run).hasStackTraceContaining("holds an unfinished backup");
    assertThat(names("")).hasSize(3);
  }

  @Test
  void aBackupWithAManifestIsReadByBlocks() throws IOException {
    FileReceipt file = BackupFolders.write(folder, records, 5000, Compression.ZSTD);
    assertThat(file.blocks()).isGreaterThan(8);
    // The manifest says how many slices it's worth; this one exaggerates.
    BackupFolders.finish(folder, List.of(file), 5L * (16 << 20));
    Files.writeString(folder.resolve("foreign.asb"), "no backup file, and not named");
    try (Store store = new LocalStore(folder)) {
      assertThat(BackupContents.of(store).slices(1)).hasSize(5);
    }

    Records.areThese(pipeline.apply(read().withSlots(1).withSlicesPerSource(2)), records);
    pipeline.run();
  }

  @Test
  void aFileWhoseIndexIsLostIsReadAsAWhole() throws IOException {
    FileReceipt file = BackupFolders.write(folder, records, 5000, Compression.NONE);
    BackupFolders.finish(folder, List.of(file), 5L * (16 << 20));
    Files.delete(folder.resolve(BlockIndexes.nameOf(file.name())));
    isRead(records);

    Files.writeString(folder.resolve(BlockIndexes.nameOf(file.name())), "damaged");
    isRead(records);
  }

  @Test
  void recordsThatAreMissingAreNoticed() throws IOException {
    FileReceipt file = BackupFolders.write(folder, records, 5000, Compression.NONE);
    BackupFolders.finish(folder, List.of(file), file.bytes());
    Files.delete(folder.resolve(BlockIndexes.nameOf(file.name())));
    Path path = folder.resolve(file.name());
    String text = Files.readString(path, StandardCharsets.ISO_8859_1);
    // Cut exactly between two records, which no decoder can notice: each ends with its list bin.
    int end = text.indexOf('\n', text.indexOf("\n- L list ", text.length() / 2) + 1) + 1;
    Files.writeString(path, text.substring(0, end), StandardCharsets.ISO_8859_1);

    pipeline.apply(read());
    assertThatThrownBy(pipeline::run)
        .hasStackTraceContaining(file.name())
        .hasStackTraceContaining("records were read, but 600 were written");
  }

  @Test
  void aByteThatChangedIsNoticedByTheIndex() throws IOException {
    FileReceipt file = BackupFolders.write(folder, records, 5000, Compression.NONE);
    Path path = folder.resolve(file.name());
    byte[] bytes = Files.readAllBytes(path);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("value 1");
    bytes[at + 6]++;
    Files.write(path, bytes);
    pipeline.apply(read());
    assertThatThrownBy(pipeline::run)
        .hasStackTraceContaining(path.toString())
        .hasStackTraceContaining("checksum");

    bytes[at + 6]--;
    Files.write(path, Arrays.copyOf(bytes, bytes.length + 1));
    TestPipeline second = Records.pipeline();
    second.apply(read());
    assertThatThrownBy(second::run).hasStackTraceContaining("has " + (file.bytes() + 1) + " bytes");
  }

  @Test
  void aFileThatIsGoneFailsTheJob() throws IOException {
    FileReceipt file = BackupFolders.write(folder, records, 5000, Compression.NONE);
    BackupFolders.finish(folder, List.of(file), file.bytes());
    Files.delete(folder.resolve(file.name()));
    pipeline.apply(read());

    assertThatThrownBy(pipeline::run).hasStackTraceContaining(file.name());
  }

  @Test
  void aSliceThatIsReadTwiceGivesTheSameRecordsTwice() throws IOException {
    FileReceipt file = BackupFolders.write(folder, records, 5000, Compression.NONE);
    FileSlice slice = new FileSlice(0, 0, file.name(), 0, 0, file.bytes());
    List<AerospikeRecord> twice = new ArrayList<>(records);
    twice.addAll(records);
    Coder<FileSlice> coder = JsonCoder.of(FileSlice.class);

    Records.areThese(
        pipeline
            .apply(Create.of(slice, slice).withCoder(coder))
            .apply(ParDo.of(new ReadFileSliceFn(folder.toString(), BackupAccess.DEFAULT)))
            .setCoder(AerospikeRecordCoder.of()),
        twice);
    pipeline.run();
  }

  @Test
  void theFoldersOfACollectionAreAllRead() throws Exception {
    FileReceipt file = BackupFolders.write(folder, records, 5000, Compression.ZSTD);
    BackupFolders.finish(folder, List.of(file), 5L * (16 << 20));
    Path golden = Path.of(AsbIOTest.class.getResource("/golden/absctl-plain").toURI());
    PCollection<AerospikeRecord> read =
        pipeline
            .apply(Create.of(folder.toString(), golden.toString()))
            .apply(AsbIO.readAll().withSlots(1));
    PAssert.thatSingleton(read.apply(Count.globally())).isEqualTo(600L + 2041L);
    Records.areThese(read.apply(Filter.by(record -> record.namespace().equals("test"))), records);
    pipeline.run();
  }

  @Test
  void aFolderThatIsCutOrReadTwiceGivesTheSameTwice() throws Exception {
    FileReceipt file = BackupFolders.write(folder, records, 5000, Compression.NONE);
    BackupFolders.finish(folder, List.of(file), 3L * (16 << 20));
    CutFoldersFn cut = new CutFoldersFn(1, StoreAccess.DEFAULT);
    List<FolderSlice> slices = new ArrayList<>();
    cut.process(folder.toString(), Bundles.collectInto(slices));
    List<FolderSlice> again = new ArrayList<>();
    cut.process(folder.toString(), Bundles.collectInto(again));
    assertThat(slices).hasSize(3).isEqualTo(again);

    ReadFolderSliceFn fn = new ReadFolderSliceFn(BackupAccess.DEFAULT);
    List<AerospikeRecord> once = new ArrayList<>();
    fn.process(slices.get(1), Bundles.collectInto(once));
    List<AerospikeRecord> twice = new ArrayList<>();
    fn.process(slices.get(1), Bundles.collectInto(twice));
    fn.tearDown();
    fn.tearDown();
    assertThat(once).isNotEmpty().isEqualTo(twice);
  }

  @Test
  void slicesOfAFolderThatHasChangedAreNotReadAndThoseOfWhatItIsNowAre() throws Exception {
    BackupFolders.write(folder, records, 5000, Compression.NONE);
    CutFoldersFn cut = new CutFoldersFn(1, StoreAccess.DEFAULT);
    List<FolderSlice> before = new ArrayList<>();
    cut.process(folder.toString(), Bundles.collectInto(before));
    ReadFolderSliceFn fn = new ReadFolderSliceFn(BackupAccess.DEFAULT);
    List<AerospikeRecord> read = new ArrayList<>();
    fn.process(before.get(0), Bundles.collectInto(read));
    assertThat(read).hasSize(600);

    BackupFolders.write(folder, records, 5000, Compression.NONE);
    List<FolderSlice> after = new ArrayList<>();
    cut.process(folder.toString(), Bundles.collectInto(after));
    for (FolderSlice slice : after) {
      fn.process(slice, Bundles.collectInto(read));
    }
    assertThat(read).hasSize(600 + 1200);
    assertThatThrownBy(() -> fn.process(before.get(0), Bundles.collectInto(read)))
        .isInstanceOf(IOException.class)
        .hasMessage(folder + ": the backup changed since the job looked at it");
    fn.tearDown();
  }

  @Test
  void aFolderOfACollectionThatIsNoBackupFailsTheJob() {
    pipeline.apply(Create.of(folder.toString())).apply(AsbIO.readAll());

    assertThatThrownBy(pipeline::run)
        .hasStackTraceContaining("there is no such folder, or it is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"absctl-plain", "c-zstd"})
  void otherToolsFoldersAreRead(String name) throws URISyntaxException {
    Path golden = Path.of(AsbIOTest.class.getResource("/golden/" + name).toURI());
    PCollection<AerospikeRecord> read = pipeline.apply(AsbIO.read().from(golden.toString()));
    // The data set of the golden files has this many.
    PAssert.thatSingleton(read.apply(Count.globally())).isEqualTo(2041L);
    pipeline.run();
  }

  @Test
  void bothToolsFilesHoldTheSameRecords() throws Exception {
    List<List<AerospikeRecord>> both = new ArrayList<>();
    for (String name : new String[] {"absctl-plain", "c-zstd"}) {
      Path golden = Path.of(AsbIOTest.class.getResource("/golden/" + name).toURI());
      ReadFileSliceFn fn = new ReadFileSliceFn(golden.toString(), BackupAccess.DEFAULT);
      fn.setUp();
      List<AerospikeRecord> read = new ArrayList<>();
      try (Store store = new LocalStore(golden)) {
        for (FileSlice slice : BackupContents.of(store).slices(1)) {
          fn.process(slice, Bundles.collectInto(read));
        }
      }
      fn.tearDown();
      both.add(read);
    }

    assertThat(known(both.get(0))).hasSize(2035).isEqualTo(known(both.get(1)));
  }

  /** absctl writes bins in any order, and blobs of client languages (there are 6) as nil. */
  private static Set<Map<String, Object>> known(List<AerospikeRecord> read) {
    return read.stream()
        .filter(record -> !record.set().equals("langblobs"))
        .map(Records::identity)
        .collect(Collectors.toSet());
  }

  @Test
  void whatIsWrongIsSaidWhenThePipelineIsBuilt() {
    assertThatThrownBy(() -> pipeline.apply("1", AsbIO.read()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("AsbIO.read() needs from()");
    assertThatThrownBy(() -> pipeline.apply("2", read()))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("there is no such folder, or it is empty");
    assertThatThrownBy(() -> AsbIO.readAll().withSlots(0))
        .isInstanceOf(IllegalArgumentException.class);
    PCollection<AerospikeRecord> some = pipeline.apply("3", Create.of(records));
    assertThatThrownBy(() -> some.apply("4", AsbIO.write().withNamespace("n")))
        .hasMessage("AsbIO.write() needs to()");
    assertThatThrownBy(() -> some.apply("5", AsbIO.write().to("f")))
        .hasMessage("AsbIO.write() needs withNamespace()");
    assertThatThrownBy(() -> some.apply("6", write().withNamespace("n".repeat(32))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                some.apply("7", Window.into(FixedWindows.of(Duration.standardMinutes(1))))
                    .apply("8", write()))
        .hasMessageContaining("AsbIO.write() needs a bounded collection in the global window");
    for (String prefix : new String[] {"metadata_x", "a/b", "\u00e9", " "}) {
      assertThatThrownBy(() -> AsbFileSpec.of("f").withPrefix(prefix))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> AsbFileSpec.of(" ")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AsbFileSpec.of("f").withFileLimit(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theyShowAndShipWhatTheyAre() {
    assertThat(DisplayData.from(write()).asMap().values())
        .extracting(item -> item.getKey() + "=" + item.getValue())
        .contains("namespace=test", "compression=none", "directory=" + folder);
    assertThat(DisplayData.from(read()).asMap().values())
        .extracting(item -> item.getKey() + "=" + item.getValue())
        .contains("directory=" + folder, "slots=4");
    assertThat(DisplayData.from(AsbIO.readAll().withSlots(9)).asMap().values())
        .extracting(item -> item.getKey() + "=" + item.getValue())
        .contains("slots=9");
    SerializableUtils.ensureSerializable(read());
    SerializableUtils.ensureSerializable(AsbIO.readAll());
    SerializableUtils.ensureSerializable(new CutFoldersFn(1, StoreAccess.DEFAULT));
    SerializableUtils.ensureSerializable(new ReadFolderSliceFn(BackupAccess.DEFAULT));
    SerializableUtils.ensureSerializable(write());
    SerializableUtils.ensureSerializable(new ReadFileSliceFn("f", BackupAccess.DEFAULT));
    SerializableUtils.ensureSerializable(new WriteBlocksFn(AsbFileSpec.of("f")));
    SerializableUtils.ensureSerializable(new WriteRecordFilesFn("n", true, AsbFileSpec.of("f")));
  }
}
