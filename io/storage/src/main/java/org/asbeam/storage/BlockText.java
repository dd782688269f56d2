package org.asbeam.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The text of a run of blocks. A block's stored bytes are checked before its first byte of text is
 * given out, so its memory is one block as stored, and zstd's window.
 */
final class BlockText extends InputStream {
  private final String file;
  private final BlockIndex index;
  private final InputStream source;
  private final Optional<AesCtr> cipher;
  private final Iterator<Block> blocks;
  private final ZstdDecoder decoder;
  private Block block;
  private byte[] stored = new byte[0];
  private InputStream plain;
  private long textLeft;
  private boolean closed;

  /**
   * @param file the whole path, for messages
   * @param source at the first stored byte of the first block
   * @param cipher of the file, if it is encrypted
   */
  BlockText(
      String file,
      BlockIndex index,
      List<Block> blocks,
      InputStream source,
      Optional<AesCtr> cipher) {
    this.file = file;
    this.index = index;
    this.source = source;
    this.cipher = cipher;
    this.blocks = blocks.iterator();
    this.decoder = index.codec() == Compression.Codec.ZSTD ? new ZstdDecoder(file) : null;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    if (closed) {
      throw new IOException("the stream is closed");
    }
    if (count == 0) {
      return 0;
    }
    while (true) {
      if (block == null) {
        if (!blocks.hasNext()) {
          return -1;
        }
        open(blocks.next());
      }
      int n =
          decoder != null ? decoder.read(bytes, offset, count) : plain.read(bytes, offset, count);
      if (n > textLeft || n < 0 && textLeft > 0) {
        throw new DamagedFileException(
            file,
            block.storedOffset(),
            "the block's text is "
                + (n < 0 ? textLeft + " bytes shorter" : "longer")
                + " than the "
                + block.textLength()
                + " bytes that its index says");
      }
      if (n >= 0) {
        textLeft -= n;
        return n;
      }
      block = null;
    }
  }

  private void open(Block next) throws IOException {
    int length = next.storedLength();
    // An index may lie: a buffer no larger than what the file really has.
    byte[] read;
    int got;
    if (stored.length >= length) {
      read = stored;
      got = source.readNBytes(read, 0, length);
    } else {
      read = source.readNBytes(length);
      got = read.length;
      stored = read;
    }
    if (got < length) {
      throw new DamagedFileException(
          file,
          next.storedOffset() + got,
          "the file ends within the block that starts at byte " + next.storedOffset());
    }
    int crc = Crc32c.of(read, 0, length);
    if (!index.rebuilt() && crc != next.crc32c()) {
      throw new DamagedFileException(
          file,
          next.storedOffset(),
          "the block's checksum is "
              + Crc32c.hex(crc)
              + ", but "
              + Crc32c.hex(next.crc32c())
              + " was written");
    }
    if (cipher.isPresent()) {
      cipher.get().seek(next.storedOffset() - EncryptedHead.LENGTH);
      cipher.get().apply(read, 0, length, read, 0);
    }
    InputStream bytes = new ByteArrayInputStream(read, 0, length);
    if (decoder != null) {
      decoder.open(bytes, next.storedOffset());
    } else {
      plain = bytes;
    }
    textLeft = next.textLength();
    block = next;
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      if (decoder != null) {
        decoder.close();
      }
      source.close();
    }
  }
}
