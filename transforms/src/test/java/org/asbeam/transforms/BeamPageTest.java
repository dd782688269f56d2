package org.asbeam.transforms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.NewRecord;
import org.asbeam.embedded.StoredRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the page of the connectors to the truth: its examples run, one after the other. */
class BeamPageTest {
  private static final Path PAGE = Path.of("..", "docs", "beam.md");
  private static final int USERS = 40;

  @TempDir Path temp;

  @Test
  void theExamplesDoWhatThePageSays() throws Exception {
    PageExamples examples = PageExamples.of(PAGE);
    assertThat(examples.blocks()).hasSize(7);
    try (EmbeddedCluster first = EmbeddedCluster.builder().namespace("test").start();
        EmbeddedCluster second = EmbeddedCluster.builder().namespace("masked").start()) {
      fill(first);
      examples.run(
          temp,
          "",
          example ->
              example
                  .replace("db1.example.com:3000", first.seeds())
                  .replace("db2.example.com:3000", second.seeds())
                  .replace("/backups/", temp + "/backups/")
                  .replace("/exports/", temp + "/exports/"));

      assertThat(lines("exports", "records-by-set"))
          .containsExactlyInAnyOrder("users," + USERS, "orders,3", ",1");
      assertThat(parquet())
          .hasSize(USERS)
          .containsEntry("user 0", "age 20, email user0@example.com")
          .containsEntry("user 1", "age 21, email null");
      isMaskedCopy(first, second);
      assertThat(lines("exports", "copied")).containsExactly("copied");
      assertThat(lines("exports", "refused"))
          .singleElement()
          .asString()
          .endsWith("a row of set 'visitors' has no key");
      List<StoredRecord> visitors = records(first, "visitors");
      assertThat(visitors).hasSize(1);
      assertThat(visitors.get(0).voidTime()).isPositive();
      assertThat(lines("exports", "users-"))
          .filteredOn(line -> line.startsWith("{"))
          .hasSize(USERS)
          .contains("{\"id\":\"user 0\",\"email\":\"user0@example.com\"}");
    }
  }

  private static void fill(EmbeddedCluster cluster) {
    for (int i = 0; i < USERS; i++) {
      NewRecord user = NewRecord.of("users", "user " + i).bin("age", 20 + i);
      cluster
          .namespace("test")
          .put(i % 2 == 0 ? user.bin("email", "user" + i + "@example.com") : user);
    }
    for (int i = 0; i < 3; i++) {
      cluster.namespace("test").put(NewRecord.of("orders", (long) i).bin("total", 1.5));
    }
    cluster.namespace("test").put(NewRecord.of("", "alone").bin("x", 1));
  }

  /** All records are there with their keys and digests, and no address is. */
  private static void isMaskedCopy(EmbeddedCluster first, EmbeddedCluster second) {
    Map<String, String> expected = contents(first, "test");
    expected.replaceAll((digest, text) -> text.replaceAll("user\\d+@example.com", "(masked)"));
    assertThat(contents(second, "masked")).isEqualTo(expected).hasSize(USERS + 4);
    assertThat(expected.values()).anyMatch(text -> text.contains("(masked)"));
  }

  private static Map<String, String> contents(EmbeddedCluster cluster, String namespace) {
    Map<String, String> contents = new TreeMap<>();
    cluster
        .namespace(namespace)
        .forEach(
            record -> {
              // The rows that are written later on the page are no part of the copy.
              if (!record.set().equals("visitors")) {
                contents.put(
                    HexFormat.of().formatHex(record.digest()),
                    record.set()
                        + new TreeSet<>(
                            record.bins().stream()
                                .map(bin -> bin.name() + "=" + new String(bin.value(), UTF_8))
                                .toList()));
              }
            });
    return contents;
  }

  private static List<StoredRecord> records(EmbeddedCluster cluster, String set) {
    List<StoredRecord> records = new ArrayList<>();
    cluster
        .namespace("test")
        .forEach(
            record -> {
              if (record.set().equals(set)) {
                records.add(record);
              }
            });
    return records;
  }

  private List<Path> files(String folder, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve(folder))) {
      return files.filter(file -> file.getFileName().toString().startsWith(prefix)).toList();
    }
  }

  private List<String> lines(String folder, String prefix) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : files(folder, prefix)) {
      lines.addAll(Files.readAllLines(file));
    }
    return lines;
  }

  private Map<String, String> parquet() throws IOException {
    Map<String, String> users = new TreeMap<>();
    for (Path file : files("exports/users", "output")) {
      HadoopInputFile input =
          HadoopInputFile.fromPath(
              new org.apache.hadoop.fs.Path(file.toUri()), new Configuration());
      try (ParquetReader<GenericRecord> reader =
          AvroParquetReader.<GenericRecord>builder(input).build()) {
        for (GenericRecord user = reader.read(); user != null; user = reader.read()) {
          users.put(
              user.get("id").toString(), "age " + user.get("age") + ", email " + user.get("email"));
        }
      }
    }
    return users;
  }
}
