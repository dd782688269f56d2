package org.asbeam.pipelines;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
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
    return start(asked, resume, slots -> options, line -> {}, LentBackends.REAL);
  }

  /**
   * @param runner makes the options of the pipeline for as many slots as the run has: the cluster
   *     may say how many
   * @param news gets what a person should know of before the work begins, line by line
   * @param lent an id of {@link LentBackends}
   */
  static Job<BackupReport> start(
      BackupSpec asked,
      boolean resume,
      IntFunction<PipelineOptions> runner,
      Consumer<String> news,
      String lent)
      throws WorkException {
    Backends backends = LentBackends.of(lent).withStoreAccess(asked.access());
    BackupLaunch launch = new BackupLaunch(backends, Surroundings.real());
    try {
      BackupSpec resolved = resume ? asked : backends.resolve(asked);
      // Before anything is touched: a wrong host or namespace must not cost the old backup.
      ClusterView cluster =
          backends.look(
              resolved.connection(), resolved.secretAgent(), namespaceOf(resolved, resume, launch));
      BackupSpec spec = resume ? withSlotForEachNode(resolved, cluster) : resolved;
      if (spec.output().isSingleFile()) {
        return StreamJob.start(spec, backends, cluster);
      }
      BackupLaunch.Launched run =
          resume
              ? launch.resume(spec, WorkerName.ofThisProcess())
              : launch.start(spec, cluster.masters()::get, WorkerName.ofThisProcess());
      run.warnings().forEach(news);
      return RunningJob.start(
          run.runId(),
          run.slices(),
          totals(spec, cluster),
          () -> {},
          pipeline(run, spec.access(), lent, runner.apply(spec.slots())),
          elapsed -> report(run, backends, elapsed));
    } catch (IOException e) {
      throw RunningJob.failure(e);
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

  private static String namespaceOf(BackupSpec spec, boolean resume, BackupLaunch launch)
      throws IOException, WorkException {
    return resume ? launch.namespaceToResume(spec) : spec.namespace();
  }

  /** The pipeline of a launched run. Step names are stable: runners show them. */
  static Pipeline pipeline(
      BackupLaunch.Launched run, StoreAccess stores, String lent, PipelineOptions options) {
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(
            "Read slices",
            Read.from(PartitionSource.ofRun(run.directory(), run.runId(), run.slices(), stores)))
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
        journal.endBeat(WorkerName.ofThisProcess());
      }
      Optional<Failure> failure = journal.failure();
      if (failure.isPresent()) {
        throw new WorkException(
            ErrorCode.valueOf(failure.get().code()), failure.get().message(), failure.get().hint());
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
