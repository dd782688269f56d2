package org.asbeam.storage.remote;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import org.asbeam.storage.StoreException;

/**
 * A remote file being read. Where its body breaks off, or comes to a stop, it is read on from there
 * by another request, for the same version of the file. Errors are {@link StoreException}s. Used by
 * one thread.
 */
public final class RemoteInput extends InputStream {
  /**
   * What one step of reading may bring: few enough steps that a time limit on each costs nothing.
   */
  private static final int PIECE = 256 << 10;

  /** Opens the body from a position. */
  @FunctionalInterface
  public interface Opener {
    /**
     * @param version that of what was read so far; empty: nothing was
     */
    ObjectBody open(long position, String version) throws Exception;
  }

  private final Calls calls;
  private final Patience opening;
  private final Patience reading;
  private final String path;
  private final Opener opener;

  private ObjectBody body;
  private long position;
  private byte[] buffer = new byte[0];
  private int next;
  private int end;
  private int failures;
  private boolean closed;

  private RemoteInput(
      Calls calls, Patience opening, Patience reading, String path, long position, Opener opener) {
    this.calls = calls;
    this.opening = opening;
    this.reading = reading;
    this.path = path;
    this.position = position;
    this.opener = opener;
  }

  /**
   * Opens a file.
   *
   * @param opening how patiently
   * @param reading how often, and how long, a body that breaks off without having brought anything
   *     is tried
   * @param position the byte to start with
   */
  public static RemoteInput open(
      Calls calls, Patience opening, Patience reading, String path, long position, Opener opener)
      throws StoreException {
    RemoteInput input = new RemoteInput(calls, opening, reading, path, position, opener);
    input.body = input.openBody("");
    return input;
  }

  private ObjectBody openBody(String version) throws StoreException {
    long from = position;
    return calls.run(opening, path, "could not be read", () -> opener.open(from, version));
  }

  /** The bytes of the whole file. */
  long size() {
    return body.size();
  }

  @Override
  public int read() throws StoreException {
    return next < end || fill() ? buffer[next++] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws StoreException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    if (count == 0) {
      return 0;
    }
    if (next == end && !fill()) {
      return -1;
    }
    int copied = Math.min(count, end - next);
    System.arraycopy(buffer, next, bytes, offset, copied);
    next += copied;
    return copied;
  }

  @Override
  public int available() {
    return end - next;
  }

  /** Reads the next piece; false at the end of the file. */
  private boolean fill() throws StoreException {
    if (closed) {
      throw new IllegalStateException(path + " is closed: nothing more can be read");
    }
    while (position < body.size()) {
      try {
        int count = readPiece();
        if (count > 0) {
          next = 0;
          end = count;
          position += count;
          failures = 0;
          return true;
        }
        goOn("the store ended it at byte " + position + " of " + body.size(), null);
      } catch (ExecutionException e) {
        goOn("broke off at byte " + position + ": " + calls.reason(e.getCause()), e.getCause());
      } catch (TimeoutException e) {
        // Whoever still writes into the old buffer must not write into what is read next.
        buffer = new byte[0];
        goOn("came to a stop at byte " + position + " for " + Calls.text(reading.limit()), e);
      }
    }
    return false;
  }

  private int readPiece() throws ExecutionException, TimeoutException, StoreException {
    if (buffer.length == 0) {
      buffer = new byte[(int) Math.min(PIECE, Math.max(1, body.size() - position))];
    }
    byte[] piece = buffer;
    InputStream stream = body.stream();
    try {
      return Calls.limited(reading.limit(), () -> stream.readNBytes(piece, 0, piece.length));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          StoreException.Kind.TRANSIENT, path, "could not be read: the thread was interrupted", e);
    }
  }

  /** Opens the body again, after a pause, unless that was tried too often in vain. */
  private void goOn(String what, Throwable cause) throws StoreException {
    failures++;
    if (failures >= reading.attempts()) {
      throw new StoreException(
          StoreException.Kind.TRANSIENT,
          path,
          "could not be read: it " + what + " (tried " + failures + " times)",
          cause);
    }
    String version = body.version();
    closeBody();
    try {
      Thread.sleep(reading.pause(failures, ThreadLocalRandom.current()).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          StoreException.Kind.TRANSIENT, path, "could not be read: the thread was interrupted", e);
    }
    body = openBody(version);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      closeBody();
    }
  }

  private void closeBody() {
    try {
      body.stream().close();
    } catch (IOException | RuntimeException e) {
      // What was read is read; nobody reads on here.
      return;
    }
  }
}
