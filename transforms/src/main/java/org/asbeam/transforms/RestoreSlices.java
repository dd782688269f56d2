package org.asbeam.transforms;

import java.io.IOException;
import java.util.Optional;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.asbeam.connectors.JsonCoder;
import org.asbeam.storage.journal.FileSlice;
import org.asbeam.transforms.work.FileJobEnd;
import org.asbeam.transforms.work.FileOutcome;
import org.asbeam.transforms.work.FileRun;
import org.asbeam.transforms.work.LentBackends;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.RestoreWorker;
import org.asbeam.transforms.work.Surroundings;
import org.asbeam.transforms.work.WorkException;
import org.asbeam.transforms.work.WorkerName;
import org.asbeam.transforms.work.Workers;

/**
 * Does the slices of a restore: each is read, decoded and written to the cluster in the thread that
 * gets it. Where the workers are elsewhere, one of them restores secondary indexes and UDF modules
 * meanwhile, unless they come last.
 */
public final class RestoreSlices
    extends PTransform<PCollection<FileSlice>, PCollection<FileOutcome>> {
  private static final long serialVersionUID = 1L;
  private static final SharedWorkers<RestoreWorker> WORKERS = new SharedWorkers<>();

  private final RestoreSpec spec;
  private final FileRun run;
  private final String backends;

  private RestoreSlices(RestoreSpec spec, FileRun run, String backends) {
    this.spec = spec;
    this.run = run;
    this.backends = backends;
  }

  /**
   * @param run as it was launched
   */
  public static RestoreSlices of(RestoreSpec spec, FileRun run) {
    return new RestoreSlices(spec, run, LentBackends.REAL);
  }

  /** Lets the work use what a program lends under an id of {@link LentBackends}. */
  public RestoreSlices withBackends(String id) {
    return new RestoreSlices(spec, run, id);
  }

  @Override
  public PCollection<FileOutcome> expand(PCollection<FileSlice> slices) {
    Work work = new Work(spec, run, backends);
    JsonCoder<FileOutcome> coder = JsonCoder.of(FileOutcome.class);
    PCollection<FileOutcome> outcomes =
        slices
            .apply("Restore a slice", ParDo.of(new FileSliceFn<>("restore", work)))
            .setCoder(coder);
    boolean metadata = spec.scope().indexes() || spec.scope().udfs();
    if (run.workers() == Workers.HERE || spec.metadataLast() || !metadata) {
      return outcomes;
    }
    PCollection<FileOutcome> ofMetadata =
        slices
            .getPipeline()
            .apply("Begin", Create.of(run.id()))
            .apply("Restore metadata", ParDo.of(new MetadataFn(work)))
            .setCoder(coder);
    return PCollectionList.of(outcomes)
        .and(ofMetadata)
        .apply("All outcomes", Flatten.pCollections());
  }

  /** What tells that all slices are done, for workers elsewhere. */
  public EndFiles<RestoreWorker> end() {
    return new EndFiles<>(new Work(spec, run, backends));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("directory", spec.input().text()));
    builder.add(DisplayData.item("namespace", spec.targetNamespace()));
  }

  private record Work(RestoreSpec spec, FileRun run, String backends)
      implements FileWork<RestoreWorker> {
    @Override
    public SharedWorkers<RestoreWorker> workers() {
      return WORKERS;
    }

    @Override
    public RestoreWorker join() throws IOException, WorkException {
      return RestoreWorker.join(
          spec,
          run,
          LentBackends.of(backends).withStoreAccess(spec.access()),
          Surroundings.real(),
          WorkerName.ofThisProcess());
    }

    @Override
    public FileOutcome slice(RestoreWorker worker, FileSlice slice) throws IOException {
      return worker.run(slice);
    }

    @Override
    public Optional<FileJobEnd> end(RestoreWorker worker) throws IOException {
      return worker.end();
    }
  }

  private static final class MetadataFn extends DoFn<String, FileOutcome> {
    private static final long serialVersionUID = 1L;

    private final Work work;

    private MetadataFn(Work work) {
      this.work = work;
    }

    @ProcessElement
    public void process(OutputReceiver<FileOutcome> outcomes) throws IOException {
      work.once(worker -> outcomes.output(worker.metadataSlice()));
    }
  }
}
