package org.asbeam.storage;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.asbeam.format.AsbBuffer;
import org.asbeam.storage.crypto.FileEncryption;

/**
 * Writes a backup file block by block and keeps its index.
 *
 * <p>A compressed file is one zstd frame per block, then skippable frames that readers pass over:
 * see {@link SeekTable}. An encrypted one is all of that, encrypted, behind an {@link
 * EncryptedHead}, which counts as bytes of the file. Every writer has a key stream of its own: work
 * that is done again makes another file.
 *
 * <p>Its memory is 400 KiB and zstd's context (some MiB, by the level), plus about 46 bytes per
 * partition in each block for the index.
 *
 * <p>The file ends in {@link #finish}; {@link #close} without it gives the file up. Not safe for
 * use by several threads.
 */
public final class BackupFileWriter implements Closeable {
  private final StoreOutput output;
  private final StoredBytes stored;
  private final Compression compression;
  private final ZstdBlockWriter zstd;
  private final byte[] opening;
  private final List<Block> blocks = new ArrayList<>();
  private long textBytes;
  private long records;
  private boolean closed;

  /** A file that is not encrypted. */
  public BackupFileWriter(StoreOutput output, Compression compression) {
    this(output, compression, FileEncryption.NONE);
  }

  /**
   * @param output at its first byte; belongs to the writer from now on
   */
  public BackupFileWriter(StoreOutput output, Compression compression, FileEncryption encryption) {
    this(output, compression, encryption, false);
  }

  /**
   * @param stream whether it is read from start to end only, and must know its end: see {@link
   *     SeekTable#STREAM}
   */
  BackupFileWriter(
      StoreOutput output, Compression compression, FileEncryption encryption, boolean stream) {
    this.output = output;
    this.stored = new StoredBytes(output, encryption);
    this.opening =
        stream && compression.codec() == Compression.Codec.ZSTD ? SeekTable.STREAM : new byte[0];
    this.compression = compression;
    this.zstd =
        compression.codec() == Compression.Codec.ZSTD
            ? new ZstdBlockWriter(compression.level())
            : null;
  }

  /** The file's name in the folder. */
  public String name() {
    return output.name();
  }

  /** The bytes stored so far; what a limit of the file's size looks at. */
  public long storedBytes() {
    return stored.position();
  }

  /** The bytes of text in the blocks so far. */
  public long textBytes() {
    return textBytes;
  }

  /** The records in the blocks so far. */
  public long records() {
    return records;
  }

  /** The blocks so far. */
  public int blocks() {
    return blocks.size();
  }

  /**
   * Writes a block; nothing if it has no text. The buffer may be used again afterwards.
   *
   * @param text the first block's starts with the file's header; all end at the end of a record
   */
  public void writeBlock(AsbBuffer text, BlockContents contents) throws StoreException {
    writeBlock(text.array(), 0, text.length(), contents);
  }

  /**
   * As {@link #writeBlock(AsbBuffer, BlockContents)}.
   *
   * @throws IllegalArgumentException if the text is longer than {@link Block#MAX_TEXT_LENGTH}
   */
  public void writeBlock(byte[] text, int offset, int length, BlockContents contents)
      throws StoreException {
    if (closed) {
      throw new IllegalStateException(name() + " is closed: no block can be written");
    }
    if (length == 0 && contents.records() == 0) {
      return;
    }
    if (length == 0 || length > Block.MAX_TEXT_LENGTH) {
      throw new IllegalArgumentException(
          "a block of " + contents.records() + " records can't have " + length + " bytes of text");
    }
    if (blocks.size() == BlockIndex.MAX_BLOCKS) {
      throw new IllegalStateException(
          name() + " has " + blocks.size() + " blocks, the most there can be: limit the file size");
    }
    if (blocks.isEmpty()) {
      stored.begin();
      stored.write(opening, 0, opening.length);
      stored.endBlock();
    }
    if (zstd != null) {
      zstd.write(text, offset, length, stored);
    } else {
      stored.write(text, offset, length);
    }
    long start = stored.blockStart();
    int storedLength = Math.toIntExact(stored.position() - start);
    blocks.add(new Block(start, storedLength, textBytes, length, stored.endBlock(), contents));
    textBytes += length;
    records += contents.records();
  }

  /**
   * Ends the file: after this it is whole and durable under its name.
   *
   * @throws IllegalStateException if no block was written: no backup file is empty
   */
  public WrittenFile finish() throws StoreException {
    end();
    return written();
  }

  /** As {@link #finish}, for a file without an index. */
  void end() throws StoreException {
    if (closed) {
      throw new IllegalStateException(name() + " is closed: it can't be finished");
    }
    if (blocks.isEmpty()) {
      throw new IllegalStateException(name() + " has no block: a file has a header at least");
    }
    if (zstd != null) {
      byte[] table = SeekTable.write(opening.length, blocks);
      stored.write(table, 0, table.length);
      stored.endBlock();
    }
    output.commit();
    close();
  }

  /** The index of a file that was ended. */
  private WrittenFile written() {
    BlockIndex index =
        new BlockIndex(
            name(),
            compression.codec(),
            Optional.ofNullable(stored.head()),
            stored.position(),
            stored.fileCrc(),
            false,
            blocks);
    return new WrittenFile(name(), index.storedBytes(), textBytes, records, index.crc32c(), index);
  }

  /** Gives the file up, unless it was finished. Quiet, and may be called again. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (zstd != null) {
        zstd.close();
      }
      output.close();
    }
  }
}
