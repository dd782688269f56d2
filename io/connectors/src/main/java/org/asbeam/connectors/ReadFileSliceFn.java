package org.asbeam.connectors;

import java.io.IOException;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.asbeam.format.AsbDecoder;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.Stores;
import org.asbeam.storage.journal.BackupContents;
import org.asbeam.storage.journal.FileSlice;
import org.asbeam.storage.journal.SliceText;

/** Decodes a slice of a backup to its end, or fails. */
final class ReadFileSliceFn extends DoFn<FileSlice, AerospikeRecord> {
  private static final long serialVersionUID = 1L;

  private final Counter recordsRead = Metrics.counter(AsbIO.class, "recordsRead");
  private final Counter globalsSkipped = Metrics.counter(AsbIO.class, "globalsSkipped");
  private final String directory;
  private final StoreAccess access;
  private transient Store store;
  private transient BackupContents contents;

  ReadFileSliceFn(String directory, StoreAccess access) {
    this.directory = directory;
    this.access = access;
  }

  @Setup
  public void setUp() throws IOException {
    store = Stores.open(directory, access);
    contents = BackupContents.of(store);
  }

  @ProcessElement
  public void process(@Element FileSlice slice, OutputReceiver<AerospikeRecord> records)
      throws IOException {
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

  @Teardown
  public void tearDown() {
    if (store != null) {
      store.close();
      store = null;
    }
  }
}
