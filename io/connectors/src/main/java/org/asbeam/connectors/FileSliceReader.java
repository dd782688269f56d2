package org.asbeam.connectors;

import java.io.IOException;
import java.io.Serializable;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.asbeam.format.AsbDecoder;
import org.asbeam.storage.Store;
import org.asbeam.storage.journal.BackupContents;
import org.asbeam.storage.journal.FileSlice;
import org.asbeam.storage.journal.SliceText;

/** Decodes slices of one backup at a time to their end, for the steps that do. */
final class FileSliceReader implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Counter recordsRead = Metrics.counter(AsbIO.class, "recordsRead");
  private final Counter globalsSkipped = Metrics.counter(AsbIO.class, "globalsSkipped");
  private final BackupAccess access;
  private transient Store store;
  private transient BackupContents contents;

  FileSliceReader(BackupAccess access) {
    this.access = access;
  }

  /** Looks at a backup folder, in the place of the one before. */
  void open(String directory) throws IOException {
    close();
    store = access.open(directory);
    contents = access.contents(store);
  }

  /** The edition of the backup that is open. */
  String edition() {
    return contents.edition();
  }

  /** Decodes a slice of the backup that is open to its end, or fails. */
  void read(FileSlice slice, OutputReceiver<AerospikeRecord> records) throws IOException {
    try (SliceText text = SliceText.open(store, contents, slice)) {
      AsbDecoder decoder = text.decoder();
      long count = 0;
      long globals = 0;
      for (AsbDecoder.Item item = decoder.next();
          item != AsbDecoder.Item.END;
          item = decoder.next()) {
        if (item == AsbDecoder.Item.RECORD) {
          records.output(AerospikeRecord.copyOf(decoder.record()));
          count++;
        } else {
          globals++;
        }
        if (Thread.currentThread().isInterrupted()) {
          throw Cancellation.exception("reading " + slice.file());
        }
      }
      text.checkEnd(count);
      recordsRead.inc(count);
      globalsSkipped.inc(globals);
    }
  }

  void close() {
    if (store != null) {
      store.close();
      store = null;
      contents = null;
    }
  }
}
