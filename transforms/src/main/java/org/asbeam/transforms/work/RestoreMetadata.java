package org.asbeam.transforms.work;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.asbeam.format.AsbDecoder;
import org.asbeam.storage.journal.FileReceipt;
import org.asbeam.storage.journal.FileSlice;
import org.asbeam.storage.journal.SliceText;

/** Restores the secondary indexes and UDF modules of a restore's inputs, as far as was asked. */
final class RestoreMetadata {
  private final RestoreSpec spec;
  private final OpenInputs inputs;
  private final RecordSink sink;
  private final BooleanSupplier stop;

  RestoreMetadata(RestoreSpec spec, OpenInputs inputs, RecordSink sink, BooleanSupplier stop) {
    this.spec = spec;
    this.inputs = inputs;
    this.sink = sink;
    this.stop = stop;
  }

  /**
   * Restores those of all inputs but a stream: those of the metadata file, or, where there is no
   * manifest, those before the first record of every file. What comes twice is restored once.
   */
  MetadataOutcome restoreAll() throws IOException {
    if (!spec.scope().indexes() && !spec.scope().udfs()) {
      return MetadataOutcome.NONE;
    }
    MetadataMerge merge = newMerge();
    for (int i = 0; i < inputs.all().size(); i++) {
      OpenInputs.Opened input = inputs.all().get(i);
      for (FileReceipt file : input.contents().files()) {
        if (mayHoldMetadata(input, file)) {
          FileSlice whole = new FileSlice(0, i, file.name(), 0, file.blocks(), file.bytes());
          try (SliceText text = inputs.text(whole)) {
            collect(merge, text.decoder(), input.store().location() + "/" + file.name());
          }
        }
      }
    }
    return restore(merge);
  }

  private static boolean mayHoldMetadata(OpenInputs.Opened input, FileReceipt file) {
    return input
        .contents()
        .manifest()
        .map(manifest -> manifest.metadataFile().equals(file.name()))
        .orElse(true);
  }

  private void collect(MetadataMerge merge, AsbDecoder decoder, String path) throws IOException {
    AsbDecoder.Item item = decoder.next();
    while (item != AsbDecoder.Item.END && item != AsbDecoder.Item.RECORD) {
      collect(merge, decoder, item, path);
      item = decoder.next();
    }
  }

  /** What {@link #collect} puts together. */
  MetadataMerge newMerge() {
    return new MetadataMerge(spec.sourceNamespace());
  }

  /** Takes the item that a decoder is at, if it is to be restored. */
  void collect(MetadataMerge merge, AsbDecoder decoder, AsbDecoder.Item item, String path)
      throws IOException {
    if (item == AsbDecoder.Item.SECONDARY_INDEX && spec.scope().indexes()) {
      merge.add(decoder.secondaryIndex(), path);
    } else if (item == AsbDecoder.Item.UDF && spec.scope().udfs()) {
      merge.add(decoder.udf(), path);
    }
  }

  MetadataOutcome restore(MetadataMerge merge) throws IOException {
    return sink.restore(merge.indexes(), merge.udfs(), stop);
  }
}
