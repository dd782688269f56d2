package org.asbeam.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.embedded.Fault;
import org.asbeam.embedded.NewRecord;
import org.asbeam.embedded.StoredBin;
import org.asbeam.storage.Compression;
import org.asbeam.storage.Store;
import org.asbeam.storage.crypto.Encryption;
import org.asbeam.storage.crypto.EncryptionSpec;
import org.asbeam.storage.crypto.KeyReference;
import org.asbeam.storage.secrets.SecretAgentSpec;
import org.asbeam.storage.secrets.Secrets;
import org.asbeam.transforms.work.Backends;
import org.asbeam.transforms.work.BackupOutput;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.ClusterView;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.FolderStatus;
import org.asbeam.transforms.work.LentBackends;
import org.asbeam.transforms.work.RealBackends;
import org.asbeam.transforms.work.RecordSink;
import org.asbeam.transforms.work.RecordSource;
import org.asbeam.transforms.work.RestoreInput;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.TargetRules;
import org.asbeam.transforms.work.TargetView;
import org.asbeam.transforms.work.VerifySpec;
import org.asbeam.transforms.work.WorkException;
import org.asbeam.transforms.work.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs whose workers and launcher meet in the folder only: here in one process, so that every flow
 * is quick to try; the test of a cluster of processes is that of the Flink jar.
 */
class ElsewhereTest {
  private static final Placement ELSEWHERE =
      new Placement(Workers.ELSEWHERE, Placement.ANY_NUMBER, slots -> Fixture.direct());

  private static final Path KEY =
      Path.of("../io/storage/src/test/resources/golden/keys/key-pkcs8.pem");

  @TempDir Path temp;

  private final List<String> news = new ArrayList<>();

  /** What a launcher has that doesn't reach the cluster; its workers do. */
  private static final class OutOfReach implements Backends {
    private final Backends real;

    OutOfReach() {
      this(new RealBackends());
    }

    private OutOfReach(Backends real) {
      this.real = real;
    }

    private final AtomicBoolean launched = new AtomicBoolean();

    private static ConnectionSpec nowhere() {
      return ConnectionSpec.of("127.0.0.1:1");
    }

    @Override
    public Store openStore(String directory) throws IOException {
      return real.openStore(directory);
    }

    @Override
    public RecordSource openSource(BackupSpec spec) throws IOException {
      return real.openSource(spec);
    }

    @Override
    public RecordSink openSink(RestoreSpec spec, String runId) throws IOException {
      return real.openSink(spec, runId);
    }

    @Override
    public BackupSpec resolve(BackupSpec spec) throws IOException, WorkException {
      return real.resolve(spec.withConnection(nowhere()));
    }

    @Override
    public ClusterView look(ConnectionSpec connection, SecretAgentSpec agent, String namespace)
        throws IOException {
      return real.look(nowhere(), agent, namespace);
    }

    /** The launcher looks first. */
    @Override
    public TargetView lookAtTarget(RestoreSpec spec) throws IOException {
      boolean worker = launched.getAndSet(true);
      return real.lookAtTarget(worker ? spec : spec.withConnection(nowhere()));
    }
  }

  private Job<BackupReport> backup(BackupSpec spec, Backends backends) throws Exception {
    try (LentBackends.Loan loan = LentBackends.lend(backends)) {
      Job<BackupReport> job = BackupPipeline.start(spec, false, ELSEWHERE, news::add, loan.id());
      job.await();
      return job;
    }
  }

  private RestoreReport restore(RestoreSpec spec) throws Exception {
    return RestorePipeline.start(spec, ELSEWHERE, news::add, () -> false, LentBackends.REAL)
        .await();
  }

