package org.asbeam.connectors;

import java.io.IOException;
import java.io.Serializable;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.asbeam.aerospike.ClusterClient;
import org.asbeam.aerospike.PartitionCursors;
import org.asbeam.aerospike.PartitionScanner;
import org.asbeam.aerospike.ScanOutcome;
import org.asbeam.aerospike.ScanSpec;
import org.asbeam.storage.journal.PartitionSlice;

/** Scans slices to their end, for the steps that do. Used by one thread. */
final class SliceScanner implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Counter recordsRead = Metrics.counter(AerospikeIO.class, "recordsRead");
  private final Counter scanRetries = Metrics.counter(AerospikeIO.class, "scanRetries");
  private final ClusterAccess cluster;
  private transient ClusterClient client;

  SliceScanner(ClusterAccess cluster) {
    this.cluster = cluster;
  }

  void open() throws IOException {
    client = cluster.acquire();
  }

  /**
   * Scans a slice's partitions to their end, or fails.
   *
   * @param spec without a limit: see {@link #checkUnlimited}
   */
  void scan(ScanSpec spec, PartitionSlice slice, OutputReceiver<AerospikeRecord> records)
      throws IOException {
    ScanOutcome outcome =
        new PartitionScanner(client, spec)
            .scan(
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

  /**
   * Workers know nothing of each other, so each would count up to a limit by itself.
   *
   * @throws IllegalArgumentException if the spec limits the number of records
   */
  static void checkUnlimited(ScanSpec spec) {
    if (spec.maxRecords() > 0) {
      throw new IllegalArgumentException(
          "a limit of "
              + spec.maxRecords()
              + " records can't be kept by workers that know nothing of each other; take some of"
              + " what is read by Sample.any()");
    }
  }

  void close() {
    if (client != null) {
      client.close();
      client = null;
    }
  }
}
