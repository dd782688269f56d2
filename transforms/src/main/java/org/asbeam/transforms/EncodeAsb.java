package org.asbeam.transforms;

import com.google.auto.value.AutoValue;
import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.asbeam.connectors.AerospikeRecord;
import org.asbeam.connectors.AsbBlock;
import org.asbeam.connectors.AsbBlockCoder;
import org.asbeam.connectors.BlockEncoder;
import org.asbeam.connectors.WriteFilesFn;

/**
 * Encodes the records of a namespace as blocks of ASB text, in the order in which they come.
 *
 * <pre>{@code
 * records
 *     .apply("Encode", EncodeAsb.of("test"))
 *     .apply("Write files", WriteAsbFiles.to("/exports/test"));
 * }</pre>
 *
 * <p>A block ends when it is full, and with its bundle. A record that the format can't spell, or
 * that is of another namespace, fails its bundle, and the error names it.
 */
@AutoValue
public abstract class EncodeAsb
    extends PTransform<PCollection<AerospikeRecord>, PCollection<AsbBlock>> {
  private static final long serialVersionUID = 1L;

  abstract String namespace();

  abstract boolean compact();

  abstract int blockBytes();

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder namespace(String namespace);

    abstract Builder compact(boolean compact);

    abstract Builder blockBytes(int bytes);

    abstract EncodeAsb build();
  }

  /**
   * @param namespace the namespace that the records are of, 1 to 31 bytes
   */
  public static EncodeAsb of(String namespace) {
    return new AutoValue_EncodeAsb.Builder()
        .namespace(namespace)
        .compact(false)
        .blockBytes(BlockEncoder.DEFAULT_BLOCK_BYTES)
        .build();
  }

  /** Whether blobs, lists, maps and HLLs are written raw instead of as base64. */
  public EncodeAsb withCompact(boolean compact) {
    return toBuilder().compact(compact).build();
  }

  /**
   * A block is full when it has this many bytes of text: {@link BlockEncoder#DEFAULT_BLOCK_BYTES}
   * if not given. Files can't be kept nearer to their limit than that.
   */
  public EncodeAsb withBlockBytes(int bytes) {
    return toBuilder().blockBytes(bytes).build();
  }

  @Override
  public PCollection<AsbBlock> expand(PCollection<AerospikeRecord> records) {
    WriteFilesFn.checkInput("EncodeAsb", records);
    // Looks at the values here rather than on every worker.
    encoder();
    return records
        .apply("Encode records", ParDo.of(new EncodeFn(this)))
        .setCoder(AsbBlockCoder.of());
  }

  private BlockEncoder encoder() {
    return new BlockEncoder(namespace(), compact(), blockBytes());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("namespace", namespace()).withLabel("Namespace"));
    builder.add(DisplayData.item("compact", compact()).withLabel("Raw blobs"));
    builder.add(DisplayData.item("blockBytes", blockBytes()).withLabel("Bytes per block"));
  }

  private static final class EncodeFn extends DoFn<AerospikeRecord, AsbBlock> {
    private static final long serialVersionUID = 1L;

    private final EncodeAsb spec;
    private transient BlockEncoder encoder;

    private EncodeFn(EncodeAsb spec) {
      this.spec = spec;
    }

    /** A bundle before that failed had no end. */
    @StartBundle
    public void startBundle() {
      encoder = spec.encoder();
    }

    @ProcessElement
    public void process(@Element AerospikeRecord element, OutputReceiver<AsbBlock> blocks)
        throws IOException {
      if (encoder.add(element.view())) {
        blocks.output(encoder.take());
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      if (!encoder.isEmpty()) {
        context.output(encoder.take(), GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE);
      }
    }
  }
}
