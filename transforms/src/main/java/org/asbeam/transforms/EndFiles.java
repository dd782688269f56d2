package org.asbeam.transforms;

import java.io.Closeable;
import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.asbeam.connectors.JsonCoder;
import org.asbeam.transforms.work.FileJobEnd;
import org.asbeam.transforms.work.FileOutcome;

/**
 * Ends a restore or a verification whose workers are elsewhere, when all its slices are done: the
 * launcher may be gone by then. What counts is the outcomes in the journal; the elements only say
 * that their time has come.
 *
 * @param <W> the kind of worker
 */
public final class EndFiles<W extends Closeable>
    extends PTransform<PCollection<FileOutcome>, PCollection<FileJobEnd>> {
  private static final long serialVersionUID = 1L;

  private final FileWork<W> work;

  EndFiles(FileWork<W> work) {
    this.work = work;
  }

  @Override
  public PCollection<FileJobEnd> expand(PCollection<FileOutcome> outcomes) {
    return AllSlices.of(outcomes, work.run().id(), FileOutcome::slice)
        .apply("End", ParDo.of(new EndFn<>(work)))
        .setCoder(JsonCoder.of(FileJobEnd.class));
  }

  private static final class EndFn<W extends Closeable>
      extends DoFn<KV<String, Iterable<Integer>>, FileJobEnd> {
    private static final long serialVersionUID = 1L;

    private final FileWork<W> work;

    private EndFn(FileWork<W> work) {
      this.work = work;
    }

    @ProcessElement
    public void process(OutputReceiver<FileJobEnd> ends) throws IOException {
      work.once(worker -> work.end(worker).ifPresent(ends::output));
    }
  }
}
