package org.asbeam.transforms;

import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.asbeam.connectors.AerospikeRecord;
import org.asbeam.connectors.AerospikeRecordCoder;
import org.asbeam.connectors.AsbBlock;
import org.asbeam.format.AsbDecoder;

/**
 * Decodes blocks of ASB text into their records: the reverse of {@link EncodeAsb}.
 *
 * <p>A damaged block fails its bundle; the error names the place in the block.
 */
public final class DecodeAsb
    extends PTransform<PCollection<AsbBlock>, PCollection<AerospikeRecord>> {
  private static final long serialVersionUID = 1L;

  private DecodeAsb() {}

  public static DecodeAsb create() {
    return new DecodeAsb();
  }

  @Override
  public PCollection<AerospikeRecord> expand(PCollection<AsbBlock> blocks) {
    return blocks
        .apply("Decode blocks", ParDo.of(new DecodeFn()))
        .setCoder(AerospikeRecordCoder.of());
  }

  private static final class DecodeFn extends DoFn<AsbBlock, AerospikeRecord> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element AsbBlock block, OutputReceiver<AerospikeRecord> records)
        throws IOException {
      AsbDecoder decoder = block.decoder();
      while (decoder.next() == AsbDecoder.Item.RECORD) {
        records.output(AerospikeRecord.copyOf(decoder.record()));
      }
    }
  }
}
