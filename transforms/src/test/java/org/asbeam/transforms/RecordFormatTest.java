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
import org.apache.beam.sdk.testing.TestPipeline;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.connectors.AerospikeIO;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.NewRecord;
import org.asbeam.embedded.StoredRecord;
import org.asbeam.storage.Store;
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
