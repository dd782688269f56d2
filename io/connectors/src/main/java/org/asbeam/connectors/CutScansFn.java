package org.asbeam.connectors;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.asbeam.aerospike.ScanSpec;
import org.asbeam.format.PartitionSet;
import org.asbeam.storage.journal.PartitionSlice;

/** Cuts each scan into slices, as the source of a single scan does. */
final class CutScansFn extends DoFn<ScanSpec, KV<ScanSpec, PartitionSlice>> {
  private static final long serialVersionUID = 1L;

  private final PartitionSet partitions;
  private final int slices;

  CutScansFn(PartitionSet partitions, int slices) {
    this.partitions = partitions;
    this.slices = slices;
  }

  @ProcessElement
  public void process(@Element ScanSpec spec, OutputReceiver<KV<ScanSpec, PartitionSlice>> cut) {
    SliceScanner.checkUnlimited(spec);
    for (PartitionSlice slice : PartitionSource.cut(partitions, slices)) {
      cut.output(KV.of(spec, slice));
    }
  }
}
