package org.asbeam.dataflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.util.SerializableUtils;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.NewRecord;
import org.asbeam.embedded.StoredBin;
import org.asbeam.pipelines.Asbeam;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.journal.Manifest;
import org.asbeam.storage.testing.FakeGcsServer;
import org.asbeam.transforms.work.BackupOutput;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.RestoreInput;
import org.asbeam.transforms.work.RestoreSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the main classes hand to Dataflow. Nobody answers for the service: nothing may wait. */
class GraphTest {
  /** What one call may carry, by the worker of Dataflow that asks a source to split. */
  private static final long MOST_BYTES_OF_SPLITS = 20_000_000;

  /** Is set in the environment of the tests. */
  private static final String VARIABLE = "ASBEAM_DATAFLOW_TEST_SECRET";

  @TempDir Path temp;
  private FakeCloud cloud;

  @BeforeEach
  void startCloud() throws IOException {
    cloud = FakeCloud.start(temp);
  }

  private Graph backup(String... more) throws Exception {
    BackupMain.main(
        cloud.arguments(
            with(
                more,
                "--namespace=test",
                // No such host: the launcher has no way to the cluster.
                "--host=db.invalid",
                "--directory=" + cloud.folder("backup"))));
    return cloud.graph();
  }

  private static String[] with(String[] some, String... others) {
    String[] all = new String[some.length + others.length];
    System.arraycopy(others, 0, all, 0, others.length);
    System.arraycopy(some, 0, all, others.length, some.length);
    return all;
  }

  private Graph verify(int files) throws Exception {
    cloud.put("finished/backup.manifest.json", Manifests.ofEmptyFiles(files));
    VerifyMain.main(cloud.arguments("--directory=" + cloud.folder("finished")));
    return cloud.graph();
  }

  private Graph restore(String host, String... more) throws Exception {
    cloud.put("finished/backup.manifest.json", Manifests.ofEmptyFiles(1));
    cloud.put("finished/" + Manifests.name(0), new byte[0]);
    RestoreMain.main(
        cloud.arguments(
            with(
                more,
                "--namespace=test",
                "--host=" + host,
                "--directory=" + cloud.folder("finished"))));
    return cloud.graph();
  }

  /** Dataflow shows them, matches them when a job is replaced, and people's alerts name them. */
  @Test
  void stepNamesAreStable() throws Exception {
    assertThat(backup().steps())
        .containsExactly(
            "Read slices",
            "Back up slices/Back up a slice",
            "Commit backup/Take the slice's number/Map",
            "Commit backup/Wait for all slices",
            "Commit backup/Commit");
    assertThat(verify(1).steps())
        .containsExactly(
            "Read slices",
            "Verify slices/Verify a slice",
            "End verification/Take the slice's number/Map",
            "End verification/Wait for all slices",
            "End verification/End");
    assertThat(restore("db.invalid").steps())
        .containsExactly(
            "Read slices",
            "Restore slices/Restore a slice",
            "Restore slices/Begin/Impulse",
            "Restore slices/Begin/MapElements/Map",
            "Restore slices/Restore metadata",
            "Restore slices/All outcomes",
            "End restore/Take the slice's number/Map",
            "End restore/Wait for all slices",
            "End restore/End");
  }

  @Test
  void aJobHasTheWorkersThatItsSlotsNeedAndNoMore() throws Exception {
    Graph graph = backup("--parallel=6", "--parallelNodes=true");
    JsonNode pool = graph.environment().at("/workerPools/0");
    assertThat(pool.get("numWorkers").asInt()).isEqualTo(3);
    assertThat(pool.at("/autoscalingSettings/algorithm").asText())
        .isEqualTo("AUTOSCALING_ALGORITHM_NONE");
    assertThat(graph.options().get("numberOfWorkerHarnessThreads").asInt()).isEqualTo(2);
    assertThat(graph.options().get("streaming").asBoolean()).isFalse();
    assertThat(graph.options().get("jobName").asText()).startsWith("asbeambackup-");
  }

  @Test
  void secretsAreNotInWhatIsSubmitted() throws Exception {
    String secret = System.getenv(VARIABLE);
    assertThat(secret).hasSizeGreaterThan(20);
    String inFile = "planted in a file 7f3a9b";
    Path file = Files.writeString(temp.resolve("password"), inFile);
    Path key = temp.resolve("key.pem");
    String pem =
        Base64.getMimeEncoder()
            .encodeToString(
                KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate().getEncoded());
    Files.writeString(key, "-----BEGIN PRIVATE KEY-----\n" + pem + "\n-----END PRIVATE KEY-----\n");
    Graph backup =
        backup(
            "--user=someone",
            "--password=file:" + file,
            "--encrypt=AES256",
            "--encryptionKeyFile=" + key);
    assertThat(backup.text()).contains("file:" + file, key.toString());
    String submitted = cloud.everything() + backup.functions();
    assertThat(submitted).doesNotContain(inFile, pem.substring(70, 130));
    try (EmbeddedCluster cluster = EmbeddedCluster.builder().namespace("test").start()) {
      Graph restore = restore(cluster.seeds(), "--user=someone", "--password=env:" + VARIABLE);
      // The whole specification travels with the function: a search finds what is in it.
      assertThat(restore.functions()).contains("env:" + VARIABLE, "someone");
      assertThat(cloud.everything() + restore.functions()).doesNotContain(secret);
    }
  }

