package org.asbeam.pipelines;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.options.PipelineOptions;
import org.asbeam.aerospike.ScanFilter;
import org.asbeam.connectors.PartitionSource;
import org.asbeam.format.Partitions;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.journal.Failure;
import org.asbeam.storage.journal.Journal;
import org.asbeam.storage.journal.Manifest;
import org.asbeam.storage.journal.ManifestFile;
import org.asbeam.storage.journal.Removal;
import org.asbeam.transforms.BackUpSlices;
import org.asbeam.transforms.CommitBackup;
import org.asbeam.transforms.work.Backends;
import org.asbeam.transforms.work.BackupLaunch;
import org.asbeam.transforms.work.BackupScope;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.ClusterView;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.LentBackends;
import org.asbeam.transforms.work.Places;
import org.asbeam.transforms.work.RealBackends;
import org.asbeam.transforms.work.RunLook;
import org.asbeam.transforms.work.ScopeResolver;
import org.asbeam.transforms.work.Surroundings;
import org.asbeam.transforms.work.WorkException;
import org.asbeam.transforms.work.WorkerName;

/**
 * Backs up a namespace: {@code Read(PartitionSource) -> BackUpSlices -> CommitBackup}.
 *
 * <p>The launcher takes the folder and fixes the plan; slices leave their receipts in the folder;
 * the commit proves from them that the backup is whole and writes the manifest.
 */
public final class BackupPipeline {
  private BackupPipeline() {}

  /**
   * Starts a backup, or goes on with the unfinished one in the folder.
   *
   * @param resume whether to go on; the stored plan then counts, not the specification
   * @throws WorkException if the folder is not free, or the cluster can't be reached
   */
  public static Job<BackupReport> start(BackupSpec asked, boolean resume, PipelineOptions options)
      throws WorkException {
    return start(asked, resume, Placement.here(options), line -> {}, LentBackends.REAL);
  }

  /**
   * @param news gets what a person should know of before the work begins, line by line
   * @param lent an id of {@link LentBackends}
   */
  static Job<BackupReport> start(
      BackupSpec asked, boolean resume, Placement placement, Consumer<String> news, String lent)
      throws WorkException {
    Backends backends = LentBackends.of(lent).withStoreAccess(asked.access());
    try {
      Prepared job = prepare(asked, resume, placement, news, backends);
      if (job.spec().output().isSingleFile()) {
        return StreamJob.start(job.spec(), backends, job.cluster());
      }
      BackupLaunch.Launched run = launch(job, resume, news, backends);
      RunningJob<BackupReport> running =
          new RunningJob<>(run.runId(), run.slices(), totals(job.spec(), job.cluster()));
      if (!placement.isHere()) {
        running.watch(
            RunLook.atBackup(backends.openStore(run.directory()), run.runId()),
            "go on with --resume",
            failure -> stop(run, backends, failure));
      }
      return running.start(
          () -> {},
          RunningJob.running(
              run.runId(), pipeline(run, job.spec().access(), lent, placement, job.spec().slots())),
          elapsed -> report(run, backends, elapsed));
    } catch (IOException e) {
      throw RunningJob.failure(e);
    }
  }

  /**
   * Hands a backup to a cluster, and does not wait for its end.
   *
   * @param placement elsewhere; its runner must give control back at once
   * @param news gets what a person should know of before the work begins, line by line
   */
  static Submission submit(
      BackupSpec asked, boolean resume, Placement placement, Consumer<String> news)
      throws WorkException {
    Backends backends = new RealBackends(asked.access());
    try {
      Prepared job = prepare(asked, resume, placement, news, backends);
      BackupLaunch.Launched run = launch(job, resume, news, backends);
      RunningJob.submit(
          pipeline(run, job.spec().access(), LentBackends.REAL, placement, job.spec().slots()));
      return new Submission(run.runId(), run.directory(), run.slices(), run.done());
    } catch (IOException e) {
      throw RunningJob.failure(e);
    }
  }

  /** What is known before the folder is touched. */
  private record Prepared(BackupSpec spec, ClusterView cluster) {}

