package org.asbeam.storage.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.asbeam.format.AsbDecoder;
import org.asbeam.format.FormatVersion;
import org.asbeam.storage.BackupFileReader;
import org.asbeam.storage.Block;
import org.asbeam.storage.BlockIndex;
import org.asbeam.storage.BlockIndexes;
import org.asbeam.storage.CodecException;
import org.asbeam.storage.DamagedFileException;
import org.asbeam.storage.Decryption;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;

/**
 * The text of one slice of a backup, open for decoding.
 *
 * <p>A file with an index is entered at any block, and every block's checksum is checked. A file
 * whose index is lost is read as a whole by the slice that has its start; the other slices of it
 * are then empty.
 */
public final class SliceText implements Closeable {
  private static final long UNKNOWN = -1;

  private final InputStream stream;
  private final AsbDecoder decoder;
  private final String path;
  private final long expectedRecords;

  private SliceText(InputStream stream, AsbDecoder decoder, String path, long expectedRecords) {
    this.stream = stream;
    this.decoder = decoder;
    this.path = path;
    this.expectedRecords = expectedRecords;
  }

  /**
   * Opens a slice.
   *
   * @throws DamagedFileException if the file has another size than was written, or no text
   */
  public static SliceText open(Store store, BackupContents contents, FileSlice slice)
      throws IOException {
    String path = store.location() + "/" + slice.file();
    Optional<BlockIndex> index = indexOf(store, slice);
    if (index.isPresent()) {
      int first = slice.firstBlock();
      // A slice of no blocks is the whole file, as of folders without a manifest.
      int count = slice.blocks() == 0 ? index.get().blocks().size() : slice.blocks();
      checkSize(store, path, index.get());
      return blocks(store, contents, index.get(), first, count);
    }
    if (slice.startsFile()) {
      long records =
          contents.manifest().isPresent() ? contents.file(slice.file()).records() : UNKNOWN;
      return open(reader(store, contents).text(slice.file()), path, contents, true, 0, records);
    }
    return open(InputStream.nullInputStream(), path, contents, false, 0, 0);
  }

  /** Opens a run of blocks, whatever else is wrong with the file. */
  public static SliceText blocks(
      Store store, BackupContents contents, BlockIndex index, int first, int count)
      throws IOException {
    List<Block> blocks = index.blocks().subList(first, first + count);
    return open(
        reader(store, contents).text(index, first, count),
        store.location() + "/" + index.file(),
        contents,
        first == 0,
        blocks.get(0).textOffset(),
        blocks.stream().mapToLong(Block::records).sum());
  }

  /**
   * The text of a whole backup that comes as one stream, as standard input does: of any codec.
   *
   * @param name as a person knows it, for messages
   * @param source at its first byte; closed with the slice
   * @throws DamagedFileException if it is empty, or neither text nor zstd, and no key fits
   * @throws CodecException if it isn't what a person said
   */
  public static SliceText ofStream(InputStream source, String name, Decryption decryption)
      throws IOException {
    InputStream text = BackupFileReader.text(source, name, decryption);
    try {
      return new SliceText(text, new AsbDecoder(text, name), name, UNKNOWN);
    } catch (IOException | RuntimeException e) {
      text.close();
      throw e;
    }
  }

  private static BackupFileReader reader(Store store, BackupContents contents) {
    return new BackupFileReader(store, contents.decryption());
  }

  private static SliceText open(
      InputStream stream,
      String path,
      BackupContents contents,
      boolean fromStart,
      long offset,
      long records)
      throws IOException {
    try {
      AsbDecoder decoder =
          fromStart
              ? new AsbDecoder(stream, path)
              : AsbDecoder.inside(
                  stream,
                  path,
                  FormatVersion.V3_1,
                  contents.manifest().orElseThrow().namespace(),
                  offset);
      return new SliceText(stream, decoder, path, records);
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  /** Other tools write none; a damaged one tells nothing of the file itself. */
  private static Optional<BlockIndex> indexOf(Store store, FileSlice slice) throws IOException {
    try {
      return BlockIndexes.read(store, slice.file());
    } catch (DamagedFileException e) {
      return Optional.empty();
    }
  }

  private static void checkSize(Store store, String path, BlockIndex index) throws IOException {
    long size = sizeOf(store, path, index);
    if (size != index.storedBytes()) {
      throw new DamagedFileException(
          path,
          Math.min(size, index.storedBytes()),
          "the file has " + size + " bytes, but " + index.storedBytes() + " were written");
    }
  }

  private static long sizeOf(Store store, String path, BlockIndex index) throws IOException {
    try {
      return store.size(index.file());
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        throw new IncompleteBackupException(path + ": is missing, though the backup wrote it");
      }
      throw e;
    }
  }

  public AsbDecoder decoder() {
    return decoder;
  }

  /**
   * Checks, at the end of the text, that all records were there that were written.
   *
   * @throws DamagedFileException if not
   */
  public void checkEnd(long records) throws DamagedFileException {
    if (expectedRecords != UNKNOWN && records != expectedRecords) {
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
