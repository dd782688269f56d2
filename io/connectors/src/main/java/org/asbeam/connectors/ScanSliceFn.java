package org.asbeam.connectors;

import java.io.IOException;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.asbeam.aerospike.ClusterClient;
import org.asbeam.aerospike.ClusterClients;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.aerospike.PartitionCursors;
import org.asbeam.aerospike.PartitionScanner;
import org.asbeam.aerospike.ScanOutcome;
import org.asbeam.aerospike.ScanSpec;
import org.asbeam.storage.journal.PartitionSlice;
import org.asbeam.storage.secrets.Secrets;

/** Scans a slice's partitions to their end, or fails. */
final class ScanSliceFn extends DoFn<PartitionSlice, AerospikeRecord> {
  private static final long serialVersionUID = 1L;

  private final Counter recordsRead = Metrics.counter(AerospikeIO.class, "recordsRead");
  private final Counter scanRetries = Metrics.counter(AerospikeIO.class, "scanRetries");
  private final ConnectionSpec connection;
  private final ScanSpec spec;
  private transient ClusterClient client;
  private transient PartitionScanner scanner;

  ScanSliceFn(ConnectionSpec connection, ScanSpec spec) {
    this.connection = connection;
    this.spec = spec;
  }

  @Setup
  public void setUp() throws IOException {
    client = ClusterClients.acquire(connection, Secrets.withoutAgent()::resolve);
    scanner = new PartitionScanner(client, spec);
  }

  @ProcessElement
  public void process(@Element PartitionSlice slice, OutputReceiver<AerospikeRecord> records)
      throws IOException {
    ScanOutcome outcome =
        scanner.scan(
            PartitionCursors.start(slice.partitions()),
            row -> records.output(AerospikeRecord.copyOf(row)),
            Cancellation.ofThisThread());
    // Even here the records so far are no result: a slice counts whole or not at all.
    if (outcome.stopped()) {
      throw Cancellation.exception("the scan of partitions " + slice.partitions());
    }
    recordsRead.inc(outcome.records());
    scanRetries.inc(outcome.retries());
  }

  @Teardown
  public void tearDown() {
    if (client != null) {
      client.close();
      client = null;
    }
  }
}
