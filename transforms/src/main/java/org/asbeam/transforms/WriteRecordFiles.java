package org.asbeam.transforms;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.asbeam.connectors.AerospikeRecord;
import org.asbeam.connectors.AsbFileSpec;
import org.asbeam.connectors.AsbFiles;
import org.asbeam.connectors.WriteFilesFn;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreOutput;

/**
 * Writes records into files of a {@link RecordFormat}, one file per bundle. The result names the
 * files that count; each is seen only when it is whole.
 *
 * <p>These files are no backup: there is no manifest that proves that every record is there. The
 * folder must not hold a backup of asbeam.
 */
public final class WriteRecordFiles
    extends PTransform<PCollection<AerospikeRecord>, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  private final RecordFormat format;
  private final String ending;
  private final String directory;
  private final StoreAccess stores;

  private WriteRecordFiles(RecordFormat format, String directory, StoreAccess stores) {
    this.format = format;
    this.ending = RecordFormats.ending(format);
    this.directory = directory;
    this.stores = stores;
  }

  /**
   * @param directory a folder, as a path or URI
   * @throws IllegalArgumentException if the form's ending is none that it may have
   */
  public static WriteRecordFiles of(RecordFormat format, String directory) {
    return new WriteRecordFiles(format, directory, StoreAccess.DEFAULT);
  }

  /** What the folder's store is opened with: endpoints, credentials and the like. */
  public WriteRecordFiles withStoreAccess(StoreAccess access) {
    return new WriteRecordFiles(format, directory, access);
  }

  @Override
  public PCollection<String> expand(PCollection<AerospikeRecord> records) {
    WriteFilesFn.checkInput("WriteRecordFiles", records);
    return records
        .apply("Write records", ParDo.of(new WriteFn(format, ending, directory, stores)))
        .setCoder(StringUtf8Coder.of());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.add(DisplayData.item("directory", directory));
    builder.add(DisplayData.item("ending", ending));
  }

  private static final class WriteFn extends DoFn<AerospikeRecord, String> {
    private static final long serialVersionUID = 1L;

    private final RecordFormat format;
    private final String ending;
    private final String directory;
    private final StoreAccess stores;
    private transient Store store;
    private transient StoreOutput file;
    private transient OutputStream out;
    private transient RecordFormat.Encoder encoder;

    private WriteFn(RecordFormat format, String ending, String directory, StoreAccess stores) {
      this.format = format;
      this.ending = ending;
      this.directory = directory;
      this.stores = stores;
    }

    @Setup
    public void setUp() throws IOException {
      store = AsbFiles.openFolder(AsbFileSpec.of(directory).withStoreAccess(stores));
    }

    /** A bundle before that failed had no end. */
    @StartBundle
    public void startBundle() {
      giveUp();
    }

    @ProcessElement
    public void process(@Element AerospikeRecord element) throws IOException {
      if (file == null) {
        file = store.createWhole("records_" + UUID.randomUUID() + ending, false);
        out = new BufferedOutputStream(new FileOut(file), 1 << 16);
        encoder = format.encoder(out);
      }
      encoder.encode(element.view());
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) throws IOException {
      if (file == null) {
        return;
      }
      encoder.finish();
      out.flush();
      file.commit();
      context.output(file.name(), GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE);
      giveUp();
    }

    @Teardown
    public void tearDown() {
      giveUp();
      if (store != null) {
        store.close();
        store = null;
      }
    }

    private void giveUp() {
      if (file != null) {
        file.close();
        file = null;
      }
    }
  }

  private static final class FileOut extends OutputStream {
    private final StoreOutput file;

    private FileOut(StoreOutput file) {
      this.file = file;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      file.write(bytes, offset, count);
    }
  }
}