  private static VerifyReport verify(VerifySpec spec) throws Exception {
    return VerifyPipeline.start(spec, ELSEWHERE, line -> {}, () -> false, LentBackends.REAL)
        .await();
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void aLauncherNeedNotReachTheClusterOfABackup() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(300)) {
      Path folder = temp.resolve("backup");
      Job<BackupReport> job = backup(fixture.backup(folder, Compression.NONE, 2), new OutOfReach());
      assertThat(job.await().manifest().records()).isEqualTo(300);
      assertThat(news)
          .singleElement()
          .asString()
          .contains("nothing listens at 127.0.0.1:1", "the workers");
      assertThat(job.progress().records()).as("as the folder tells").isEqualTo(300);
      assertThat(folder.resolve(".asbeam").resolve(job.await().manifest().runId()))
          .as("the journal")
          .doesNotExist();
    }
  }

  @Test
  void whatComesBackIsAllAndTheJournalGoes() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(500)) {
      Path folder = temp.resolve("backup");
      backup(fixture.backup(folder, Compression.NONE, 2), new RealBackends());
      List<Path> before = filesIn(folder);
      VerifyReport verified = verify(VerifySpec.of(RestoreInput.folder(folder.toString()), 2));
      assertThat(verified.sound()).isTrue();
      assertThat(verified.records()).isEqualTo(500);
      for (boolean last : new boolean[] {false, true}) {
        try (Fixture target = Fixture.start(1)) {
          RestoreReport report = restore(target.restore(folder).withMetadataLast(last));
          assertThat(report.records().inserted()).isEqualTo(500);
          assertThat(report.metadata().udfsCreated()).as("last: %s", last).isEqualTo(1);
          assertThat(target.cluster.namespace(Fixture.TARGET).count()).isEqualTo(500);
          assertThat(target.cluster.udfs()).hasSize(1);
        }
      }
      assertThat(filesIn(folder)).isEqualTo(before);
    }
  }

  @Test
  void aTargetThatMustBeEmptyIsLookedAtOnceByTheWorkers() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(500)) {
      Path folder = temp.resolve("backup");
      backup(fixture.backup(folder, Compression.NONE, 2), new RealBackends());
      RestoreSpec spec = fixture.restore(folder).withTarget(new TargetRules("", true));
      assertThat(restoreOutOfReach(spec).records().inserted()).isEqualTo(500);
      // Now it isn't empty, which workers find.
      WorkException refused =
          catchThrowableOfType(WorkException.class, () -> restoreOutOfReach(spec));
      assertThat(refused.code()).isEqualTo(ErrorCode.TARGET);
      assertThat(refused).hasMessageContaining("500");
    }
  }

  private RestoreReport restoreOutOfReach(RestoreSpec spec) throws Exception {
    try (LentBackends.Loan loan = LentBackends.lend(new OutOfReach())) {
      return RestorePipeline.start(spec, ELSEWHERE, news::add, () -> false, loan.id()).await();
    }
  }

  @Test
  void theErrorOfAWorkerIsTheLaunchersError() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(10)) {
      Path folder = temp.resolve("backup");
      BackupSpec spec = fixture.backup(folder, Compression.NONE, 2).withNamespace("nowhere");
      WorkException error =
          catchThrowableOfType(WorkException.class, () -> backup(spec, new OutOfReach()));
      assertThat(error.code()).isEqualTo(ErrorCode.NO_SUCH_NAMESPACE);
      try (FolderJobs status = Asbeam.create().folders().status(folder.toString())) {
        FolderStatus.Run run = status.runs().get(0);
        assertThat(run.state()).isEqualTo(FolderStatus.State.FAILED);
        assertThat(run.failure().orElseThrow().message()).isEqualTo(error.getMessage());
      }
    }
  }

  @Test
  void aRestoreThatFailedGoesOn() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(500)) {
      Path folder = temp.resolve("backup");
      backup(fixture.backup(folder, Compression.NONE, 2), new RealBackends());
      Path cut =
          filesIn(folder).stream().filter(f -> f.toString().endsWith(".asb")).toList().get(3);
      byte[] whole = Files.readAllBytes(cut);
      byte[] bad = whole.clone();
      bad[bad.length - 30] ^= 0x40;
      Files.write(cut, bad);
      RestoreSpec spec = fixture.restore(folder);
      WorkException error = catchThrowableOfType(WorkException.class, () -> restore(spec));
      assertThat(error.code()).isEqualTo(ErrorCode.DAMAGED);
      assertThat(error.hint()).contains("--resume");
      Files.write(cut, whole);
      RestoreReport report = restore(spec.withResume(true));
      assertThat(report.records().read()).isEqualTo(500);
      assertThat(report.again()).as("the slice that failed was begun before").isTrue();
      assertThat(fixture.cluster.namespace(Fixture.TARGET).count()).isEqualTo(500);
    }
  }

  /** Ends jobs as Flink does whose worker was lost, without a restart strategy. */
  public static final class RunnerWithoutWorkers extends PipelineRunner<PipelineResult> {
    public static RunnerWithoutWorkers fromOptions(PipelineOptions options) {
      return new RunnerWithoutWorkers();
    }

    @Override
    public PipelineResult run(Pipeline pipeline) {
      Exception lost = new Exception("TaskManager 7 is no longer\n reachable.");
      Exception gaveUp = new Exception("Recovery is suppressed", lost);
      throw new RuntimeException(
          "Pipeline execution failed", new ExecutionException(new IOException("Failed.", gaveUp)));
    }
  }

  @Test
  void whatTheRunnerGaveUpIsNoErrorOfAsbeam() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(10)) {
      Placement lost =
          new Placement(
              Workers.ELSEWHERE,
              Placement.ANY_NUMBER,
              slots -> {
                PipelineOptions options = PipelineOptionsFactory.create();
                options.setRunner(RunnerWithoutWorkers.class);
                return options;
              });
      BackupSpec spec = fixture.backup(temp.resolve("backup"), Compression.NONE, 1);
      WorkException error =
          catchThrowableOfType(
              WorkException.class,
              () -> BackupPipeline.start(spec, false, lost, news::add, LentBackends.REAL).await());
      assertThat(error.code()).isEqualTo(ErrorCode.RUNNER);
      assertThat(error)
          .hasMessage(
              "the runner gave the job up: Recovery is suppressed: TaskManager 7 is no longer"
                  + " reachable");
      assertThat(error.hint()).isEqualTo("see its log; then go on with --resume");
    }
  }

  @Test
  void aJobThatNobodyWaitsForIsSeenInItsFolder() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(200);
        Asbeam asbeam = Asbeam.create().withCluster(slots -> Fixture.direct())) {
      Path folder = temp.resolve("backup");
      Submission backup =
          asbeam.submitBackup(fixture.backup(folder, Compression.NONE, 2), false, news::add);
      Submission restore = asbeam.submitRestore(fixture.restore(folder), news::add);
      Submission verification =
          asbeam.submitVerify(VerifySpec.of(RestoreInput.folder(folder.toString()), 2), news::add);
      try (FolderJobs status = asbeam.folders().status(folder.toString())) {
        List<FolderStatus.Run> runs = status.runs();
        assertThat(runs)
            .extracting(FolderStatus.Run::id)
            .containsExactlyInAnyOrder(backup.runId(), restore.runId(), verification.runId());
        assertThat(runs)
            .allSatisfy(
                run -> {
                  assertThat(run.state()).isEqualTo(FolderStatus.State.DONE);
                  assertThat(run.records()).isEqualTo(200);
                  assertThat(run.done()).isEqualTo(run.slices());
                });
      }
      // What tells of them goes with the next cleanup.
      asbeam.folders().cleanUp(folder.toString());
      try (FolderJobs status = asbeam.folders().status(folder.toString())) {
        assertThat(status.runs()).extracting(FolderStatus.Run::id).containsExactly(backup.runId());
      }
    }
  }

  @Test
  void whatOnlyThisProcessHasIsRefusedAtOnce() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(1)) {
      Path folder = temp.resolve("backup");
      BackupSpec secret =
          fixture
              .backup(folder, Compression.NONE, 1)
              .withConnection(fixture.connection().withUser("ann", Secrets.keep("pw".getBytes())));
      WorkException error =
          catchThrowableOfType(WorkException.class, () -> backup(secret, new RealBackends()));
      assertThat(error.code()).isEqualTo(ErrorCode.USAGE);
      assertThat(error).hasMessageContaining("connection.password").hasMessageNotContaining("pw,");
      assertThat(error.hint()).contains("env:NAME", "file:PATH", "secrets:");
      BackupSpec file =
          fixture
              .backup(folder, Compression.NONE, 1)
              .withOutput(BackupOutput.singleFile(temp.resolve("one.asb").toString()));
      assertThat(
              catchThrowableOfType(WorkException.class, () -> backup(file, new RealBackends()))
                  .code())
          .isEqualTo(ErrorCode.USAGE);
      assertThat(folder).doesNotExist();
    }
  }

  @Test
  void aRelativePathIsOneForAllProcesses() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(50);
        Asbeam asbeam = Asbeam.create().withCluster(slots -> Fixture.direct())) {
      Path folder = temp.resolve("backup");
      Path relative = Path.of("").toAbsolutePath().relativize(folder);
      assertThat(relative).isRelative();
      Submission backup =
          asbeam.submitBackup(fixture.backup(relative, Compression.NONE, 1), false, news::add);
      Submission restore = asbeam.submitRestore(fixture.restore(relative), news::add);
      Submission verification =
          asbeam.submitVerify(
              VerifySpec.of(RestoreInput.folder(relative.toString()), 1), news::add);
      assertThat(List.of(backup, restore, verification))
          .extracting(Submission::directory)
          .containsOnly(folder.toString());
      assertThat(fixture.cluster.namespace(Fixture.TARGET).count()).isEqualTo(50);
    }
  }

  @Test
  void aJobThatIsStoppedSaysSoInItsFolder() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(500)) {
      Path folder = temp.resolve("backup");
      backup(fixture.backup(folder, Compression.NONE, 2), new RealBackends());
      fixture.cluster.inject(Fault.on(Fault.Target.BATCH).always().delay(Duration.ofMillis(200)));
      Job<RestoreReport> job =
          RestorePipeline.start(
              fixture.restore(folder), ELSEWHERE, news::add, () -> false, LentBackends.REAL);
      job.stop();
      WorkException stopped = catchThrowableOfType(WorkException.class, job::await);
      assertThat(stopped.code()).isEqualTo(ErrorCode.STOPPED);
      assertThat(stopped.hint()).contains("--resume");
      fixture.cluster.clearFaults();
      assertThat(restore(fixture.restore(folder).withResume(true)).records().read()).isEqualTo(500);
      assertThat(fixture.cluster.namespace(Fixture.TARGET).count()).isEqualTo(500);
    }
  }

  @Test
  void aLauncherNeedNotHoldTheKey() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(200)) {
      Path folder = temp.resolve("backup");
      Path key = temp.resolve("key.pem");
      BackupSpec spec = fixture.backup(folder, Compression.NONE, 2);
      Files.copy(KEY, key);
      KeyReference reference = KeyReference.file(key.toString());
      backup(
          spec.withOutput(
              spec.output().withEncryption(new EncryptionSpec(Encryption.AES256, reference))),
          new RealBackends());
      Files.delete(key);
      // The workers have it: it comes when the launcher is through with all that it looks at.
      Placement withKey =
          new Placement(
              Workers.ELSEWHERE,
              Placement.ANY_NUMBER,
              slots -> {
                copy(KEY, key);
                return Fixture.direct();
              });
      RestoreSpec restore = fixture.restore(folder);
      RestoreReport report =
          RestorePipeline.start(
                  restore.withInput(restore.input().withKey(reference)),
                  withKey,
                  news::add,
                  () -> false,
                  LentBackends.REAL)
              .await();
      assertThat(report.records().inserted()).isEqualTo(200);
      Files.delete(key);
      VerifyReport verified =
          VerifyPipeline.start(
                  VerifySpec.of(RestoreInput.folder(folder.toString()).withKey(reference), 2),
                  withKey,
                  news::add,
                  () -> false,
                  LentBackends.REAL)
              .await();
      assertThat(verified.sound()).isTrue();
      assertThat(verified.promises())
          .noneMatch(line -> line.contains("without the encryption key"));
    }
  }

  private static void copy(Path from, Path to) {
    try {
      Files.copy(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatThisProcessBeganOthersGoOnWith() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(500)) {
      Path folder = temp.resolve("backup");
      BackupSpec spec = fixture.backup(folder, Compression.NONE, 1);
      // In the last partition, so that slices before it are done.
      byte[] digest = new byte[20];
      digest[0] = (byte) 0xff;
      digest[1] = 0x0f;
      NewRecord odd = NewRecord.ofDigest("odd", digest);
      fixture.cluster.namespace(Fixture.SOURCE).put(odd.bin(StoredBin.raw("v", 99, new byte[3])));
      WorkException failed =
          catchThrowableOfType(
              WorkException.class,
              () -> BackupPipeline.start(spec, false, Fixture.direct()).await());
      assertThat(failed.code()).isEqualTo(ErrorCode.UNENCODABLE);
      try (FolderJobs jobs = Asbeam.create().folders().status(folder.toString())) {
        FolderStatus.Run run = jobs.runs().get(0);
        assertThat(run.state()).isEqualTo(FolderStatus.State.FAILED);
        Files.delete(folder.resolve(".asbeam").resolve(run.id()).resolve("failure.json"));
        assertThat(jobs.runs().get(0).state())
            .as("nothing says how it ended, and nobody works")
            .isEqualTo(FolderStatus.State.IDLE);
      }
      fixture
          .cluster
          .namespace(Fixture.SOURCE)
          .put(NewRecord.ofDigest("odd", digest).bin("plain", 1));
      BackupReport report =
          BackupPipeline.start(spec, true, ELSEWHERE, news::add, LentBackends.REAL).await();
      assertThat(report.resumed()).isPositive();
      assertThat(report.manifest().records())
          .isEqualTo(fixture.cluster.namespace(Fixture.SOURCE).count());
    }
  }
}
