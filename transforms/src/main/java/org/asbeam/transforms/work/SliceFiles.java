package org.asbeam.transforms.work;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.asbeam.format.AsbBuffer;
import org.asbeam.format.AsbEncoder;
import org.asbeam.format.FormatVersion;
import org.asbeam.format.RecordView;
import org.asbeam.format.UnencodableRecordException;
import org.asbeam.storage.BackupFileWriter;
import org.asbeam.storage.BlockContents;
import org.asbeam.storage.BlockIndexes;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.WrittenFile;
import org.asbeam.storage.crypto.FileEncryption;
import org.asbeam.storage.journal.FileReceipt;

/**
 * The files of one attempt at a slice: rows go in, blocks of encoded text go out, and a file that
 * has reached the limit is followed by the next one.
 *
 * <p>A file is opened with its first record. Closed without {@link #finish}, everything that the
 * attempt wrote is deleted. Used by one thread.
 */
final class SliceFiles implements Closeable {
  private static final int BLOCK_BYTES = 4 << 20;
  private static final int LEAST_BLOCK_BYTES = 64 << 10;

  /** Without a limit files end here all the same: their index is held in memory, 1 MB per GiB. */
  private static final long MOST_FILE_BYTES = 64L << 30;

  private final Store store;
  private final BackupSpec spec;
  private final FileEncryption encryption;
  private final IntFunction<String> nameOf;
  private final AsbEncoder encoder;
  private final Progress progress;
  private final AsbBuffer block;
  private final long fileLimit;
  private final int blockBytes;
  private final BlockContents.Builder contents = new BlockContents.Builder();
  private final List<FileReceipt> finished = new ArrayList<>();

  private BackupFileWriter writer;
  private long blockRecords;
  private long counted;
  private long countedBytes;
  private boolean kept;

  SliceFiles(
      Store store,
      BackupSpec spec,
      FileEncryption encryption,
      IntFunction<String> nameOf,
      Progress progress) {
    this.store = store;
    this.spec = spec;
    this.encryption = encryption;
    this.nameOf = nameOf;
    this.progress = progress;
    this.encoder = new AsbEncoder(spec.namespace(), spec.output().compact());
    this.fileLimit = fileLimit(spec.output().fileLimit(), store.largestFile());
    this.blockBytes = blockBytes(fileLimit);
    this.block = new AsbBuffer(blockBytes + blockBytes / 8);
  }

  /** A file ends with the block that reaches the limit, and the store must take that too. */
  private static long fileLimit(long asked, long largest) {
    return Math.min(asked == 0 ? MOST_FILE_BYTES : asked, Math.max(1, largest - 16L * BLOCK_BYTES));
  }

  /** Small limits get small blocks, so that files stay near the limit. */
  private static int blockBytes(long fileLimit) {
    return (int) Math.max(LEAST_BLOCK_BYTES, Math.min(BLOCK_BYTES, fileLimit / 8));
  }

  /** Takes a record; returns the bytes of text that it makes. */
  int write(RecordView row) throws IOException, UnencodableRecordException {
    if (writer == null) {
      open();
    }
    int before = block.length();
    encoder.record(block, row);
    int length = block.length() - before;
    contents.add(row);
    blockRecords++;
    if (block.length() >= blockBytes) {
      flush();
      if (writer.storedBytes() >= fileLimit) {
        finishFile();
      }
    }
    return length;
  }

  /** Ends the last file; from here on what was written stays, whatever happens. */
  List<FileReceipt> finish() throws IOException {
    if (writer != null) {
      finishFile();
    }
    kept = true;
    return List.copyOf(finished);
  }

  private void open() throws StoreException {
    writer =
        new BackupFileWriter(
            store.create(nameOf.apply(finished.size() + 1)),
            spec.output().compression(),
            encryption);
    encoder.header(block, FormatVersion.V3_1, false);
  }

  private void flush() throws IOException {
    long before = writer.storedBytes();
    writer.writeBlock(block, contents.build());
    long stored = writer.storedBytes() - before;
    progress.add(blockRecords, stored);
    counted += blockRecords;
    countedBytes += stored;
    blockRecords = 0;
    block.clear();
  }

  private void finishFile() throws IOException {
    if (block.length() > 0) {
      flush();
    }
    WrittenFile file = writer.finish();
    writer = null;
    finished.add(receipt(file));
    BlockIndexes.write(store, file.index());
  }

  static FileReceipt receipt(WrittenFile file) {
    return new FileReceipt(
        file.name(),
        file.storedBytes(),
        file.textBytes(),
        file.records(),
        file.index().blocks().size(),
        String.format(Locale.ROOT, "%08x", file.crc32c()));
  }

  /** Deletes what the attempt wrote, unless it was finished. */
  @Override
  public void close() {
    if (writer != null) {
      writer.close();
      writer = null;
    }
    if (kept) {
      return;
    }
    progress.add(-counted, -countedBytes);
    delete(store, finished);
    kept = true;
  }

  /** Deletes files that don't count, as far as that works: a commit deletes the rest. */
  static void delete(Store store, List<FileReceipt> files) {
    for (FileReceipt file : files) {
      try {
        BlockIndexes.delete(store, file.name());
        store.delete(file.name());
      } catch (StoreException e) {
        // The commit finds the file by its name and deletes it, or names it in the manifest.
        continue;
      }
    }
  }
}
