package org.asbeam.storage;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import org.asbeam.format.AsbBuffer;
import org.asbeam.storage.crypto.FileEncryption;

/**
 * Writes a backup as one stream, to standard output or to a single file, block by block. No index
 * is made; a compressed stream says at its start that it has an end, so that its reader knows one
 * that was cut.
 *
 * <p>The stream ends in {@link #finish}; {@link #close} without it gives it up: what went to an
 * {@link OutputStream} stays cut. Not safe for use by several threads.
 */
public final class StreamWriter implements Closeable {
  private final BackupFileWriter file;
  private long records;

  /**
   * @param output at its first byte; belongs to the writer from now on
   */
  public StreamWriter(StoreOutput output, Compression compression, FileEncryption encryption) {
    this.file = new BackupFileWriter(output, compression, encryption, true);
  }

  /**
   * @param name as a person knows the stream, for messages
   * @param out at its first byte; flushed at the end, and not closed
   */
  public StreamWriter(
      OutputStream out, String name, Compression compression, FileEncryption encryption) {
    this(new StreamOutput(out, name), compression, encryption);
  }

  /**
   * Writes a block; nothing if it has no text. The buffer may be used again afterwards.
   *
   * @param text the first block's starts with the header; all end at the end of a record
   * @param recordsInIt how many records the text holds
   */
  public void writeBlock(AsbBuffer text, long recordsInIt) throws StoreException {
    writeBlock(text.array(), 0, text.length(), recordsInIt);
  }

  /** As {@link #writeBlock(AsbBuffer, long)}. */
  public void writeBlock(byte[] text, int offset, int length, long recordsInIt)
      throws StoreException {
    file.writeBlock(text, offset, length, BlockContents.none());
    records += recordsInIt;
  }

  /** The bytes stored so far. */
  public long storedBytes() {
    return file.storedBytes();
  }

  /** The bytes of text in the blocks so far. */
  public long textBytes() {
    return file.textBytes();
  }

  /** The records in the blocks so far. */
  public long records() {
    return records;
  }

  /**
   * Ends the stream.
   *
   * @throws IllegalStateException if no block was written: no backup is empty
   */
  public void finish() throws StoreException {
    file.end();
  }

  @Override
  public void close() {
    file.close();
  }

  /** A stream of the process; it can't be taken back. */
  private static final class StreamOutput implements StoreOutput {
    private final OutputStream out;
    private final String name;
    private long position;

    StreamOutput(OutputStream out, String name) {
      this.out = out;
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws StoreException {
      try {
        out.write(bytes, offset, count);
      } catch (IOException e) {
        throw failed(e);
      }
      position += count;
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public void commit() throws StoreException {
      try {
        out.flush();
      } catch (IOException e) {
        throw failed(e);
      }
    }

    @Override
    public void close() {}

    private StoreException failed(IOException e) {
      return new StoreException(
          StoreException.Kind.OTHER,
          name,
          "could not be written at byte " + position + ": " + e.getMessage(),
          e);
    }
  }
}
