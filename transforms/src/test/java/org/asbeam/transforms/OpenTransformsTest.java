package org.asbeam.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.PCollection;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.connectors.AerospikeIO;
import org.asbeam.connectors.AerospikeRecord;
import org.asbeam.connectors.AsbBlock;
import org.asbeam.connectors.AsbBlockCoder;
import org.asbeam.connectors.AsbFileSpec;
import org.asbeam.connectors.AsbFiles;
import org.asbeam.connectors.AsbIO;
import org.asbeam.connectors.Particle;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.NewRecord;
import org.asbeam.format.ParticleType;
import org.asbeam.format.RecordView;
import org.asbeam.storage.BackupFileReader;
import org.asbeam.storage.BlockIndex;
import org.asbeam.storage.BlockIndexes;
import org.asbeam.storage.Compression;
import org.asbeam.storage.LocalStore;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoredFile;
import org.asbeam.storage.crypto.FileEncryption;
import org.asbeam.storage.journal.BackupFolder;
import org.asbeam.storage.journal.FileReceipt;
import org.joda.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The open transforms, alone and as a backup that a person puts together. */
class OpenTransformsTest {
  private static final int COUNT = 800;

  private static EmbeddedCluster cluster;
  private static List<AerospikeRecord> records;

  @TempDir Path folder;

