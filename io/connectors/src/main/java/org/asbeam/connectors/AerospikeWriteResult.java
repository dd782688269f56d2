package org.asbeam.connectors;

import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.asbeam.aerospike.WriteCounts;

/** What {@link AerospikeIO#write} leaves. */
public final class AerospikeWriteResult implements POutput {
  private static final TupleTag<WriteCounts> COUNTS = new TupleTag<>("counts");

  private final PCollection<WriteCounts> counts;

  AerospikeWriteResult(PCollection<WriteCounts> counts) {
    this.counts = counts;
  }

  /**
   * What became of the records, per bundle and window. An element comes when all its records are
   * written or known not to be: a signal for {@code Wait.on}.
   */
  public PCollection<WriteCounts> getCounts() {
    return counts;
  }

  @Override
  public Pipeline getPipeline() {
    return counts.getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return Map.of(COUNTS, counts);
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {
    // The counts' own step has specified them.
  }
}
