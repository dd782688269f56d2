package org.asbeam.connectors;

import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.asbeam.aerospike.ScanSpec;
import org.asbeam.storage.journal.PartitionSlice;

/** Scans slices of many specifications, each to its end, or fails. */
final class ScanSpecSliceFn extends DoFn<KV<ScanSpec, PartitionSlice>, AerospikeRecord> {
  private static final long serialVersionUID = 1L;

  private final SliceScanner scanner;

  ScanSpecSliceFn(ClusterAccess cluster) {
    this.scanner = new SliceScanner(cluster);
  }

  @Setup
  public void setUp() throws IOException {
    scanner.open();
  }

  @ProcessElement
  public void process(
      @Element KV<ScanSpec, PartitionSlice> slice, OutputReceiver<AerospikeRecord> records)
      throws IOException {
    scanner.scan(slice.getKey(), slice.getValue(), records);
  }

  @Teardown
  public void tearDown() {
    scanner.close();
  }
}
