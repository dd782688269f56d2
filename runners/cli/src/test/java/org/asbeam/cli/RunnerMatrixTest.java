package org.asbeam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.pipelines.options.Options;
import org.asbeam.storage.testing.StoreKind;
import org.asbeam.storage.testing.StoreServer;
import org.asbeam.storage.testing.StoreServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The zoo by every runner into every kind of store and back, compared record by record. Each pair
 * of runner and store meets with one of the codecs; with {@code -Dasbeam.matrix=full} with all of
 * them. What was done is the table of docs/runners.md.
 */
@TestInstance(Lifecycle.PER_CLASS)
class RunnerMatrixTest {
  private static final Path PAGE = Path.of("../../docs/runners.md");
  private static final Path GOLDEN = Path.of("../../io/format/src/test/resources/golden");
  private static final Path KEY =
      Path.of("../../io/storage/src/test/resources/golden/keys/key-pkcs8.pem");

  private static final String KEY_FLAG = "--encryption-key-file key.pem";
  private static final List<String> RUNNERS =
      List.of("--runner direct", "--runner flink-local", "--runner flink --flink-master HOST:PORT");
  private static final List<String> PLACES = List.of("local", "s3", "gcs", "azure", "hdfs");
  private static final List<String> CODECS =
      List.of("", "--compress ZSTD --encrypt AES256 " + KEY_FLAG);

  @TempDir Path temp;

  private final List<String> rows = new ArrayList<>();
  private FlinkInProcess flink;
  private EmbeddedCluster cluster;
  private long records;
  private int folders;

  /** A run. */
  record Case(String runner, String place, String codec) {
    /** The flags that reading needs, too. */
    String key() {
      return codec.isEmpty() ? "" : KEY_FLAG;
    }
  }

  @BeforeAll
  void fill() throws Exception {
    flink = FlinkInProcess.start(2);
    cluster = EmbeddedCluster.builder().nodes(2).namespace("bar").namespace("copy").start();
    // The Go tools turn some particle types into others; the C tool spoils two of the indexes.
    String into = "restore -n bar -p " + cluster.port(0) + " -d ";
    records = run(into + GOLDEN.resolve("c-plain") + " --no-indexes").number("inserted");
    run(into + GOLDEN.resolve("absctl-plain") + " --no-records");
  }

  @AfterAll
  void stop() throws Exception {
    cluster.close();
    flink.close();
    if (rows.size() == RUNNERS.size() * PLACES.size()) {
      compareWithPage();
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    boolean full = "full".equals(System.getProperty("asbeam.matrix"));
    for (int place = 0; place < PLACES.size(); place++) {
      for (int runner = 0; runner < RUNNERS.size(); runner++) {
        for (int codec = 0; codec < CODECS.size(); codec++) {
          if (full || (place + runner) % CODECS.size() == codec) {
            cases.add(new Case(RUNNERS.get(runner), PLACES.get(place), CODECS.get(codec)));
          }
        }
      }
    }
    return cases.stream();
  }

  private static Asbeam.Result run(String line) {
    return Asbeam.run((Object[]) line.strip().split(" +")).succeeds();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theZooComesBack(Case with) throws IOException {
    cluster.namespace("copy").clear();
    String place = " -d " + place(with.place());
    String runner = " " + with.runner().replace("HOST:PORT", flink.master());
    String cluster = " -p " + this.cluster.port(0);
    String codec = " " + with.codec().replace("key.pem", KEY.toString());
    String key = " " + with.key().replace("key.pem", KEY.toString());
    assertThat(
            run("backup -n bar" + cluster + runner + place + codec + " --file-limit 100KiB")
                .number("records"))
        .isEqualTo(records);
    assertThat(run("restore -n bar,copy" + cluster + runner + place + key).number("inserted"))
        .isEqualTo(records);
    NamespaceComparison comparison =
        NamespaceComparison.of(this.cluster.namespace("bar"), this.cluster.namespace("copy"));
    assertThat(comparison.differences()).isEmpty();
    assertThat(comparison.equal()).isEqualTo(records);
    rows.add(row(with, comparison.equal()));
  }

  /** A new folder there, with the flags that it needs. */
  private String place(String name) throws IOException {
    if (name.equals("local")) {
      return temp.resolve("backup-" + folders++).toString();
    }
    StoreKind kind = StoreKind.valueOf(name.toUpperCase(Locale.ROOT));
    StoreServers.require(kind);
    StoreServer server = StoreServers.shared(kind);
    StringBuilder flags = new StringBuilder(server.newFolder());
    for (var setting : server.settings().entrySet()) {
      String value = setting.getValue();
      flags.append(
          " --" + setting.getKey() + " " + (isSecret(setting.getKey()) ? file(value) : value));
    }
    return flags.toString();
  }

  private static boolean isSecret(String flag) {
    return Options.all().stream()
        .anyMatch(option -> option.name().equals(flag) && option.isSecret());
  }

  /** Workers elsewhere get secrets by references only. */
  private String file(String secret) throws IOException {
    return "file:" + Files.writeString(temp.resolve("secret-" + folders++), secret);
  }

  private static String row(Case with, long equal) {
    return "| "
        + with.place()
        + " | `"
        + with.runner()
        + "` | "
        + (with.codec().isEmpty() ? "" : "`" + with.codec() + "`")
        + " | "
        + Quantities.count(equal)
        + " |";
  }

  private void compareWithPage() throws IOException {
    String page = Files.readString(PAGE);
    String head = "| store | runner | codec | records that came back equal |\n|---|---|---|---|\n";
    int from = page.indexOf(head);
    int to = page.indexOf("\n\n", from);
    String table = head + String.join("\n", rows);
    if (Boolean.getBoolean("asbeam.rewrite.docs")) {
      Files.writeString(PAGE, page.substring(0, from) + table + page.substring(to));
    } else {
      assertThat(page.substring(from, to)).isEqualTo(table);
    }
  }
}
