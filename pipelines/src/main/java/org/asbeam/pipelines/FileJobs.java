package org.asbeam.pipelines;

import java.io.IOException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.values.PCollection;
import org.asbeam.connectors.FileSource;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.journal.FileJournal;
import org.asbeam.storage.journal.FileSlice;
import org.asbeam.transforms.work.Backends;
import org.asbeam.transforms.work.FileRun;
import org.asbeam.transforms.work.OpenInputs;
import org.asbeam.transforms.work.RestoreInput;
import org.asbeam.transforms.work.RunLook;

/** What jobs have in common that read backup files: restores and verifications. */
final class FileJobs {
  private FileJobs() {}

  /** The first step of a pipeline. */
  static PCollection<FileSlice> slices(
      Pipeline pipeline, RestoreInput input, FileRun run, StoreAccess access, Placement placement) {
    return pipeline.apply(
        "Read slices",
        Read.from(
            FileSource.of(input.parts(), run.slots(), run.edition(), run.slices(), access)
                .withSlicesPerSource(placement.slicesPerSource(run.slices()))));
  }

  /** A job that looks on from here, wherever its workers are. */
  static <R> RunningJob<R> job(FileRun run, OpenInputs inputs, Placement placement, Backends there)
      throws IOException {
    RunningJob<R> job =
        new RunningJob<>(run.id(), run.slices(), new RunningJob.Totals(0, inputs.bytes()));
    if (!placement.isHere()) {
      Store store = there.openStore(run.journalDirectory());
      job.watch(
          RunLook.atFiles(store, run.journal(store)),
          run.kind() == FileJournal.Kind.RESTORES ? "go on with --resume" : "run it again",
          failure -> {
            try (Store folder = there.openStore(run.journalDirectory())) {
              run.journal(folder).signs().fail(failure);
            }
          });
    }
    return job;
  }
}
