package org.asbeam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreOutput;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.Stores;
import org.asbeam.storage.testing.AzuriteServer;
import org.asbeam.storage.testing.Dialect;
import org.asbeam.storage.testing.Fault;
import org.asbeam.storage.testing.FaultRules;
import org.asbeam.storage.testing.FaultyProxy;
import org.asbeam.storage.testing.StoreKind;
import org.asbeam.storage.testing.StoreServer;
import org.asbeam.storage.testing.StoreServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The zoo goes into every kind of store and comes back, by the command, also when the store fails.
 */
class StoresTest {
  private static final Path GOLDEN = Path.of("../../io/format/src/test/resources/golden");
  private static final Path KEY =
      Path.of("../../io/storage/src/test/resources/golden/keys/key-pkcs8.pem");

  private static EmbeddedCluster cluster;
  private static long records;

  @BeforeAll
  static void fill() {
    cluster = EmbeddedCluster.builder().nodes(2).namespace("bar").namespace("copy").start();
    // The Go tools turn some particle types into others; the C tool spoils two of the indexes.
    String into = "restore -n bar -p " + cluster.port(0) + " -d ";
    records = run(into + GOLDEN.resolve("c-plain") + " --no-indexes").number("inserted");
    run(into + GOLDEN.resolve("absctl-plain") + " --no-records");
    assertThat(records).isGreaterThan(2_000);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void empty() {
    cluster.namespace("copy").clear();
  }

  private static Asbeam.Result run(String line) {
    return tried(line).succeeds();
  }

  private static Asbeam.Result tried(String line) {
    return Asbeam.run((Object[]) line.strip().split(" +"));
  }

  /** How a store is reached, as flags. */
  private static String flags(StoreServer server) {
    StringBuilder flags = new StringBuilder();
    server.settings().forEach((name, value) -> flags.append(" --" + name + " " + value));
    return flags.toString();
  }

  private static StoreServer server(StoreKind kind) {
    StoreServers.require(kind);
    return StoreServers.shared(kind);
  }

  private static void assertThatTheCopyIsEqual() {
    NamespaceComparison comparison =
        NamespaceComparison.of(cluster.namespace("bar"), cluster.namespace("copy"));
    assertThat(comparison.differences()).isEmpty();
    assertThat(comparison.equal()).isEqualTo(records);
  }

  private static String backup(String more) {
    return "backup -n bar -p " + cluster.port(0) + " " + more;
  }

  private static String restore(String more) {
    return "restore -n bar,copy -p " + cluster.port(0) + " " + more;
  }

  @ParameterizedTest
  @EnumSource
  void theZooComesBackPlain(StoreKind kind) {
    StoreServer server = server(kind);
    String place = " -d " + server.newFolder() + flags(server);
    assertThat(run(backup("--file-limit 100KiB" + place)).number("records")).isEqualTo(records);
    assertThat(run("verify" + place).number("records")).isEqualTo(records);
    assertThat(run(restore(place)).number("inserted")).isEqualTo(records);
    assertThatTheCopyIsEqual();

    tried(backup(place)).fails(11, "is not empty", "--remove-files");
    run(backup("--remove-files --compress zstd" + place));
    run("verify" + place);
    run("cleanup" + place);
    run("backup --remove-artifacts" + place);
    tried("verify" + place).fails(10, "there is no such folder");
  }

  @ParameterizedTest
  @EnumSource
  void theZooComesBackCompressedAndEncrypted(StoreKind kind) {
    StoreServer server = server(kind);
    String place = " -d " + server.newFolder() + flags(server);
    String key = " --encryption-key-file " + KEY;
    run(backup("--compress zstd --encrypt aes256" + key + place));
    run("verify" + place);
    run(restore(key + place));
    assertThatTheCopyIsEqual();
  }

  @ParameterizedTest
  @EnumSource
  void aSingleFileComesBack(StoreKind kind) {
    StoreServer server = server(kind);
    String file = server.newFolder() + "/zoo.asb" + flags(server);
    run(backup("--compress zstd -o " + file));
    tried(backup("-o " + file)).fails(11, "--remove-files");
    run("verify -i " + file);
    run(restore("-i " + file));
    assertThatTheCopyIsEqual();
  }

  /** An attempt that was taken for dead may end its upload after the commit. */
  @ParameterizedTest
  @EnumSource
  void aFileThatComesTooLateIsIgnoredNamedAndRemoved(StoreKind kind) throws Exception {
    StoreServer server = server(kind);
    String folder = server.newFolder();
    String place = " -d " + folder + flags(server);
    String run = run(backup(place)).fact("run");
    String late = "bar_1_9_" + run.substring(run.length() - 4) + "abcd.asb";
    try (Store store = Stores.open(folder, StoreAccess.of(StoreSettings.of(server.settings())));
        StoreOutput output = store.create(late)) {
      byte[] header = "Version 3.1\n# namespace bar\n".getBytes(StandardCharsets.US_ASCII);
      output.write(header, 0, header.length);
      output.commit();
    }
    assertThat(run(restore(place)).number("inserted")).isEqualTo(records);
    Asbeam.Result verified = tried("verify" + place);
    assertThat(verified.code()).isEqualTo(14);
    assertThat(verified.out())
        .anyMatch(line -> line.contains(late + ": is no part of this backup"));
    assertThat(run("cleanup --force" + place).out()).contains("removed: " + late);
    assertThat(run("verify" + place).number("records")).isEqualTo(records);
  }

  /** The peers name a bucket by a flag, and the folder in it. */
  @ParameterizedTest
  @CsvSource({
    "S3, s3-bucket-name, s3://",
    "GCS, gcp-bucket-name, gs://",
    "AZURE, azure-container-name, azfs://asbeam/"
  })
  void aBucketIsNamedByTheFlagOfThePeers(StoreKind kind, String flag, String start) {
    StoreServer server = server(kind);
    String location = server.newFolder();
    String[] bucketAndFolder = location.substring(start.length()).split("/", 2);
    run(
        backup(
            "-d " + bucketAndFolder[1] + " --" + flag + " " + bucketAndFolder[0] + flags(server)));
    assertThat(run("verify " + location + flags(server)).number("records")).isEqualTo(records);
    String place =
        " -d " + bucketAndFolder[1] + " --" + flag + " " + bucketAndFolder[0] + flags(server);
    assertThat(run("verify" + place).number("records")).isEqualTo(records);
    assertThat(run(restore(place)).number("inserted")).isEqualTo(records);
    run("cleanup" + place);
  }

  @ParameterizedTest
  @EnumSource
  void ofTwoBackupsIntoOneFolderTheSecondIsRefusedAndNeighboursAreFine(StoreKind kind)
      throws Exception {
    StoreServer server = server(kind);
    String folder = server.newFolder();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Asbeam.Result>> runs = new ArrayList<>();
      for (String place : List.of("/a", "/a", "/ab", "/a-b")) {
        runs.add(() -> tried(backup("-d " + folder + place + flags(server))));
      }
      List<Asbeam.Result> results = new ArrayList<>();
      for (Future<Asbeam.Result> each : threads.invokeAll(runs)) {
        results.add(each.get());
      }
      results.get(2).succeeds();
      results.get(3).succeeds();
      assertThat(results.subList(0, 2)).extracting(Asbeam.Result::code).containsOnlyOnce(0);
      // Whether the first one is at work, unfinished or done when the other one looks.
      assertThat(results.subList(0, 2)).extracting(Asbeam.Result::code).containsAnyOf(11, 12, 13);
    } finally {
      threads.shutdownNow();
    }
    for (String place : List.of("/a", "/ab", "/a-b")) {
      assertThat(run("verify " + folder + place + flags(server)).number("records"))
          .isEqualTo(records);
    }
  }

