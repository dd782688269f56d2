package org.asbeam.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aerospike.client.AerospikeClient;
import com.aerospike.client.Host;
import com.aerospike.client.ResultCode;
import com.aerospike.client.admin.AdminCommand;
import com.aerospike.client.policy.ClientPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.embedded.Fault;
import org.asbeam.storage.Compression;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreFactory;
import org.asbeam.storage.journal.FileJournal;
import org.asbeam.storage.journal.Removal;
import org.asbeam.storage.secrets.SecretLookup;
import org.asbeam.transforms.work.Backends;
import org.asbeam.transforms.work.BackupLaunch;
import org.asbeam.transforms.work.BackupOutput;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.FileRun;
import org.asbeam.transforms.work.LentBackends;
import org.asbeam.transforms.work.OpenInputs;
import org.asbeam.transforms.work.RealBackends;
import org.asbeam.transforms.work.RestoreInput;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.ScanLimit;
import org.asbeam.transforms.work.VerifySpec;
import org.asbeam.transforms.work.WorkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsbeamTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path temp;

  private static WorkException failure(Job<?> job) {
    return catchThrowableOfType(WorkException.class, job::await);
  }

  @Test
  void aJobTellsAllOfItself() throws Exception {
    try (Asbeam asbeam = Asbeam.create().withId("nightly");
        Fixture fixture = Fixture.start(1).fill(1_000)) {
      Path folder = temp.resolve("backup");
      Job<BackupReport> backup = asbeam.backup(fixture.backup(folder, Compression.ZSTD, 2));
      assertThat(backup.id()).startsWith("nightly-backup-");
      BackupReport report = backup.await(LONG).orElseThrow();
      assertThat(report.manifest().records()).isEqualTo(1_000);
      assertThat(backup.status()).isEqualTo(JobStatus.DONE);
      assertThat(backup.error()).isEmpty();
      assertThat(backup.progress().fraction()).isEqualTo(1);
      assertThat(backup.statistics().records()).isEqualTo(1_000);
      assertThat(backup.statistics().files()).isEqualTo(report.manifest().files().size());
      assertThat(backup.statistics().totalRecords()).isEqualTo(1_000);
      assertThat(backup.metrics()).isEqualTo(JobMetrics.NONE);
      assertThat(backup.statistics().elapsed()).isEqualTo(backup.statistics().elapsed());

      Job<VerifyReport> verify =
          asbeam.verify(VerifySpec.of(RestoreInput.folder(folder.toString()), 2));
      assertThat(verify.await().sound()).isTrue();
      Job<RestoreReport> restore = asbeam.restore(fixture.restore(folder));
      assertThat(restore.await().records().inserted()).isEqualTo(1_000);
      assertThat(restore.statistics().outcomes()).isEqualTo(restore.await().records());
      assertThat(restore.id()).isNotEqualTo(backup.id());
      fixture.targetEqualsSource();

      assertThat(asbeam.folders().leftovers(folder.toString()).files()).isEmpty();
      assertThat(asbeam.folders().removeBackup(folder.toString())).isPositive();
      assertThat(asbeam.estimate(fixture.backup(folder, Compression.NONE, 1), 100).records())
          .satisfies(range -> assertThat(range.likely()).isEqualTo(1_000));
    }
  }

  /** The handle comes at once, whatever is wrong: the error is the job's. */
  @Test
  void whatIsWrongComesOutOfTheJob() throws Exception {
    try (Asbeam asbeam = Asbeam.create();
        Fixture fixture = Fixture.start(1)) {
      BackupSpec spec = fixture.backup(temp.resolve("b"), Compression.NONE, 1);
      Job<BackupReport> job = asbeam.backup(spec.withNamespace("nowhere"));
      assertThat(failure(job).code()).isEqualTo(ErrorCode.NO_SUCH_NAMESPACE);
      assertThat(job.status()).isEqualTo(JobStatus.FAILED);
      assertThat(job.error()).containsSame(failure(job));

      Job<BackupReport> resumed = asbeam.resume(spec);
      assertThat(failure(resumed).code()).isEqualTo(ErrorCode.NO_BACKUP);
      Job<RestoreReport> restore = asbeam.restore(fixture.restore(temp.resolve("b")));
      assertThat(failure(restore).code()).isEqualTo(ErrorCode.NO_BACKUP);
      assertThatThrownBy(() -> asbeam.estimate(spec.withNamespace("nowhere"), 10))
          .isInstanceOf(WorkException.class);
    }
  }

  @Test
  void aStoppedBackupIsResumed() throws Exception {
    try (Asbeam asbeam = Asbeam.create();
        Fixture fixture = Fixture.start(1).fill(1_000)) {
      Path folder = temp.resolve("backup");
      BackupSpec spec = fixture.backup(folder, Compression.NONE, 1);
      fixture.cluster.inject(Fault.on(Fault.Target.SCAN).always().freeze());
      Job<BackupReport> job = asbeam.backup(spec);
      // Only a job that is at work is stopped in its middle.
      while (job.metrics().slicesInWork() == 0) {
        assertThat(job.await(Duration.ofMillis(20))).isEmpty();
      }
      assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
      assertThat(job.metrics().slicesWaiting()).isPositive();
      job.stop();
      assertThat(failure(job).code()).isEqualTo(ErrorCode.STOPPED);
      assertThat(job.status()).isEqualTo(JobStatus.STOPPED);
      fixture.cluster.clearFaults();
      assertThat(asbeam.resume(spec).await().manifest().records()).isEqualTo(1_000);
    }
  }

  /** What waits for the cluster shows in the metrics, and no more when the job has ended. */
  @Test
  void recordsWithoutAnAnswerAreInFlight() throws Exception {
    try (Asbeam asbeam = Asbeam.create();
        Fixture fixture = Fixture.start(1).fill(500)) {
      Path folder = temp.resolve("backup");
      asbeam.backup(fixture.backup(folder, Compression.NONE, 1)).await();
      fixture.cluster.inject(Fault.on(Fault.Target.BATCH).always().freeze());
      Job<RestoreReport> job = asbeam.restore(fixture.restore(folder));
      while (job.metrics().recordsInFlight() == 0) {
        assertThat(job.await(Duration.ofMillis(20))).isEmpty();
      }
      job.stop();
      assertThat(failure(job).code()).isEqualTo(ErrorCode.STOPPED);
      assertThat(job.metrics()).isEqualTo(JobMetrics.NONE);
    }
  }

  /** Two jobs at a time, each with its cluster, its store and its client. */
  @Test
  void jobsAtATimeDoNotMix() throws Exception {
    Map<String, MapStore> ours = new ConcurrentHashMap<>();
    Map<String, MapStore> theirs = new ConcurrentHashMap<>();
    try (Fixture one = Fixture.start(1).fill(700);
        Fixture two = Fixture.start(2).fill(1_300);
        AerospikeClient client =
            new AerospikeClient(new ClientPolicy(), new Host("127.0.0.1", one.cluster.port(0)));
        Asbeam first =
            Asbeam.create()
                .withClient(client)
                .withStores(name -> ours.computeIfAbsent(name, MapStore::new));
        Asbeam second =
            Asbeam.create().withStores(name -> theirs.computeIfAbsent(name, MapStore::new))) {
      BackupSpec mine =
          BackupSpec.of(
              first.connection(), Fixture.SOURCE, BackupOutput.folder(first.folder("monday")));
      BackupSpec other =
          BackupSpec.of(
              two.connection(), Fixture.SOURCE, BackupOutput.folder(second.folder("monday")));
      Job<BackupReport> a = first.backup(mine.withSlots(2));
      Job<BackupReport> b = second.backup(other.withSlots(2));
      assertThat(a.await().manifest().records()).isEqualTo(700);
      assertThat(b.await().manifest().records()).isEqualTo(1_300);
      assertThat(ours.get("monday").names()).contains("backup.manifest.json");
      assertThat(ours.get("monday").names()).doesNotContainAnyElementsOf(dataOf(theirs));
      assertThat(a.statistics().records()).isEqualTo(700);
      assertThat(client.isConnected()).isTrue();

      // What lies in the program's store comes back through it.
      RestoreReport restored =
          second
              .restore(two.restore(temp).withInput(RestoreInput.folder(second.folder("monday"))))
              .await();
      assertThat(restored.records().inserted()).isEqualTo(1_300);
      two.targetEqualsSource();
      assertThat(
              first
                  .verify(VerifySpec.of(RestoreInput.folder(first.folder("monday")), 1))
                  .await()
                  .findings())
          .isEmpty();
    }
  }

  private static List<String> dataOf(Map<String, MapStore> stores) {
    return stores.get("monday").names().stream().filter(name -> name.endsWith(".asb")).toList();
  }

  /** While another job has all that the limit lets in, a job waits. */
  @Test
  void jobsShareALimitOnScans() throws Exception {
    ScanLimit limit = ScanLimit.of(1);
    try (Fixture stuck = Fixture.start(1).fill(500);
        Fixture quick = Fixture.start(1).fill(500);
        Asbeam asbeam = Asbeam.create().withScanLimit(limit)) {
      stuck.cluster.inject(Fault.on(Fault.Target.SCAN).always().freeze());
      Job<BackupReport> first = asbeam.backup(stuck.backup(temp.resolve("a"), Compression.NONE, 2));
      while (limit.inUse() == 0) {
        assertThat(first.await(Duration.ofMillis(10))).isEmpty();
      }
      Job<BackupReport> second =
          asbeam.backup(quick.backup(temp.resolve("b"), Compression.NONE, 2));
      assertThat(second.await(Duration.ofSeconds(3))).isEmpty();
      assertThat(second.statistics().records()).isZero();
      assertThat(limit.inUse()).isOne();
      first.stop();
      assertThat(second.await().manifest().records()).isEqualTo(500);
      assertThat(failure(first).code()).isEqualTo(ErrorCode.STOPPED);
      assertThat(limit.inUse()).isZero();
    }
  }

  /** A worker in another process knows nothing that was passed in: as after the loan's end. */
  @Test
  void workersElsewhereSayWhatTheyLack() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(10)) {
      Asbeam asbeam =
          Asbeam.create()
              .withScanLimit(ScanLimit.of(1))
              .withStores(MapStore::new)
              .withSecrets(name -> new byte[] {1});
      BackupSpec spec = fixture.backup(temp.resolve("b"), Compression.NONE, 1);
      asbeam.close();
      WorkException limit = failure(asbeam.backup(spec));
      assertThat(limit.code()).isEqualTo(ErrorCode.USAGE);
      assertThat(limit).hasMessageContaining("lacks what the program passed in");
      WorkException store =
          failure(
              Asbeam.create()
                  .backup(spec.withOutput(BackupOutput.folder(asbeam.folder("monday")))));
      assertThat(store).hasMessageContaining("works only in its own process");
      WorkException client =
          failure(
              Asbeam.create().backup(spec.withConnection(ConnectionSpec.existing("of another"))));
      assertThat(client).hasMessageContaining("works only in its own process");
      WorkException secret =
          failure(
              Asbeam.create()
                  .backup(
                      spec.withConnection(
                          fixture.connection().withUser("backup", asbeam.secret("password")))));
      assertThat(secret).hasMessageContaining("lends no such source of secrets");
      for (WorkException each : List.of(limit, store, client, secret)) {
        assertThat(each.getMessage()).doesNotContain("\n");
      }
    }
  }

  /** A cluster that lets one user in and notes who came. */
  private static Fixture guarded(String user, String password, Set<String> seen) {
    String hash = AdminCommand.hashPassword(password);
    return Fixture.guarded(
        attempt -> {
          seen.add(attempt.user());
          return attempt.user().equals(user) && attempt.credential().equals(hash)
              ? ResultCode.OK
              : ResultCode.INVALID_CREDENTIAL;
        });
  }

  /** Their secrets have the same name, and each gets its own. */
  @Test
  void jobsAtATimeHaveTheirOwnUsers() throws Exception {
    Set<String> seenByOne = ConcurrentHashMap.newKeySet();
    Set<String> seenByTwo = ConcurrentHashMap.newKeySet();
    MapStores stores = new MapStores();
    try (Fixture one = guarded("ann", "swordfish", seenByOne).fill(300);
        Fixture two = guarded("bob", "mackerel", seenByTwo).fill(400);
        Asbeam first = holding("swordfish").withStores(stores::open);
        Asbeam second = holding("mackerel").withStores(stores::open)) {
      Job<BackupReport> a = first.backup(backupAs("ann", one, first, "one"));
      Job<BackupReport> b = second.backup(backupAs("bob", two, second, "two"));
      assertThat(a.await().manifest().records()).isEqualTo(300);
      assertThat(b.await().manifest().records()).isEqualTo(400);
      assertThat(seenByOne).containsExactly("ann");
      assertThat(seenByTwo).containsExactly("bob");
      WorkException mixedUp = failure(second.backup(backupAs("ann", one, second, "three")));
      assertThat(mixedUp.code()).isEqualTo(ErrorCode.DENIED);
      assertThat(mixedUp.getMessage()).doesNotContain("mackerel");
      for (String folder : List.of("one", "two")) {
        for (String file : stores.open(folder).names()) {
          assertThat(new String(stores.open(folder).get(file), StandardCharsets.ISO_8859_1))
              .doesNotContain("swordfish", "mackerel");
        }
      }
    }
  }

  private static Asbeam holding(String password) {
    return Asbeam.create().withSecrets(name -> password.getBytes(StandardCharsets.UTF_8));
  }

  private static BackupSpec backupAs(String user, Fixture fixture, Asbeam asbeam, String folder) {
    return BackupSpec.of(
        fixture.connection().withUser(user, asbeam.secret("db/password")),
        Fixture.SOURCE,
        BackupOutput.folder(asbeam.folder(folder)));
  }

  /** Pipelines are serialised and shown: nothing of the program, and no secret, is in them. */
  @Test
  void whatTravelsHoldsNothingOfTheProgram() throws Exception {
    try (Fixture fixture = Fixture.start(1);
        Asbeam asbeam = holding("swordfish").withScanLimit(ScanLimit.of(1));
        Asbeam storing = asbeam.withStores(MapStore::new);
        LentBackends.Loan loan = LentBackends.lend(new RealBackends().limitedBy(ScanLimit.of(1)))) {
      RestoreSpec restore =
          fixture
              .restore(temp)
              .withConnection(fixture.connection().withUser("ann", asbeam.secret("password")))
              .withInput(RestoreInput.folder(storing.folder("monday")));
      OpenInputs folder = emptyBackup(fixture);
      List<Object> travelling = new ArrayList<>();
      travelling.addAll(
          Travelling.in(
              RestorePipeline.pipeline(
                  restore,
                  FileRun.unjournaled(FileJournal.Kind.RESTORES, "run", 1, folder),
                  loan.id(),
                  Placement.here(Fixture.direct()))));
      travelling.addAll(
          Travelling.in(
              BackupPipeline.pipeline(
                  new BackupLaunch.Launched(storing.folder("monday"), "run", 1, 0, Removal.DELETES),
                  StoreAccess.DEFAULT,
                  loan.id(),
                  Placement.here(Fixture.direct()),
                  1)));
      assertThat(travelling).contains(loan.id(), storing.folder("monday"), restore);
      assertThat(travelling)
          .noneMatch(
              each ->
                  each instanceof Store
                      || each instanceof StoreFactory
                      || each instanceof SecretLookup
                      || each instanceof ScanLimit
                      || each instanceof Backends
                      || each instanceof Asbeam)
          .noneMatch(each -> each instanceof String text && text.contains("swordfish"));
    }
  }

  private OpenInputs emptyBackup(Fixture fixture) throws Exception {
    Path folder = temp.resolve("empty");
    BackupPipeline.start(fixture.backup(folder, Compression.NONE, 1), false, Fixture.direct())
        .await();
    return OpenInputs.open(RestoreInput.folder(folder.toString()), null, new RealBackends());
  }

  @Test
  void whatWasNotPassedInCanNotBeNamed() {
    try (Asbeam asbeam = Asbeam.create()) {
      assertThatThrownBy(asbeam::connection).hasMessageContaining("withClient");
      assertThatThrownBy(() -> asbeam.folder("x")).hasMessageContaining("withStores");
      assertThatThrownBy(() -> asbeam.secret("x")).hasMessageContaining("withSecrets");
    }
  }

  @Test
  void theRunnerIsTheProgramsChoice() throws Exception {
    AtomicInteger slots = new AtomicInteger();
    try (Fixture fixture = Fixture.start(1).fill(200);
        Asbeam asbeam =
            Asbeam.create()
                .withRunner(
                    count -> {
                      slots.set(count);
                      return Fixture.flink("BATCH", count);
                    })
                .withScanLimit(ScanLimit.of(2))
                .withStores(new MapStores()::open)) {
      BackupSpec spec =
          fixture
              .backup(temp.resolve("b"), Compression.NONE, 2)
              .withOutput(BackupOutput.folder(asbeam.folder("flink")));
      assertThat(asbeam.backup(spec).await().manifest().records()).isEqualTo(200);
      assertThat(slots.get()).isEqualTo(2);
    }
  }

  /** Stores that are there for as long as the test is. */
  private static final class MapStores {
    private final Map<String, MapStore> stores = new ConcurrentHashMap<>();

    MapStore open(String name) {
      return stores.computeIfAbsent(name, MapStore::new);
    }
  }
}