  /** A wrong host or namespace must not cost the old backup. */
  private static Prepared prepare(
      BackupSpec given,
      boolean resume,
      Placement placement,
      Consumer<String> news,
      Backends backends)
      throws IOException, WorkException {
    BackupSpec asked = placement.fit(given, Places::absolute);
    if (!placement.isHere() && asked.output().isSingleFile()) {
      throw new WorkException(
          ErrorCode.USAGE,
          "a backup into a single file has one writer, and many workers were asked for",
          "back up into a folder, or use --runner direct");
    }
    Placement.Look<Prepared> look =
        () -> {
          BackupSpec spec = resume ? asked : backends.resolve(asked);
          String namespace =
              resume
                  ? new BackupLaunch(backends, Surroundings.real()).namespaceToResume(spec)
                  : spec.namespace();
          ClusterView cluster = backends.look(spec.connection(), spec.secretAgent(), namespace);
          return new Prepared(resume ? withSlotForEachNode(spec, cluster) : spec, cluster);
        };
    if (!resume && ScopeResolver.needsCluster(asked)) {
      return look.look();
    }
    return placement.look(
        look,
        () ->
            new Prepared(resume ? asked : ScopeResolver.withoutCluster(asked), ClusterView.UNSEEN),
        news);
  }

  private static BackupLaunch.Launched launch(
      Prepared job, boolean resume, Consumer<String> news, Backends backends)
      throws IOException, WorkException {
    BackupLaunch launch = new BackupLaunch(backends, Surroundings.real());
    BackupLaunch.Launched run =
        resume
            ? launch.resume(job.spec(), WorkerName.ofThisProcess())
            : launch.start(job.spec(), job.cluster().masters()::get, WorkerName.ofThisProcess());
    run.warnings().forEach(news);
    return run;
  }

  private static void stop(BackupLaunch.Launched run, Backends backends, Failure failure)
      throws IOException {
    try (Store store = backends.openStore(run.directory())) {
      new Journal(store, run.runId()).signs().fail(failure);
    }
  }

  /** Nobody knows what a filter leaves: then the slices tell how far a job is. */
  static RunningJob.Totals totals(BackupSpec spec, ClusterView cluster) {
    BackupScope scope = spec.scope();
    boolean known =
        scope.records()
            && scope.filter().equals(ScanFilter.NONE)
            && scope.bins().isEmpty()
            && scope.maxRecords() == 0;
    return new RunningJob.Totals(
        known ? cluster.objects() * scope.partitions().size() / Partitions.COUNT : 0, 0);
  }

  private static BackupSpec withSlotForEachNode(BackupSpec spec, ClusterView cluster) {
    return spec.reading().parallelNodes()
        ? spec.withSlots(Math.max(spec.slots(), cluster.nodes()))
        : spec;
  }

  /** The pipeline of a launched run. Step names are stable: runners show them. */
  static Pipeline pipeline(
      BackupLaunch.Launched run, StoreAccess stores, String lent, Placement placement, int slots) {
    Pipeline pipeline = Pipeline.create(placement.options().apply(slots));
    pipeline
        .apply(
            "Read slices",
            Read.from(
                PartitionSource.ofRun(run.directory(), run.runId(), run.slices(), stores)
                    .withSlicesPerSource(placement.slicesPerSource(run.slices()))))
        .apply(
            "Back up slices",
            BackUpSlices.of(run.directory(), run.runId())
                .withBackends(lent)
                .withStoreAccess(stores))
        .apply(
            "Commit backup",
            CommitBackup.of(run.directory(), run.runId())
                .withBackends(lent)
                .withStoreAccess(stores));
    return pipeline;
  }

  private static BackupReport report(BackupLaunch.Launched run, Backends backends, Duration elapsed)
      throws IOException, WorkException {
    try (Store store = backends.openStore(run.directory())) {
      Journal journal = new Journal(store, run.runId());
      boolean mayDelete = run.removal() == Removal.DELETES;
      if (mayDelete) {
        // If no worker came so far, the launcher's own sign of life is still there.
        journal.signs().endBeat(WorkerName.ofThisProcess());
      }
      Optional<Failure> failure = journal.signs().failure();
      if (failure.isPresent()) {
        throw WorkException.of(failure.get());
      }
      Optional<Manifest> manifest = ManifestFile.read(store);
      if (manifest.isEmpty() || !manifest.get().runId().equals(run.runId())) {
        throw new WorkException(
            ErrorCode.STOPPED,
            store.location()
                + ": the backup is unfinished: "
                + journal.receiptCount()
                + " of "
                + run.slices()
                + " slices are done",
            "go on with --resume");
      }
      // The job has ended, so no runner will repeat a slice: the journal has done its duty.
      if (mayDelete) {
        journal.delete();
      }
      return new BackupReport(run.directory(), manifest.get(), run.slices(), run.done(), elapsed);
    }
  }
}
