package org.asbeam.pipelines;

import com.aerospike.client.AerospikeClient;
import com.aerospike.client.policy.ScanPolicy;
import com.aerospike.client.policy.WritePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.asbeam.aerospike.ClusterClients;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreFactory;
import org.asbeam.storage.StoreLoan;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.Stores;
import org.asbeam.storage.secrets.SecretLoan;
import org.asbeam.storage.secrets.SecretLookup;
import org.asbeam.storage.secrets.Secrets;
import org.asbeam.transforms.work.BackupEstimate;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.LentBackends;
import org.asbeam.transforms.work.RealBackends;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.ScanLimit;
import org.asbeam.transforms.work.SizeEstimate;
import org.asbeam.transforms.work.VerifySpec;
import org.asbeam.transforms.work.WorkException;
import org.asbeam.transforms.work.Workers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entry for programs: starts backups, restores and verifications from specifications, and hands
 * out {@link Job}s at once. The {@code asbeam} command uses this and nothing beside it.
 *
 * <pre>{@code
 * try (Asbeam asbeam = Asbeam.create()) {
 *   BackupSpec spec =
 *       BackupSpec.of(
 *           ConnectionSpec.of("db1.example.com"), "test", BackupOutput.folder("/backups/monday"));
 *   Job<BackupReport> job = asbeam.backup(spec);
 *   System.out.println(job.await().manifest().records());
 * }
 * }</pre>
 *
 * <p>Specifications are values. What is none, a client that exists, stores and secrets of the
 * program, is passed in here by {@code with} methods; specifications then name it by {@link
 * #connection}, {@link #folder} and {@link #secret}. Such things, and a limit on scans, work where
 * the workers are this process: on the direct runner and on Flink in this JVM. A worker elsewhere
 * ends the job with one line that says so.
 *
 * <p>Immutable and safe for use by several threads; any number of jobs may run at a time, with
 * their own clusters, stores and credentials.
 */
public final class Asbeam implements AutoCloseable {
  private static final AtomicInteger JOBS = new AtomicInteger();

  private final Parts parts;

  /** What was passed in; changed only in a copy. */
  private static final class Parts {
    private String id = "asbeam";
    private Placement placement =
        new Placement(Workers.HERE, Placement.ANY_NUMBER, Asbeam::directRunner);
    private Optional<Logger> log = Optional.empty();
    private UnaryOperator<BackupSpec> scans = UnaryOperator.identity();
    private UnaryOperator<RestoreSpec> writes = UnaryOperator.identity();
    private Optional<String> client = Optional.empty();
    private Optional<StoreLoan> stores = Optional.empty();
    private Optional<SecretLoan> secrets = Optional.empty();
    private String backends = LentBackends.REAL;
    private StoreAccess access = StoreAccess.DEFAULT;

    /** What ends the loans. */
    private List<Runnable> loans = List.of();

    private Parts copy() {
      Parts copy = new Parts();
      copy.id = id;
      copy.placement = placement;
      copy.log = log;
      copy.scans = scans;
      copy.writes = writes;
      copy.client = client;
      copy.stores = stores;
      copy.secrets = secrets;
      copy.backends = backends;
      copy.access = access;
      copy.loans = loans;
      return copy;
    }

    private void keep(Runnable end) {
      List<Runnable> more = new ArrayList<>(loans);
      more.add(end);
      loans = List.copyOf(more);
    }
  }

  private Asbeam(Parts parts) {
    this.parts = parts;
  }

  /** Runs jobs in this process, on Beam's direct runner, with nothing passed in. */
  public static Asbeam create() {
    return new Asbeam(new Parts());
  }

  /**
   * What the ids of jobs begin with, in logs too; {@code asbeam} if not given. Ids end in a number
   * that no other job of this process has.
   */
  public Asbeam withId(String id) {
    Parts copy = parts.copy();
    copy.id = id;
    return new Asbeam(copy);
  }

  /**
   * The runner that jobs run on, whose workers are this process: the direct runner, or Flink in
   * this JVM.
   *
   * @param options called for each job with the slots of its specification, or with as many as the
   *     cluster has nodes if that asks for it; makes the options of its pipeline
   */
  public Asbeam withRunner(IntFunction<PipelineOptions> options) {
    return withPlacement(new Placement(Workers.HERE, Placement.ANY_NUMBER, options));
  }

  /**
   * The runner that jobs run on, whose workers are other processes, on other machines perhaps. They
   * and this process meet in the folder of the job only, which all must reach; this process needs
   * neither the cluster that is backed up nor a key.
   *
   * @param options as of {@link #withRunner}
   */
  public Asbeam withCluster(IntFunction<PipelineOptions> options) {
    return withCluster(options, Placement.ANY_NUMBER);
  }

  /**
   * As {@link #withCluster(IntFunction)}, for a runner that splits sources that are being read.
   *
   * @param sources into how many sources the slices of a job are cut at most, from 1; a source that
   *     has several gives away those that it has not begun
   */
  public Asbeam withCluster(IntFunction<PipelineOptions> options, int sources) {
    return withPlacement(new Placement(Workers.ELSEWHERE, sources, options));
  }

  private Asbeam withPlacement(Placement placement) {
    Parts copy = parts.copy();
    copy.placement = placement;
    return new Asbeam(copy);
  }

  /**
   * Takes what the jobs say: their begin, end and error, one line each. The logger of this class if
   * not given.
   */
  public Asbeam withLogger(Logger log) {
    Parts copy = parts.copy();
    copy.log = Optional.of(log);
    return new Asbeam(copy);
  }

  /**
   * Lets backups keep to a limit on scans, which they share with all jobs that are given the same
   * one.
   */
  public Asbeam withScanLimit(ScanLimit limit) {
    LentBackends.Loan loan = LentBackends.lend(new RealBackends().limitedBy(limit));
    Parts copy = parts.copy();
    copy.backends = loan.id();
    copy.keep(loan::close);
    return new Asbeam(copy);
  }

  /**
   * Lets a policy of the Aerospike client replace what the specifications of backups say of
   * patience, limit of records per second and scope. What of it counts is told in {@code
   * docs/api.md}.
   */
  public Asbeam withScanPolicy(ScanPolicy policy) {
    ScanPolicy kept = new ScanPolicy(policy);
    Parts copy = parts.copy();
    copy.scans = spec -> Policies.apply(kept, spec);
    return new Asbeam(copy);
  }

  /**
   * Lets a policy of the Aerospike client replace what the specifications of restores say of
   * records that exist, generations and the time for a request. What of it counts is told in {@code
   * docs/api.md}; restores with a policy that asks for what a restore doesn't do are an {@link
   * IllegalArgumentException}.
   */
  public Asbeam withWritePolicy(WritePolicy policy) {
    WritePolicy kept = new WritePolicy(policy);
    Parts copy = parts.copy();
    copy.writes = spec -> Policies.apply(kept, spec);
    return new Asbeam(copy);
  }

  /**
   * Lends a client that exists, made with the default limit of 100 connections per node, to jobs
   * whose specification has {@link #connection}.
   */
  public Asbeam withClient(AerospikeClient client) {
    String id = UUID.randomUUID().toString();
    return withClient(id, ClusterClients.lend(id, client));
  }

  /**
   * Lends a client that exists to jobs whose specification has {@link #connection}. Jobs never
   * close it.
   *
   * @param maxConnectionsPerNode what the client's policy says; jobs keep to it
   */
  public Asbeam withClient(AerospikeClient client, int maxConnectionsPerNode) {
    String id = UUID.randomUUID().toString();
    return withClient(id, ClusterClients.lend(id, client, maxConnectionsPerNode));
  }

  private Asbeam withClient(String id, ClusterClients.Loan loan) {
    Parts copy = parts.copy();
    copy.client = Optional.of(id);
    copy.keep(loan::close);
    return new Asbeam(copy);
  }

  /**
   * How the stores of folders are reached and used, where a specification doesn't say it itself: by
   * {@link #leftovers}, {@link #removeBackup} and the like, which have none, too.
   */
  public Asbeam withStoreAccess(StoreAccess access) {
    Parts copy = parts.copy();
    copy.access = access;
    return new Asbeam(copy);
  }

  /** Lends stores of the program, whose folders specifications name by {@link #folder}. */
  public Asbeam withStores(StoreFactory factory) {
    StoreLoan loan = Stores.lend(factory);
    Parts copy = parts.copy();
    copy.stores = Optional.of(loan);
    copy.keep(loan::close);
    return new Asbeam(copy);
  }

  /**
   * Lends a source of secrets of the program, which specifications name by {@link #secret}. A
   * secret is fetched where and when it is needed, and is in no plan, pipeline or log.
   */
  public Asbeam withSecrets(SecretLookup lookup) {
    SecretLoan loan = Secrets.lend(lookup);
    Parts copy = parts.copy();
    copy.secrets = Optional.of(loan);
    copy.keep(loan::close);
    return new Asbeam(copy);
  }

  /**
   * The connection that is the client passed in.
   *
   * @throws IllegalStateException if there is none
   */
  public ConnectionSpec connection() {
    return ConnectionSpec.existing(given(parts.client, "client", "withClient"));
  }

  /**
   * The location of a folder of the stores passed in, for specifications.
   *
   * @param name what the {@link StoreFactory} calls it
   * @throws IllegalStateException if no stores were passed in
   */
  public String folder(String name) {
    return given(parts.stores, "stores", "withStores").location(name);
  }

  /**
   * The reference to a secret of the source passed in, for specifications.
   *
   * @param name what the {@link SecretLookup} calls it
   * @throws IllegalStateException if no source was passed in
   */
  public String secret(String name) {
    return given(parts.secrets, "source of secrets", "withSecrets").reference(name);
  }

  private static <T> T given(Optional<T> part, String what, String by) {
    return part.orElseThrow(
        () -> new IllegalStateException("no " + what + " passed in: use " + by + " first"));
  }

  /**
   * Starts a backup. Returns at once: what is wrong with folder or cluster comes out of {@link
   * Job#await}, as all errors.
   */
  public Job<BackupReport> backup(BackupSpec given) {
    return backup(given, line -> {});
  }

  /**
   * Starts a backup. Returns at once.
   *
   * @param news gets what a person should know of before the work begins, rights that are lacking
   *     for example, line by line, in a thread of the job
   */
  public Job<BackupReport> backup(BackupSpec given, Consumer<String> news) {
    BackupSpec asked = parts.scans.apply(given);
    BackupSpec spec = asked.withStoreSettings(settings(asked.storeSettings()));
    return start(
        "backup",
        "the backup of namespace " + spec.namespace(),
        stopping -> BackupPipeline.start(spec, false, parts.placement, news, parts.backends));
  }

  /**
   * Goes on with the unfinished backup in a folder. Returns at once.
   *
   * @param given its folder says which; its connection, patience, limits, slots and {@code
   *     allowUnstable} count, the rest is as the backup began
   */
  public Job<BackupReport> resume(BackupSpec given) {
    return resume(given, line -> {});
  }

  /** As {@link #resume(BackupSpec)}, with news as of {@link #backup(BackupSpec, Consumer)}. */
  public Job<BackupReport> resume(BackupSpec given, Consumer<String> news) {
    BackupSpec asked = parts.scans.apply(given);
    BackupSpec spec = asked.withStoreSettings(settings(asked.storeSettings()));
    return start(
        "backup",
        "the resumed backup",
        stopping -> BackupPipeline.start(spec, true, parts.placement, news, parts.backends));
  }

  /** Starts a restore, or goes on with one if the specification says so. Returns at once. */
  public Job<RestoreReport> restore(RestoreSpec spec) {
    return restore(spec, line -> {});
  }

  /**
   * Starts a restore, or goes on with one if the specification says so. Returns at once.
   *
   * @param news gets what a person should see of the target before the first write, line by line,
   *     in a thread of the job
   */
  public Job<RestoreReport> restore(RestoreSpec given, Consumer<String> news) {
    RestoreSpec asked = parts.writes.apply(given);
    RestoreSpec spec = asked.withStoreSettings(settings(asked.storeSettings()));
    return start(
        "restore",
        "the restore into namespace " + spec.targetNamespace(),
        stopping -> RestorePipeline.start(spec, parts.placement, news, stopping, parts.backends));
  }

  /** Starts a verification. Returns at once. Damage is no error, but in the report. */
  public Job<VerifyReport> verify(VerifySpec given) {
    return verify(given, line -> {});
  }

  /**
   * Starts a verification. Returns at once. Damage is no error, but in the report.
   *
   * @param news gets what is done before the first byte is read, files taken out of an archive for
   *     example, line by line, in a thread of the job
   */
  public Job<VerifyReport> verify(VerifySpec given, Consumer<String> news) {
    VerifySpec spec = given.withStoreSettings(settings(given.storeSettings()));
    return start(
        "verify",
        "the verification",
        stopping -> VerifyPipeline.start(spec, parts.placement, news, stopping, parts.backends));
  }

  /**
   * Hands a backup to the cluster that was passed in, and returns when it has taken it. Its end is
   * seen in its folder.
   *
   * @param resume whether to go on with the unfinished one in the folder, as {@link #resume} does
   * @param news as of {@link #backup(BackupSpec, Consumer)}, in this thread
   * @throws WorkException if the backup can't be begun
   * @throws IllegalStateException if no cluster was passed in
   */
  public Submission submitBackup(BackupSpec given, boolean resume, Consumer<String> news)
      throws WorkException {
    BackupSpec asked = parts.scans.apply(given);
    return BackupPipeline.submit(
        asked.withStoreSettings(settings(asked.storeSettings())), resume, cluster(), news);
  }

  /**
   * Hands a restore to the cluster that was passed in; as {@link #submitBackup}.
   *
   * @throws WorkException if the restore can't be begun
   */
  public Submission submitRestore(RestoreSpec given, Consumer<String> news) throws WorkException {
    RestoreSpec asked = parts.writes.apply(given);
    return RestorePipeline.submit(
        asked.withStoreSettings(settings(asked.storeSettings())), cluster(), news);
  }

  /**
   * Hands a verification to the cluster that was passed in; as {@link #submitBackup}.
   *
   * @throws WorkException if the verification can't be begun
   */
  public Submission submitVerify(VerifySpec given, Consumer<String> news) throws WorkException {
    return VerifyPipeline.submit(
        given.withStoreSettings(settings(given.storeSettings())), cluster(), news);
  }

  private Placement cluster() {
    if (parts.placement.isHere()) {
      throw new IllegalStateException("no cluster passed in: use withCluster first");
    }
    return parts.placement;
  }

  /**
   * Estimates the size of a backup from a random sample of its records; interrupting the thread
   * ends it.
   *
   * @throws WorkException if the cluster can't be read, or the thread was interrupted
   * @see #estimate(BackupSpec, int, BooleanSupplier)
   */
  public SizeEstimate estimate(BackupSpec spec, int samples) throws WorkException {
    return estimate(spec, samples, Thread.currentThread()::isInterrupted);
  }

  /**
   * Estimates the size of a backup from a random sample of its records. Writes nothing. Takes as
   * long as reading the sample takes.
   *
   * @param samples how many records to read, at least 2; {@link BackupEstimate#DEFAULT_SAMPLES} is
   *     a good number
   * @param stop ends it soon after it turns true
   * @throws WorkException if the cluster can't be read, or it was stopped
   */
  public SizeEstimate estimate(BackupSpec spec, int samples, BooleanSupplier stop)
      throws WorkException {
    return Folders.direct(
        () -> BackupEstimate.of(parts.scans.apply(spec), samples, new Random(), stop));
  }

  /** What can be done with backup folders beside jobs: with the access to stores passed in. */
  public Folders folders() {
    return new Folders(parts.access);
  }

  /** A specification's own settings, or else those passed in. */
  private StoreSettings settings(StoreSettings given) {
    return given.equals(StoreSettings.NONE) ? parts.access.settings() : given;
  }

  private <R> Job<R> start(String kind, String what, StartedJob.Starter<R> starter) {
    String id = parts.id + "-" + kind + "-" + JOBS.incrementAndGet();
    // Asked for late: the command sets up its log first.
    Logger log = parts.log.orElseGet(() -> LoggerFactory.getLogger(Asbeam.class));
    return StartedJob.start(id, what, log, starter);
  }

  /**
   * Ends the loans of what was passed in to this object. To be called when its jobs have ended;
   * what was passed in stays open, it is the program's.
   */
  @Override
  public void close() {
    parts.loans.forEach(Runnable::run);
  }

  /** The runner's checks of a pipeline's good manners are for tests; they cost half the speed. */
  private static PipelineOptions directRunner(int slots) {
    DirectOptions options = PipelineOptionsFactory.as(DirectOptions.class);
    options.setRunner(DirectRunner.class);
    options.setTargetParallelism(slots);
    options.setEnforceImmutability(false);
    options.setEnforceEncodability(false);
    return options;
  }
}
