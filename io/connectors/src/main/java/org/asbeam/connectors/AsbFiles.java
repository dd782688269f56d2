package org.asbeam.connectors;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.asbeam.format.AsbBuffer;
import org.asbeam.format.AsbEncoder;
import org.asbeam.format.FormatVersion;
import org.asbeam.storage.BackupFileWriter;
import org.asbeam.storage.BlockIndexes;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreOutput;
import org.asbeam.storage.Stores;
import org.asbeam.storage.WrittenFile;
import org.asbeam.storage.crypto.FileEncryption;
import org.asbeam.storage.journal.BackupFolder;
import org.asbeam.storage.journal.FileReceipt;

/**
 * The files that one bundle writes: blocks go in, and a file that has reached the limit is followed
 * by the next one. Each file's block index is written beside it.
 *
 * <p>A file is {@code <prefix>_<number>_<n>_<8 hex digits>.asb}, opened with its first block.
 * Closed without {@link #finish}, everything that was written is deleted, as far as that works.
 * Used by one thread.
 */
public final class AsbFiles implements Closeable {
  /** With 32 random bits a name is hardly ever taken; a store that says so again and again lies. */
  private static final int MOST_NAMES = 5;

  private final Store store;
  private final AsbFileSpec spec;
  private final FileEncryption encryption;
  private final int number;
  private final List<FileReceipt> finished = new ArrayList<>();

  private BackupFileWriter writer;
  private String namespace;
  private boolean kept;

  /**
   * @param store of the spec's folder
   * @param encryption what the spec's became, with its key
   * @param number stands in the names of the files: the bundle's, say
   */
  public AsbFiles(Store store, AsbFileSpec spec, FileEncryption encryption, int number) {
    this.store = store;
    this.spec = spec;
    this.encryption = encryption;
    this.number = number;
  }

  /**
   * Opens a folder that files without a manifest may be written to.
   *
   * @throws IOException if a run's backup is in it, finished or not: files that its manifest
   *     doesn't name would spoil it
   */
  public static Store openFolder(AsbFileSpec spec) throws IOException {
    Store store = Stores.open(spec.directory(), spec.stores());
    try {
      BackupFolder.State state = new BackupFolder(store).state();
      if (state == BackupFolder.State.FINISHED || state == BackupFolder.State.UNFINISHED) {
        throw new IOException(
            store.location()
                + ": holds "
                + (state == BackupFolder.State.FINISHED ? "a backup" : "an unfinished backup")
                + " of asbeam, which other files would spoil; write to an empty folder");
      }
      return store;
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /**
   * Writes a block, into a new file if there is none open.
   *
   * @throws IOException if the block is of another namespace than the ones before, or the store
   *     fails
   */
  public void write(AsbBlock block) throws IOException {
    if (namespace != null && !namespace.equals(block.namespace())) {
      throw new IOException(
          "records of namespace '"
              + block.namespace()
              + "' can't be written beside those of '"
              + namespace
              + "'; write each namespace into a folder of its own");
    }
    namespace = block.namespace();
    if (writer == null) {
      writer = new BackupFileWriter(create(), spec.compression(), encryption);
      byte[] headed = withHeader(block);
      writer.writeBlock(headed, 0, headed.length, block.contents());
    } else {
      writer.writeBlock(block.text(), 0, block.textLength(), block.contents());
    }
    if (spec.fileLimit() > 0 && writer.storedBytes() >= spec.fileLimit()) {
      finishFile();
    }
  }

  /** Ends the last file; from here on what was written stays. */
  public List<FileReceipt> finish() throws IOException {
    if (writer != null) {
      finishFile();
    }
    kept = true;
    return List.copyOf(finished);
  }

  /** Deletes what was written, unless it was finished. */
  @Override
  public void close() {
    if (writer != null) {
      writer.close();
      writer = null;
    }
    if (!kept) {
      finished.forEach(file -> delete(file.name()));
      kept = true;
    }
  }

  private static byte[] withHeader(AsbBlock block) {
    AsbBuffer header = new AsbBuffer(256);
    new AsbEncoder(block.namespace(), false).header(header, FormatVersion.V3_1, false);
    byte[] headed = new byte[header.length() + block.textLength()];
    System.arraycopy(header.array(), 0, headed, 0, header.length());
    System.arraycopy(block.text(), 0, headed, header.length(), block.textLength());
    return headed;
  }

  private StoreOutput create() throws StoreException {
    for (int tries = 1; ; tries++) {
      try {
        return store.create(name());
      } catch (StoreException e) {
        if (e.kind() != StoreException.Kind.EXISTS || tries == MOST_NAMES) {
          throw e;
        }
      }
    }
  }

  private String name() {
    String start =
        spec.prefix().isEmpty() ? namespace.replaceAll("[^A-Za-z0-9._-]", "-") : spec.prefix();
    return start
        + "_"
        + number
        + "_"
        + (finished.size() + 1)
        + String.format(Locale.ROOT, "_%08x.asb", ThreadLocalRandom.current().nextInt());
  }

  private void finishFile() throws IOException {
    WrittenFile file = writer.finish();
    writer = null;
    finished.add(
        new FileReceipt(
            file.name(),
            file.storedBytes(),
            file.textBytes(),
            file.records(),
            file.index().blocks().size(),
            String.format(Locale.ROOT, "%08x", file.crc32c())));
    BlockIndexes.write(store, file.index());
  }

  private void delete(String name) {
    try {
      BlockIndexes.delete(store, name);
      store.delete(name);
    } catch (StoreException e) {
      // Nothing more can be done; what the receipts don't name is no part of the backup.
      return;
    }
  }
}
