package org.asbeam.connectors;

import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.asbeam.aerospike.ScanSpec;
import org.asbeam.storage.journal.PartitionSlice;

/** Scans a slice's partitions to their end, or fails. */
final class ScanSliceFn extends DoFn<PartitionSlice, AerospikeRecord> {
  private static final long serialVersionUID = 1L;

  private final SliceScanner scanner;
  private final ScanSpec spec;

  ScanSliceFn(ClusterAccess cluster, ScanSpec spec) {
    this.scanner = new SliceScanner(cluster);
    this.spec = spec;
  }

  @Setup
  public void setUp() throws IOException {
    scanner.open();
  }

  @ProcessElement
  public void process(@Element PartitionSlice slice, OutputReceiver<AerospikeRecord> records)
      throws IOException {
    scanner.scan(spec, slice, records);
  }

  @Teardown
  public void tearDown() {
    scanner.close();
  }
}
