package org.asbeam.connectors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.errorhandling.BadRecordRouter;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.TupleTag;
import org.asbeam.aerospike.BatchWriter;
import org.asbeam.aerospike.ClusterClient;
import org.asbeam.aerospike.RecordWriteException;
import org.asbeam.aerospike.RefusalWatch;
import org.asbeam.aerospike.WriteCounts;
import org.asbeam.aerospike.WriteSpec;
import org.asbeam.format.RecordView;

/**
 * Writes the records of a bundle. Each bundle, and each run of records of one window in it, has a
 * writer of its own, so that its counts are those of its records.
 *
 * <p>Refused records leave it as soon as they are known, in the window that they came in: a bundle
 * may have no end for hours, and they would fill the memory.
 */
final class WriteRecordsFn extends DoFn<AerospikeRecord, WriteCounts> {
  static final TupleTag<WriteCounts> COUNTS =
      new TupleTag<>("counts") {
        private static final long serialVersionUID = 1L;
      };

  private static final long serialVersionUID = 1L;
  private static final String DESCRIPTION = "writing a record";

  private final Counter recordsWritten = Metrics.counter(AerospikeIO.class, "recordsWritten");
  private final Counter recordsNotWritten = Metrics.counter(AerospikeIO.class, "recordsNotWritten");
  private final Counter writeRetries = Metrics.counter(AerospikeIO.class, "writeRetries");
  private final ClusterAccess cluster;
  private final WriteSpec spec;
  private final boolean routesRefused;
  private transient ClusterClient client;
  private transient BatchWriter writer;
  private transient BoundedWindow window;
  private transient List<Done> done;
  private transient List<Refused> late;
  private transient MultiOutputReceiver receiver;

  /**
   * @param routesRefused whether refused records come out as bad records; false: they are an error
   */
  WriteRecordsFn(ClusterAccess cluster, WriteSpec spec, boolean routesRefused) {
    this.cluster = cluster;
    this.spec = spec;
    this.routesRefused = routesRefused;
  }

  @Setup
  public void setUp() throws IOException {
    client = cluster.acquire();
    done = new ArrayList<>();
    late = new ArrayList<>();
  }

  /** A bundle before that failed had no end. */
  @StartBundle
  public void startBundle() {
    giveUp();
    done.clear();
    late.clear();
  }

  @ProcessElement
  public void process(
      @Element AerospikeRecord written, BoundedWindow its, MultiOutputReceiver outputs)
      throws IOException {
    if (writer != null && !its.equals(window)) {
      finish();
    }
    if (writer == null) {
      writer = newWriter();
      window = its;
    }
    receiver = outputs;
    try {
      writer.write(written.view());
    } finally {
      receiver = null;
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws Exception {
    if (writer != null) {
      finish();
    }
    for (Refused refused : late) {
      BadRecordRouter.RECORDING_ROUTER.route(
          context,
          refused.record,
          AerospikeRecordCoder.of(),
          refused.reason,
          DESCRIPTION,
          refused.window);
    }
    late.clear();
    for (Done run : done) {
      context.output(run.counts, run.window.maxTimestamp(), run.window);
    }
    done.clear();
  }

  @Teardown
  public void tearDown() {
    giveUp();
    if (client != null) {
      client.close();
      client = null;
    }
  }

  private BatchWriter newWriter() throws IOException {
    return routesRefused
        ? new BatchWriter(
            client, spec, this::refused, RefusalWatch.off(), Cancellation.ofThisThread())
        : new BatchWriter(client, spec, Cancellation.ofThisThread());
  }

  /** Called by the writer while this thread is in it: with a record at hand, or at an end. */
  private void refused(RecordView row, int code, String reason) throws IOException {
    AerospikeRecord record = AerospikeRecord.copyOf(row);
    Refused refused =
        new Refused(
            record,
            RecordWriteException.ofRejected(spec.namespace(), record.view(), code, reason),
            window);
    if (receiver == null) {
      late.add(refused);
      return;
    }
    try {
      BadRecordRouter.RECORDING_ROUTER.route(
          receiver, record, AerospikeRecordCoder.of(), refused.reason, DESCRIPTION);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void finish() throws IOException {
    writer.flush();
    WriteCounts counts = writer.counts();
    giveUp();
    recordsWritten.inc(counts.inserted());
    recordsNotWritten.inc(counts.given() - counts.inserted());
    writeRetries.inc(counts.retries());
    done.add(new Done(window, counts));
  }

  private void giveUp() {
    if (writer != null) {
      writer.close();
      writer = null;
    }
  }

  /** What became of a run of records of one window. */
  private record Done(BoundedWindow window, WriteCounts counts) {}

  /** A record of a window whose run was at its end when the refusal was known. */
  private record Refused(
      AerospikeRecord record, RecordWriteException reason, BoundedWindow window) {}
}
