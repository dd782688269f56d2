package org.asbeam.connectors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.asbeam.aerospike.BatchWriter;
import org.asbeam.aerospike.ClusterClient;
import org.asbeam.aerospike.ClusterClients;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.aerospike.WriteCounts;
import org.asbeam.aerospike.WriteSpec;
import org.asbeam.storage.secrets.Secrets;

/**
 * Writes the records of a bundle. Each bundle, and each run of records of one window in it, has a
 * writer of its own, so that its counts are those of its records.
 */
final class WriteRecordsFn extends DoFn<AerospikeRecord, WriteCounts> {
  private static final long serialVersionUID = 1L;

  private final Counter recordsWritten = Metrics.counter(AerospikeIO.class, "recordsWritten");
  private final Counter recordsNotWritten = Metrics.counter(AerospikeIO.class, "recordsNotWritten");
  private final Counter writeRetries = Metrics.counter(AerospikeIO.class, "writeRetries");
  private final ConnectionSpec connection;
  private final WriteSpec spec;
  private transient ClusterClient client;
  private transient BatchWriter writer;
  private transient BoundedWindow window;
  private transient List<Done> done;

  WriteRecordsFn(ConnectionSpec connection, WriteSpec spec) {
    this.connection = connection;
    this.spec = spec;
  }

  @Setup
  public void setUp() throws IOException {
    client = ClusterClients.acquire(connection, Secrets.withoutAgent()::resolve);
    done = new ArrayList<>();
  }

  /** A bundle before that failed had no end. */
  @StartBundle
  public void startBundle() {
    giveUp();
    done.clear();
  }

  @ProcessElement
  public void process(@Element AerospikeRecord written, BoundedWindow its) throws IOException {
    if (writer != null && !its.equals(window)) {
      finish();
    }
    if (writer == null) {
      writer = new BatchWriter(client, spec, Cancellation.ofThisThread());
      window = its;
    }
    writer.write(written.view());
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws IOException {
    if (writer != null) {
      finish();
    }
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
}
