package org.asbeam.connectors;

import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.values.PCollection;
import org.asbeam.storage.Store;
import org.asbeam.storage.crypto.FileEncryption;
import org.asbeam.storage.journal.FileReceipt;
import org.asbeam.storage.secrets.Secrets;

/**
 * Writes the elements of a bundle into files of its own, which end with the bundle.
 *
 * @param <T> the kind of element
 */
public abstract class WriteFilesFn<T> extends DoFn<T, FileReceipt> {
  private static final long serialVersionUID = 1L;

  private final AsbFileSpec spec;
  private transient FileEncryption encryption;
  private transient Store store;
  private transient AsbFiles files;
  private transient int bundles;

  WriteFilesFn(AsbFileSpec spec) {
    this.spec = spec;
  }

  /**
   * Checks that a collection has an end and no windows: its files are one backup.
   *
   * @param step the name of the step, for the error
   * @throws IllegalArgumentException if not
   */
  public static void checkInput(String step, PCollection<?> input) {
    if (!(input.getWindowingStrategy().getWindowFn() instanceof GlobalWindows)
        || input.isBounded() == PCollection.IsBounded.UNBOUNDED) {
      throw new IllegalArgumentException(
          step
              + " needs a bounded collection in the global window, since its files are one backup;"
              + " '"
              + input.getName()
              + "' is not");
    }
  }

  /** Takes an element, and writes what it completes. */
  abstract void take(T element, AsbFiles to) throws IOException;

  /** Writes what is left at the end of a bundle. */
  abstract void flush(AsbFiles to) throws IOException;

  /** Forgets what is left of a bundle that failed. */
  abstract void clear();

  @Setup
  public void setUp() throws IOException {
    encryption = spec.encryption().open(Secrets.of(spec.stores().agent()));
    store = AsbFiles.openFolder(spec);
  }

  /** A bundle before that failed had no end. */
  @StartBundle
  public void startBundle() {
    giveUp();
  }

  @ProcessElement
  public void process(@Element T element) throws IOException {
    if (files == null) {
      files = new AsbFiles(store, spec, encryption, bundles++);
    }
    take(element, files);
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) throws IOException {
    if (files == null) {
      return;
    }
    flush(files);
    for (FileReceipt file : files.finish()) {
      context.output(file, GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE);
    }
    files = null;
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
    if (files != null) {
      files.close();
      files = null;
    }
    clear();
  }
}
