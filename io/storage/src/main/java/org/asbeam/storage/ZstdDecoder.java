package org.asbeam.storage;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * Decodes zstd frames of any tool, one behind the other: frames without data and skippable frames
 * too. The end of the source is the end only between frames.
 *
 * <p>Its memory is 400 KiB and the frame's window, at most zstd's default limit of 2^27 bytes; the
 * tools write 2 to 8 MiB at their default levels, and blocks of ours need no more than their size.
 */
final class ZstdDecoder implements Closeable {
  private static final int PIECE = 128 * 1024;

  private final String file;
  private final ZstdDecompressCtx context = new ZstdDecompressCtx();
  private final ByteBuffer in = ByteBuffer.allocateDirect(PIECE).limit(0);
  private final ByteBuffer out = ByteBuffer.allocateDirect(PIECE).limit(0);
  private final byte[] piece = new byte[PIECE];
  private InputStream source;
  private long consumed;
  private long start;
  private long frameStart;
  private boolean betweenFrames;

  /** Whether zstd may hold text that did not fit into {@link #out}. */
  private boolean pending;

  /**
   * @param file the whole path, for messages
   */
  ZstdDecoder(String file) {
    this.file = file;
  }

  /**
   * Starts with another source.
   *
   * @param offset the stored byte of the file that the source starts with
   */
  void open(InputStream newSource, long offset) {
    source = newSource;
    consumed = offset;
    frameStart = offset;
    start = offset;
    betweenFrames = true;
    pending = false;
    in.limit(0);
    out.limit(0);
    context.reset();
  }

  /** As {@link InputStream#read(byte[], int, int)}. */
  int read(byte[] bytes, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    while (!out.hasRemaining()) {
      if (!in.hasRemaining() && !pending && !fill()) {
        if (!betweenFrames) {
          throw new DamagedFileException(
              file,
              consumed,
              "the file ends within the zstd frame that starts at byte " + frameStart);
        }
        return -1;
      }
      decode();
    }
    int n = Math.min(count, out.remaining());
    out.get(bytes, offset, n);
    return n;
  }

  private void decode() throws DamagedFileException {
    int before = in.position();
    out.clear();
    boolean frameEnds;
    try {
      frameEnds = context.decompressDirectByteBufferStream(out, in);
    } catch (ZstdException e) {
      out.limit(0);
      throw damaged(e);
    }
    pending = !out.hasRemaining();
    out.flip();
    consumed += in.position() - before;
    if (frameEnds) {
      betweenFrames = true;
      pending = false;
      frameStart = consumed;
    } else if (in.position() > before) {
      betweenFrames = false;
    }
  }

  private boolean fill() throws IOException {
    int n = source.read(piece, 0, PIECE);
    if (n < 0) {
      return false;
    }
    in.clear();
    in.put(piece, 0, n);
    in.flip();
    return true;
  }

  private DamagedFileException damaged(ZstdException e) {
    long code = e.getErrorCode();
    String what;
    if (code == Zstd.errPrefixUnknown()) {
      what =
          frameStart == start
              ? "no zstd frame starts here"
              : "something else than a zstd frame follows the last frame";
    } else if (code == Zstd.errFrameParameterWindowTooLarge()) {
      what = "the zstd frame needs a window of more than 128 MiB, which no backup tool makes";
    } else if (code == Zstd.errChecksumWrong()) {
      what = "the checksum of the zstd frame is wrong";
    } else {
      what =
          "the zstd frame is damaged ("
              + e.getMessage()
              + "), at most 128 KiB behind byte "
              + consumed;
    }
    return new DamagedFileException(file, frameStart, what, e);
  }

  @Override
  public void close() {
    context.close();
  }
}
