package org.asbeam.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.connectors.AerospikeIO;
import org.asbeam.connectors.AerospikeRecord;
import org.asbeam.connectors.AsbBlock;
import org.asbeam.connectors.AsbBlockCoder;
import org.asbeam.connectors.Particle;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.NewRecord;
import org.asbeam.embedded.StoredRecord;
import org.asbeam.storage.LocalStore;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreProvider;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.Stores;
import org.asbeam.storage.journal.BackupFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFormatTest {
  private static final int COUNT = 200;

  @TempDir Path folder;

  private static TestPipeline pipeline() {
    return TestPipeline.create().enableAbandonedNodeEnforcement(false);
  }

  private static Map<String, String> contents(EmbeddedCluster cluster, String namespace) {
    Map<String, String> all = new TreeMap<>();
    cluster
        .namespace(namespace)
        .forEach(
            record ->
                all.put(HexFormat.of().formatHex(record.digest()), record.set() + bins(record)));
    return all;
  }

  private static List<String> bins(StoredRecord record) {
    return record.bins().stream()
        .map(bin -> bin.name() + bin.type() + HexFormat.of().formatHex(bin.value()))
        .sorted()
        .toList();
  }

  private void export(EmbeddedCluster cluster) {
    TestPipeline export = pipeline();
    export
        .apply(
            AerospikeIO.read()
                .withConnection(ConnectionSpec.of(cluster.seeds()))
                .withNamespace("test")
                .withSlices(4))
        .apply(WriteRecordFiles.of(new JsonLines(), folder.toString()));
    export.run().waitUntilFinish();
  }

  @Test
  void recordsComeBackFromAFormOfOnesOwn() throws Exception {
    try (EmbeddedCluster cluster =
        EmbeddedCluster.builder().namespace("test").namespace("copy").start()) {
      for (int i = 0; i < COUNT; i++) {
        cluster
            .namespace("test")
            .put(
                NewRecord.of(i % 3 == 0 ? "" : "set " + i % 3, i % 2 == 0 ? (Object) i : "k" + i)
                    .bin("i", i)
                    .bin("s p", "\u4e16 \\ \n" + i)
                    .bin("b", new byte[] {(byte) i, 0, 10}));
      }
      export(cluster);
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .isNotEmpty()
            .allMatch(name -> name.matches("records_[0-9a-f-]{36}\\.jsonl"));
      }
      // No tool takes them for a backup.
      try (Store store = Stores.open(folder.toString())) {
        assertThat(new BackupFolder(store).state()).isEqualTo(BackupFolder.State.OTHER);
      }

      TestPipeline back = pipeline();
      back.apply(ReadRecordFiles.of(new JsonLines(), folder.toString()))
          .apply(
              AerospikeIO.write()
                  .withConnection(ConnectionSpec.of(cluster.seeds()))
                  .withNamespace("copy"));
      back.run().waitUntilFinish();
      assertThat(contents(cluster, "copy")).hasSize(COUNT).isEqualTo(contents(cluster, "test"));
    }
  }

  @Test
  void whatIsDoneTwiceIsThereTwice() {
    AerospikeRecord record =
        AerospikeRecord.builder("s", Particle.of("k")).bin("v", Particle.of(1)).build();
    for (int run = 0; run < 2; run++) {
      TestPipeline export = pipeline();
      PAssert.that(
              export
                  .apply(Create.of(record, record))
                  .apply(WriteRecordFiles.of(new JsonLines(), folder.toString())))
          .satisfies(
              files -> {
                assertThat(files).isNotEmpty().doesNotHaveDuplicates();
                return null;
              });
      export.run().waitUntilFinish();
    }

    TestPipeline back = pipeline();
    for (String step : List.of("once", "twice")) {
      PAssert.that(back.apply(step, ReadRecordFiles.of(new JsonLines(), folder.toString())))
          .containsInAnyOrder(record, record, record, record);
    }
    back.run().waitUntilFinish();
  }

  @Test
  void storesAreOpenedAsTheProgramSays() throws IOException {
    StoreAccess access = StoreAccess.of(StoreSettings.NONE.with("lent", "yes"));
    String directory = "picky:" + folder;
    AerospikeRecord record = AerospikeRecord.builder("s", Particle.of("k")).build();
    TestPipeline export = pipeline();
    export
        .apply(Create.of(record))
        .apply(WriteRecordFiles.of(new JsonLines(), directory).withStoreAccess(access));
    export
        .apply(
            "Blocks", Create.of(AsbBlock.parse("test", new byte[0])).withCoder(AsbBlockCoder.of()))
        .apply(WriteAsbFiles.to(directory).withStoreAccess(access));
    export.run().waitUntilFinish();

    TestPipeline back = pipeline();
    PAssert.that(back.apply(ReadRecordFiles.of(new JsonLines(), directory).withStoreAccess(access)))
        .containsInAnyOrder(record);
    back.run().waitUntilFinish();

    TestPipeline without = pipeline();
    without.apply(Create.of(record)).apply(WriteRecordFiles.of(new JsonLines(), directory));
    assertThatThrownBy(() -> without.run().waitUntilFinish()).hasStackTraceContaining("says no");
  }

  /** Opens local folders for who was told how. */
  public static final class PickyProvider implements StoreProvider {
    @Override
    public boolean handles(String location) {
      return location.startsWith("picky:");
    }

    @Override
    public Store open(String location, StoreAccess access) throws StoreException {
      if (access.settings().get("lent").isEmpty()) {
        throw new StoreException(StoreException.Kind.DENIED, location, "says no", null);
      }
      return new LocalStore(Path.of(location.substring("picky:".length())));
    }
  }

  @Test
  void aFileThatIsCutIsAnErrorOfTheForm() throws IOException {
    Files.write(folder.resolve("records_x.jsonl"), "".getBytes(StandardCharsets.UTF_8));
    TestPipeline back = pipeline();
    back.apply(ReadRecordFiles.of(new JsonLines(), folder.toString()));
    assertThatThrownBy(() -> back.run().waitUntilFinish()).hasMessageContaining("is cut");
  }

  @Test
  void aFolderWithoutSuchFilesIsAnError() {
    TestPipeline back = pipeline();
    back.apply(ReadRecordFiles.of(new JsonLines(), folder.toString()));
    assertThatThrownBy(() -> back.run().waitUntilFinish())
        .hasMessageContaining("holds no file that ends with .jsonl");
  }

  @Test
  void aFormCannotPassForABackup() {
    for (String ending : List.of("asb", "asbx", "", "A", "a.b", "a/b")) {
      RecordFormat format = ending(ending);
      assertThatThrownBy(() -> WriteRecordFiles.of(format, folder.toString()))
          .as(ending)
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> ReadRecordFiles.of(format, folder.toString()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static RecordFormat ending(String ending) {
    return new RecordFormat() {
      private static final long serialVersionUID = 1L;

      @Override
      public String ending() {
        return ending;
      }

      @Override
      public Encoder encoder(OutputStream out) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Decoder decoder(InputStream in, String file) {
        throw new UnsupportedOperationException();
      }
    };
  }
}