  @Test
  void theGraphIsAsSmallForAHundredThousandFilesAsForTen() throws Exception {
    Graph few = verify(10);
    Graph many = verify(100_000);
    assertThat(many.text().length()).isLessThan(1 << 20);
    assertThat(Math.abs(many.text().length() - few.text().length())).isLessThan(200);
    splitIsSmall(many.source(), 100_000);
  }

  @Test
  void theGraphOfARestoreIsSmallToo() throws Exception {
    Graph few = restoreOfFolder(10);
    Graph many = restoreOfFolder(100_000);
    assertThat(many.text().length()).isLessThan(1 << 20);
    assertThat(Math.abs(many.text().length() - few.text().length())).isLessThan(200);
    splitIsSmall(many.source(), 100_000);
  }

  /** On a disk, since so many files in a bucket would take minutes to make. */
  private Graph restoreOfFolder(int files) throws Exception {
    Path folder = Files.createDirectory(temp.resolve("of-" + files));
    for (int i = 0; i < files; i++) {
      Files.createFile(folder.resolve(Manifests.name(i)));
    }
    Files.write(folder.resolve("backup.manifest.json"), Manifests.ofEmptyFiles(files));
    DataflowPipelineOptions options =
        PipelineOptionsFactory.fromArgs(
                Arrays.stream(cloud.arguments())
                    .filter(argument -> !argument.startsWith("--gcpEndpointOverride"))
                    .toArray(String[]::new))
            .as(DataflowPipelineOptions.class);
    try (Asbeam asbeam = Asbeam.create().withCluster(slots -> options, Launch.SOURCES)) {
      asbeam.submitRestore(
          RestoreSpec.of(
                  ConnectionSpec.of("db.invalid"), "test", RestoreInput.folder(folder.toString()))
              .withSlots(8),
          line -> {});
    }
    return cloud.graph();
  }

  @Test
  void theSourceOfABackupSplitsIntoItsSlices() throws Exception {
    splitIsSmall(backup("--parallel=1024").source(), 1025);
  }

  /** As Dataflow's worker does it: without options of ours, and all parts in one answer. */
  private static void splitIsSmall(BoundedSource<?> source, int slices) throws Exception {
    List<? extends BoundedSource<?>> parts =
        source.split(64L << 20, PipelineOptionsFactory.create());
    long bytes = 0;
    long estimated = 0;
    for (BoundedSource<?> part : parts) {
      part.validate();
      estimated += part.getEstimatedSizeBytes(PipelineOptionsFactory.create());
      bytes += SerializableUtils.serializeToByteArray(part).length;
    }
    assertThat(parts).hasSizeBetween(Math.min(slices, Launch.SOURCES) / 2, Launch.SOURCES);
    assertThat(estimated).isEqualTo((long) slices << 26);
    // Base64 adds a third.
    assertThat(bytes * 4 / 3).isLessThan(MOST_BYTES_OF_SPLITS);
  }

  @FunctionalInterface
  private interface LaunchOfJob {
    void run() throws Exception;
  }

  private static String told(LaunchOfJob launch) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      launch.run();
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theRunIsTold() throws Exception {
    assertThat(told(() -> verify(3)))
        .matches(
            "(?s).*Submitted run \\S+: 3 slices, 0 of them done by an earlier run; see how far it is"
                + " with: asbeam status "
                + cloud.folder("finished")
                + "\\R.*");
  }

  @Test
  void aResumedBackupGoesOnAndSaysWhatDoesNotCount() throws Exception {
    try (EmbeddedCluster cluster = EmbeddedCluster.builder().namespace("test").start()) {
      // What no backup file can hold ends the backup, which stays unfinished.
      cluster
          .namespace("test")
          .put(NewRecord.of("odd", 1).bin(StoredBin.raw("vector", 99, new byte[3])));
      assertThat(catchThrowable(() -> backUpHere(cluster, "backup")))
          .hasMessageContaining("vector");
      String told = told(() -> backup("--resume=true", "--compress=ZSTD"));
      assertThat(told)
          .contains("--compress does not count: the unfinished backup goes on as it was")
          .containsPattern("Submitted run \\S+: \\d+ slices, [1-9]\\d* of them done");
    }
  }

  @Test
  void anIncrementBeginsWhereTheEarlierBackupBegan() throws Exception {
    try (EmbeddedCluster cluster = EmbeddedCluster.builder().namespace("test").start()) {
      Instant bound = backUpHere(cluster, "earlier").nextModifiedAfter();
      String told = told(() -> backup("--modifiedAfterBackup=" + cloud.folder("earlier")));
      assertThat(told).contains("only records last updated at ");
      assertThat(cloud.everything()).contains("\"modifiedAfter\" : \"" + bound + "\"");
    }
  }

  /** Backs up with the direct runner. */
  private Manifest backUpHere(EmbeddedCluster cluster, String folder) throws Exception {
    BackupSpec spec =
        BackupSpec.of(
                ConnectionSpec.of(cluster.seeds()),
                "test",
                BackupOutput.folder(cloud.folder(folder)))
            .withStoreSettings(StoreSettings.of(FakeGcsServer.shared().settings()))
            .withSlots(2);
    try (Asbeam asbeam = Asbeam.create()) {
      return asbeam.backup(spec).await().manifest();
    }
  }
}
