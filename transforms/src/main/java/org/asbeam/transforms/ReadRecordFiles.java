package org.asbeam.transforms;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.asbeam.connectors.AerospikeRecord;
import org.asbeam.connectors.AerospikeRecordCoder;
import org.asbeam.format.RecordView;
import org.asbeam.format.RowBuilder;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoredFile;
import org.asbeam.storage.Stores;

/**
 * Reads the records in all files of a {@link RecordFormat} that lie in a folder, each file in one
 * piece.
 */
public final class ReadRecordFiles extends PTransform<PBegin, PCollection<AerospikeRecord>> {
  private static final long serialVersionUID = 1L;

  private final RecordFormat format;
  private final String ending;
  private final String directory;
  private final StoreAccess stores;

  private ReadRecordFiles(RecordFormat format, String directory, StoreAccess stores) {
    this.format = format;
    this.ending = RecordFormats.ending(format);
    this.directory = directory;
    this.stores = stores;
  }

  /**
   * @param directory a folder, as a path or URI
   * @throws IllegalArgumentException if the form's ending is none that it may have
   */
  public static ReadRecordFiles of(RecordFormat format, String directory) {
    return new ReadRecordFiles(format, directory, StoreAccess.DEFAULT);
  }

  /** What the folder's store is opened with: endpoints, credentials and the like. */
  public ReadRecordFiles withStoreAccess(StoreAccess access) {
    return new ReadRecordFiles(format, directory, access);
  }

  @Override
  public PCollection<AerospikeRecord> expand(PBegin begin) {
    return begin
        .apply("Folder", Create.of(directory))
        .apply("List files", ParDo.of(new ListFn(ending, stores)))
        .setCoder(StringUtf8Coder.of())
        .apply("Spread files", Reshuffle.viaRandomKey())
        .apply("Read records", ParDo.of(new ReadFn(format, directory, stores)))
        .setCoder(AerospikeRecordCoder.of());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("directory", directory));
    builder.add(DisplayData.item("ending", ending));
  }

  private static final class ListFn extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;

    private final String ending;
    private final StoreAccess stores;

    private ListFn(String ending, StoreAccess stores) {
      this.ending = ending;
      this.stores = stores;
    }

    @ProcessElement
    public void process(@Element String folder, OutputReceiver<String> files) throws IOException {
      int found = 0;
      try (Store store = Stores.open(folder, stores)) {
        for (StoredFile file : store.list("")) {
          if (!file.folder() && file.name().endsWith(ending)) {
            files.output(file.name());
            found++;
          }
        }
        if (found == 0) {
          throw new IOException(store.location() + ": holds no file that ends with " + ending);
        }
      }
    }
  }

  private static final class ReadFn extends DoFn<String, AerospikeRecord> {
    private static final long serialVersionUID = 1L;

    private final RecordFormat format;
    private final String directory;
    private final StoreAccess stores;

    private ReadFn(RecordFormat format, String directory, StoreAccess stores) {
      this.format = format;
      this.directory = directory;
      this.stores = stores;
    }

    @ProcessElement
    public void process(@Element String file, OutputReceiver<AerospikeRecord> records)
        throws IOException {
      RowBuilder row = new RowBuilder();
      RecordView view = new RecordView();
      try (Store store = Stores.open(directory, stores);
          InputStream in = new BufferedInputStream(store.read(file, 0), 1 << 16)) {
        RecordFormat.Decoder decoder = format.decoder(in, store.location() + "/" + file);
        while (decoder.decode(row)) {
          records.output(AerospikeRecord.copyOf(row.view(view)));
        }
      }
    }
  }
}
