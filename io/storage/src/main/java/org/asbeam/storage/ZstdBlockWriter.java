package org.asbeam.storage;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.Closeable;
import java.nio.ByteBuffer;

/**
 * Writes each block as one zstd frame, with a checksum and with its size pledged, so that no
 * reader's window is larger than the block.
 *
 * <p>The text goes through small direct buffers: zstd on a whole {@code byte[]} would hold off the
 * garbage collection of every thread for as long as it compresses a block.
 */
final class ZstdBlockWriter implements Closeable {
  private static final int PIECE = 128 * 1024;

  private final ZstdCompressCtx context = new ZstdCompressCtx();
  private final ByteBuffer in = ByteBuffer.allocateDirect(PIECE);
  private final ByteBuffer out = ByteBuffer.allocateDirect(PIECE);
  private final byte[] piece = new byte[PIECE];

  ZstdBlockWriter(int level) {
    context.setLevel(level);
    context.setChecksum(true);
    context.setContentSize(true);
  }

  void write(byte[] text, int offset, int length, StoredBytes stored) throws StoreException {
    context.setPledgedSrcSize(length);
    int at = offset;
    int end = offset + length;
    boolean done = false;
    while (!done) {
      int count = Math.min(PIECE, end - at);
      in.clear();
      in.put(text, at, count);
      in.flip();
      at += count;
      EndDirective directive = at == end ? EndDirective.END : EndDirective.CONTINUE;
      do {
        out.clear();
        done = context.compressDirectByteBufferStream(out, in, directive);
        out.flip();
        int produced = out.remaining();
        out.get(piece, 0, produced);
        if (produced > 0) {
          stored.write(piece, 0, produced);
        }
      } while (directive == EndDirective.END ? !done : in.hasRemaining());
      done &= directive == EndDirective.END;
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