  private final TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);

  @BeforeAll
  static void start() {
    cluster = EmbeddedCluster.builder().nodes(2).namespace("test").start();
    for (int i = 0; i < COUNT; i++) {
      cluster
          .namespace("test")
          .put(
              NewRecord.of(i % 3 == 0 ? "" : "set " + i % 3, i % 2 == 0 ? (Object) i : "k\n" + i)
                  .generation(1 + i)
                  .bin("i", i)
                  .bin("d", i / 3.0)
                  .bin("s p", "\u4e16 \\ \n" + i)
                  .bin("b", new byte[] {(byte) i, 0, 10}));
    }
    records = new ArrayList<>();
    cluster
        .namespace("test")
        .forEach(
            stored -> {
              byte[] row = stored.row();
              records.add(AerospikeRecord.copyOf(new RecordView().wrap(row, 0, row.length)));
            });
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private PCollection<AerospikeRecord> scanned() {
    return pipeline.apply(
        AerospikeIO.read()
            .withConnection(ConnectionSpec.of(cluster.seeds()))
            .withNamespace("test")
            .withSlices(4));
  }

  private static void areThese(
      PCollection<AerospikeRecord> actual, List<AerospikeRecord> expected) {
    HashMap<String, Integer> counts = counts(expected);
    PAssert.that(actual)
        .satisfies(
            found -> {
              assertThat(counts(found)).isEqualTo(counts);
              return null;
            });
  }

  private static HashMap<String, Integer> counts(Iterable<AerospikeRecord> found) {
    HashMap<String, Integer> counts = new HashMap<>();
    for (AerospikeRecord record : found) {
      RecordView view = record.view();
      counts.merge(HexFormat.of().formatHex(view.buffer(), 0, view.skipToEnd()), 1, Integer::sum);
    }
    return counts;
  }

  @Test
  void aBackupFromTheOpenTransformsHoldsTheClustersRecords() throws IOException {
    PCollection<FileReceipt> files =
        scanned()
            .apply("Encode", EncodeAsb.of("test").withBlockBytes(4000))
            .apply(
                "Write",
                WriteAsbFiles.to(folder.toString())
                    .withFilePrefix("open")
                    .withFileLimit(10_000)
                    .withCompression(Compression.ZSTD));
    PAssert.that(files)
        .satisfies(
            receipts -> {
              List<FileReceipt> all = StreamSupport.stream(receipts.spliterator(), false).toList();
              assertThat(all).allMatch(file -> file.name().startsWith("open_"));
              assertThat(all.stream().mapToLong(FileReceipt::records).sum()).isEqualTo(COUNT);
              return null;
            });
    pipeline.run();

    TestPipeline restore = TestPipeline.create().enableAbandonedNodeEnforcement(false);
    areThese(restore.apply(AsbIO.read().from(folder.toString())), records);
    restore.run();
    everyBlockHasItsRecords();
  }

  /** The index beside a file is that of its blocks: each can be read alone. */
  private void everyBlockHasItsRecords() throws IOException {
    try (Store store = new LocalStore(folder)) {
      for (StoredFile file : new BackupFolder(store).backupFiles()) {
        BlockIndex index = BlockIndexes.read(store, file.name()).orElseThrow();
        for (int i = 0; i < index.blocks().size(); i++) {
          byte[] text;
          try (InputStream in = new BackupFileReader(store).text(index, i, 1)) {
            text = in.readAllBytes();
          }
          String decoded = new String(text, StandardCharsets.ISO_8859_1);
          assertThat(decoded).startsWith(i == 0 ? "Version 3.1\n# namespace test\n" : "+ ");
          int header = i == 0 ? "Version 3.1\n# namespace test\n".length() : 0;
          AsbBlock block = AsbBlock.parse("test", Arrays.copyOfRange(text, header, text.length));
          assertThat(block.contents()).isEqualTo(index.blocks().get(i).contents());
        }
      }
    }
  }

  @Test
  void whatIsEncodedIsDecoded() {
    for (boolean compact : new boolean[] {false, true}) {
      TestPipeline roundTrip = TestPipeline.create().enableAbandonedNodeEnforcement(false);
      PCollection<AsbBlock> blocks =
          roundTrip
              .apply(Create.of(records))
              .apply(EncodeAsb.of("test").withCompact(compact).withBlockBytes(2000));
      PAssert.that(blocks)
          .satisfies(
              some -> {
                long total = 0;
                for (AsbBlock block : some) {
                  assertThat(block.namespace()).isEqualTo("test");
                  assertThat(block.textLength()).isLessThan(2400);
                  total += block.contents().records();
                }
                assertThat(total).isEqualTo(COUNT);
                return null;
              });
      areThese(blocks.apply(DecodeAsb.create()), records);
      roundTrip.run();
    }
  }

  @Test
  void whatIsDoneTwiceGivesTheSameTwice() throws IOException {
    AsbBlock block = AsbBlock.parse("test", record("a", "5"));
    PCollection<AsbBlock> twice =
        pipeline.apply(Create.of(block, block).withCoder(AsbBlockCoder.of()));
    PCollection<AerospikeRecord> decoded = twice.apply(DecodeAsb.create());
    AerospikeRecord expected =
        AerospikeRecord.builder("s", Particle.of("a"))
            .namespace("test")
            .bin("v", Particle.of(5))
            .build();
    areThese(decoded, List.of(expected, expected));
    PAssert.that(decoded.apply(EncodeAsb.of("test")))
        .satisfies(
            blocks -> {
              long total = 0;
              for (AsbBlock some : blocks) {
                total += some.contents().records();
              }
              assertThat(total).isEqualTo(2);
              return null;
            });
    twice.apply(WriteAsbFiles.to(folder.toString()));
    pipeline.run();

    TestPipeline second = TestPipeline.create().enableAbandonedNodeEnforcement(false);
    areThese(second.apply(AsbIO.read().from(folder.toString())), List.of(expected, expected));
    second.run();
  }

  @Test
  void aRecordThatCannotBeSpelledFailsTheJobAndIsNamed() {
    AerospikeRecord strange =
        AerospikeRecord.builder("s", Particle.of("k"))
            .bin("odd", new Particle(ParticleType.VECTOR, new byte[] {1}))
            .build();
    pipeline.apply(Create.of(strange)).apply(EncodeAsb.of("test"));

    assertThatThrownBy(pipeline::run)
        .hasStackTraceContaining(HexFormat.of().formatHex(strange.digest()))
        .hasStackTraceContaining("bin 'odd', particle type 16");
  }

  @Test
  void blocksOfTwoNamespacesAreNotMixed() throws IOException {
    AsbFileSpec spec = AsbFileSpec.of(folder.toString());
    try (Store store = AsbFiles.openFolder(spec);
        AsbFiles files = new AsbFiles(store, spec, FileEncryption.NONE, 0)) {
      files.write(AsbBlock.parse("test", record("a", "5")));
      AsbBlock other = AsbBlock.parse("other", record("a", "5"));

      assertThatThrownBy(() -> files.write(other))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("'other' can't be written beside those of 'test'");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void damagedOrForeignTextIsNoBlock() {
    assertThatThrownBy(
            () -> AsbBlock.parse("test", "+ k S 1 a\n".getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () -> AsbBlock.parse("test", "* u L a.lua 1 x\n".getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a block holds records only");
  }

  @Test
  void whatIsWrongIsSaidWhenThePipelineIsBuilt() {
    PCollection<AerospikeRecord> some = pipeline.apply("1", Create.of(records.subList(0, 1)));
    assertThatThrownBy(() -> some.apply("2", EncodeAsb.of("")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> some.apply("3", EncodeAsb.of("test").withBlockBytes(0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                some.apply("4", Window.into(FixedWindows.of(Duration.standardMinutes(1))))
                    .apply("5", EncodeAsb.of("test")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("EncodeAsb needs a bounded collection in the global window");
    assertThatThrownBy(() -> WriteAsbFiles.to("f").withFilePrefix("metadata_"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> WriteAsbFiles.to("")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void stepNamesAreStable() {
    scanned()
        .apply("Encode", EncodeAsb.of("test"))
        .apply("Decode", DecodeAsb.create())
        .apply("Encode again", EncodeAsb.of("test"))
        .apply("Write", WriteAsbFiles.to("f"));
    List<String> names = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            names.add(node.getFullName());
          }
        });

    assertThat(names)
        .anyMatch(name -> name.startsWith("AerospikeIO.Read/Read slices/"))
        .contains("AerospikeIO.Read/Scan slices/ParMultiDo(ScanSlice)")
        .contains("Encode/Encode records/ParMultiDo(Encode)")
        .contains("Decode/Decode blocks/ParMultiDo(Decode)")
        .contains("Write/Write blocks/ParMultiDo(WriteBlocks)");
  }

  @Test
  void theyShowAndShipWhatTheyAre() {
    assertThat(DisplayData.from(EncodeAsb.of("test").withCompact(true)).asMap().values())
        .extracting(item -> item.getKey() + "=" + item.getValue())
        .contains("namespace=test", "compact=true", "blockBytes=4194304");
    assertThat(DisplayData.from(WriteAsbFiles.to("f").withFileLimit(5)).asMap().values())
        .extracting(item -> item.getKey() + "=" + item.getValue())
        .contains("directory=f", "fileLimit=5", "compression=none");
    SerializableUtils.ensureSerializable(EncodeAsb.of("test"));
    SerializableUtils.ensureSerializable(DecodeAsb.create());
    SerializableUtils.ensureSerializable(WriteAsbFiles.to("f"));
  }

  private static byte[] record(String key, String value) {
    AerospikeRecord named = AerospikeRecord.builder("s", Particle.of(key)).build();
    String digest = Base64.getEncoder().encodeToString(named.digest());
    return ("+ k S "
            + key.length()
            + " "
            + key
            + "\n+ n test\n+ d "
            + digest
            + "\n+ s s\n+ g 1\n+ t 0\n+ b 1\n- I v "
            + value
            + "\n")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