  /** One call in a hundred fails; or one in four, and three of ten are throttled. */
  @ParameterizedTest
  @CsvSource({
    "S3, 0.01, 0",
    "GCS, 0.01, 0",
    "AZURE, 0.01, 0",
    "S3, 0.25, 0.3",
    "GCS, 0.25, 0.3",
    "AZURE, 0.25, 0.3"
  })
  void whatAFailingStoreTakesIsEqualOrTheJobFails(StoreKind kind, double errors, double throttles)
      throws Exception {
    StoreServer server = server(kind);
    Map<StoreKind, String> pauses =
        Map.of(
            StoreKind.S3, " --s3-retry-backoff 5ms --s3-retry-max-backoff 50ms",
            StoreKind.GCS, " --gcp-retry-init-backoff 5ms --gcp-retry-max-backoff 50ms",
            StoreKind.AZURE, " --azure-retry-delay 5ms --azure-retry-max-delay 50ms");
    try (FaultyProxy proxy = FaultyProxy.start(server.endpoint());
        StoreServer failing = server.through(proxy)) {
      FaultRules faults = FaultyProxy.randomly(Dialect.valueOf(kind.name()), 7, errors, throttles);
      proxy.rules(sparingSessions(faults));
      String place = " -d " + server.newFolder() + flags(failing) + pauses.get(kind);
      Asbeam.Result made = tried(backup("--file-limit 100KiB" + place));
      assertThat(proxy.faultCount()).isPositive();
      proxy.rules(request -> Fault.PASS);
      if (made.code() != 0) {
        // Whatever is there is no backup to anybody.
        tried("verify" + place).fails(12, "unfinished");
        run("backup --resume -p " + cluster.port(0) + place);
      }
      assertThat(run("verify" + place).number("records")).isEqualTo(records);
      proxy.rules(sparingSessions(faults));
      Asbeam.Result restored = tried(restore("--replace --no-generation" + place));
      proxy.rules(request -> Fault.PASS);
      if (restored.code() != 0) {
        run(restore("--replace --no-generation" + place));
      }
      assertThatTheCopyIsEqual();
    }
  }

