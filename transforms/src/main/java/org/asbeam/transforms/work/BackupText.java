package org.asbeam.transforms.work;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.asbeam.format.AsbDecoder;
import org.asbeam.format.FormatVersion;
import org.asbeam.storage.BackupFileReader;
import org.asbeam.storage.Block;
import org.asbeam.storage.BlockIndex;
import org.asbeam.storage.BlockIndexes;
import org.asbeam.storage.DamagedFileException;
import org.asbeam.storage.Store;
import org.asbeam.storage.journal.BackupContents;
import org.asbeam.storage.journal.FileReceipt;
import org.asbeam.storage.journal.FileSlice;

/**
 * The text of one slice of a backup, open for decoding.
 *
 * <p>With its block index a file is entered at any block and every block's checksum is checked. A
 * file whose index is lost is read as a whole by the slice that has its start; the other slices of
 * it are then empty.
 */
final class BackupText implements Closeable {
  private final InputStream stream;
  private final AsbDecoder decoder;
  private final String path;
  private final long expectedRecords;

  private BackupText(InputStream stream, AsbDecoder decoder, String path, long expectedRecords) {
    this.stream = stream;
    this.decoder = decoder;
    this.path = path;
    this.expectedRecords = expectedRecords;
  }

  static BackupText open(Store store, BackupContents contents, FileSlice slice) throws IOException {
    BackupFileReader reader = new BackupFileReader(store);
    String path = store.location() + "/" + slice.file();
    Optional<BlockIndex> index = indexOf(store, slice);
    if (index.isEmpty()) {
      return whole(reader, path, contents, slice);
    }
    Block first = index.get().blocks().get(slice.firstBlock());
    long records = 0;
    for (Block block :
        index.get().blocks().subList(slice.firstBlock(), slice.firstBlock() + slice.blocks())) {
      records += block.records();
    }
    InputStream stream = reader.text(index.get(), slice.firstBlock(), slice.blocks());
    try {
      AsbDecoder decoder =
          slice.startsFile()
              ? new AsbDecoder(stream, path)
              : AsbDecoder.inside(
                  stream,
                  path,
                  FormatVersion.V3_1,
                  contents.manifest().orElseThrow().namespace(),
                  first.textOffset());
      return new BackupText(stream, decoder, path, records);
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  private static BackupText whole(
      BackupFileReader reader, String path, BackupContents contents, FileSlice slice)
      throws IOException {
    if (!slice.startsFile()) {
      InputStream nothing = InputStream.nullInputStream();
      return new BackupText(
          nothing,
          AsbDecoder.inside(
              nothing, path, FormatVersion.V3_1, contents.manifest().orElseThrow().namespace(), 0),
          path,
          0);
    }
    FileReceipt file = contents.file(slice.file());
    InputStream stream = reader.text(slice.file());
    try {
      return new BackupText(stream, new AsbDecoder(stream, path), path, file.records());
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  /** A file that another tool wrote has none; a damaged one tells nothing of the file itself. */
  private static Optional<BlockIndex> indexOf(Store store, FileSlice slice) throws IOException {
    if (slice.blocks() == 0) {
      return Optional.empty();
    }
    try {
      return BlockIndexes.read(store, slice.file());
    } catch (DamagedFileException e) {
      return Optional.empty();
    }
  }

  AsbDecoder decoder() {
    return decoder;
  }

  /**
   * Checks, at the end of the text, that all records were there that were written.
   *
   * @throws DamagedFileException if not
   */
  void checkEnd(long records) throws DamagedFileException {
    if (expectedRecords >= 0 && records != expectedRecords) {
      throw new DamagedFileException(
          path,
          decoder.offset(),
          records + " records were read, but " + expectedRecords + " were written");
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
