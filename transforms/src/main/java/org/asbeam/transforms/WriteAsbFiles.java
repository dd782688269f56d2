package org.asbeam.transforms;

import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.asbeam.connectors.AsbBlock;
import org.asbeam.connectors.AsbFileSpec;
import org.asbeam.connectors.JsonCoder;
import org.asbeam.connectors.WriteBlocksFn;
import org.asbeam.connectors.WriteFilesFn;
import org.asbeam.storage.Compression;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.crypto.EncryptionSpec;
import org.asbeam.storage.journal.FileReceipt;

/**
 * Writes blocks of ASB text into backup files, each with its header and a block index beside it.
 *
 * <p>Each bundle writes one file or more, which end with it. The result names the files that count;
 * an element of it comes when its file is whole and durable. Without a manifest nothing proves that
 * every record is there: see {@link org.asbeam.connectors.AsbIO}, which writes records in one step.
 */
public final class WriteAsbFiles
    extends PTransform<PCollection<AsbBlock>, PCollection<FileReceipt>> {
  private static final long serialVersionUID = 1L;

  private final AsbFileSpec files;

  private WriteAsbFiles(AsbFileSpec files) {
    this.files = files;
  }

  /**
   * @param directory a folder, best an empty one, as a path or URI
   */
  public static WriteAsbFiles to(String directory) {
    return new WriteAsbFiles(AsbFileSpec.of(directory));
  }

  /** What the names of the files begin with; the namespace if not given. */
  public WriteAsbFiles withFilePrefix(String prefix) {
    return new WriteAsbFiles(files.withPrefix(prefix));
  }

  /**
   * A file of this many stored bytes or more is followed by the next one; 0: no limit. Files grow
   * by whole blocks.
   */
  public WriteAsbFiles withFileLimit(long bytes) {
    return new WriteAsbFiles(files.withFileLimit(bytes));
  }

  /** How the files are compressed; not at all if not given. */
  public WriteAsbFiles withCompression(Compression compression) {
    return new WriteAsbFiles(files.withCompression(compression));
  }

  /** How the files are encrypted; not at all if not given. The workers look for the key. */
  public WriteAsbFiles withEncryption(EncryptionSpec encryption) {
    return new WriteAsbFiles(files.withEncryption(encryption));
  }

  /** What the folder's store is opened with: endpoints, credentials and the like. */
  public WriteAsbFiles withStoreAccess(StoreAccess access) {
    return new WriteAsbFiles(files.withStoreAccess(access));
  }

  @Override
  public PCollection<FileReceipt> expand(PCollection<AsbBlock> blocks) {
    WriteFilesFn.checkInput("WriteAsbFiles", blocks);
    return blocks
        .apply("Write blocks", ParDo.of(new WriteBlocksFn(files)))
        .setCoder(JsonCoder.of(FileReceipt.class));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    super.populateDisplayData(builder);
    builder.include("files", files);
  }
}