  /** fake-gcs-server ends an upload when it is asked how far that is. */
  private static FaultRules sparingSessions(FaultRules faults) {
    return request -> request.path().contains("upload_id=") ? Fault.PASS : faults.decide(request);
  }

  /** Credentials that may write and not delete. */
  @ParameterizedTest
  @EnumSource(
      value = StoreKind.class,
      names = {"S3", "GCS", "AZURE"})
  void withoutTheRightToDeleteABackupIsMadeAndSaysSo(StoreKind kind) throws Exception {
    StoreServer server = server(kind);
    try (FaultyProxy proxy = FaultyProxy.start(server.endpoint());
        StoreServer keeping = server.through(proxy)) {
      proxy.rules(FaultyProxy.denyDeletes(Dialect.valueOf(kind.name())));
      String place = " -d " + server.newFolder() + flags(keeping);
      Asbeam.Result made = run(backup(place));
      assertThat(made.err()).anyMatch(line -> line.contains("don't allow to delete files"));
      assertThat(run("verify" + place).number("records")).isEqualTo(records);
      run(restore(place));
      assertThatTheCopyIsEqual();
    }
  }

  /** Create-only rights of the real kind: a signature for reading, creating and listing. */
  @Test
  void withCreateOnlyRightsNothingIsReplacedAndThatIsSaid() {
    StoreServers.require(StoreKind.AZURE);
    AzuriteServer server = AzuriteServer.shared();
    String folder = server.newFolder();
    String container = folder.split("/")[3];
    String place =
        " -d "
            + folder
            + " --azure-endpoint "
            + server.endpoint()
            + " --azure-sas-token "
            + server.sas(container, "rcl");
    Asbeam.Result made = run(backup(place));
    assertThat(made.err()).anyMatch(line -> line.contains("take half of it for whole"));
    assertThat(run("verify" + place).number("records")).isEqualTo(records);
    run(restore(place));
    assertThatTheCopyIsEqual();
    assertThat(made.toString()).doesNotContain("sig=");
  }

  @Test
  void whatIsWrongWithAStoreIsOneLine() {
    for (StoreKind kind : StoreKind.values()) {
      StoreServer server = server(kind);
      Map<StoreKind, String> nobody =
          Map.of(
              StoreKind.S3, " -d s3://b/d --s3-endpoint-override http://127.0.0.1:1",
              StoreKind.GCS, " -d gs://b/d --gcp-endpoint-override http://127.0.0.1:1",
              StoreKind.AZURE,
                  " -d az://bbb/d --azure-account-key aaaa --azure-account-name a"
                      + " --azure-endpoint http://127.0.0.1:1/a",
              StoreKind.HDFS, " -d hdfs://127.0.0.1:1/d");
      String credentials =
          kind == StoreKind.S3 ? " --s3-access-key-id a --s3-secret-access-key b" : "";
      tried(backup(nobody.get(kind) + credentials)).fails(19, "nobody answers");
      if (kind != StoreKind.HDFS) {
        String missing = server.newFolder().replaceFirst("/[^/]+/[^/]+$", "/no-such-bucket/d");
        tried(backup("-d " + missing + flags(server))).fails(10, "no such bucket or container");
      }
    }
    StoreServer server = server(StoreKind.S3);
    Asbeam.Result denied =
        tried(
            backup(
                "-d "
                    + server.newFolder()
                    + flags(server)
                        .replaceFirst("secret-access-key \\S+", "secret-access-key hush")));
    denied.fails(17, "check credentials and rights");
    assertThat(denied.toString()).doesNotContain("hush");
  }
}
