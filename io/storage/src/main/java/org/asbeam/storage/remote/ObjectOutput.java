package org.asbeam.storage.remote;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.asbeam.storage.CheckedOutput;
import org.asbeam.storage.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An object being written. Up to one part it is held in memory and written by one request; beyond
 * that parts are sent while the next one is filled. Memory: the parts that are on their way at
 * once, and one. Used by one thread.
 */
final class ObjectOutput extends CheckedOutput {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectOutput.class);

  private static final int FIRST_BUFFER = 256 << 10;

  private static final ExecutorService THREADS = DaemonThreads.named("asbeam-upload");

  private final ObjectStore store;
  private final ObjectClient client;
  private final ObjectWrite write;
  private final int partBytes;
  private final Deque<Future<byte[]>> onTheirWay = new ArrayDeque<>();

  private byte[] part;
  private int filled;
  private int parts;
  private ObjectUpload upload;

  ObjectOutput(ObjectStore store, String name, ObjectWrite write) {
    super(name, store.path(name));
    this.store = store;
    this.client = store.client();
    this.write = write;
    this.partBytes = client.limits().partBytes();
    this.part = new byte[Math.min(FIRST_BUFFER, partBytes)];
  }

  @Override
  protected void append(byte[] bytes, int offset, int count) throws StoreException {
    int from = offset;
    int end = offset + count;
    while (from < end) {
      if (filled == partBytes) {
        sendPart(false);
      }
      int some = Math.min(end - from, partBytes - filled);
      makeRoom(some);
      System.arraycopy(bytes, from, part, filled, some);
      filled += some;
      from += some;
    }
  }

  private void makeRoom(int count) {
    int needed = filled + count;
    if (needed > part.length) {
      part = Arrays.copyOf(part, (int) Math.min(partBytes, Math.max(needed, part.length * 2L)));
    }
  }

  /** Sends what is filled, and goes on with an empty part. */
  private void sendPart(boolean last) throws StoreException {
    if (upload == null) {
      upload = store.call(name(), "could not be written", () -> client.upload(write));
    }
    if (parts == client.limits().mostParts()) {
      throw new StoreException(
          StoreException.Kind.OTHER,
          store.path(name()),
          "has reached "
              + parts
              + " parts of "
              + partBytes
              + " bytes, which is the most: let parts"
              + " be larger, or files smaller",
          null);
    }
    byte[] free = onTheirWay.size() < client.limits().partsAtOnce() ? null : await();
    parts++;
    int number = parts;
    int count = filled;
    byte[] content = part;
    onTheirWay.add(THREADS.submit(() -> send(number, content, count, last)));
    part = last ? new byte[0] : free == null ? new byte[partBytes] : free;
    filled = 0;
  }

  /** Returns the buffer, to be filled again; null: an attempt that overran its time may read it. */
  private byte[] send(int number, byte[] content, int count, boolean last) throws StoreException {
    AtomicInteger attempts = new AtomicInteger();
    store.call(
        name(),
        "could not be written",
        () -> {
          attempts.incrementAndGet();
          upload.part(number, content, count, last);
          return null;
        });
    return attempts.get() == 1 && content.length == partBytes ? content : null;
  }

  /** Waits for the oldest part. */
  private byte[] await() throws StoreException {
    try {
      return onTheirWay.remove().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException failure) {
        // A new one, whose stack is this thread's.
        throw new StoreException(
            failure.kind(),
            failure.path(),
            failure.getMessage().substring(failure.path().length() + 2),
            failure);
      }
      throw new IllegalStateException(store.path(name()), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          StoreException.Kind.TRANSIENT,
          store.path(name()),
          "could not be written: the thread was interrupted",
          e);
    }
  }

  @Override
  protected void publish() throws StoreException {
    boolean mine = upload == null ? putWhole() : complete();
    if (!mine) {
      throw new StoreException(
          StoreException.Kind.EXISTS,
          store.path(name()),
          "could not be created: there is one of that name already",
          null);
    }
    part = new byte[0];
  }

  private boolean putWhole() throws StoreException {
    return store.unlessLost(
        name(),
        write,
        () ->
            store.call(
                name(),
                "could not be written",
                () -> {
                  client.put(write, part, filled);
                  return null;
                }));
  }

  /** There always is a last part: one is sent only when more bytes come. */
  private boolean complete() throws StoreException {
    return store.unlessLost(
        name(),
        write,
        () -> {
          if (filled > 0) {
            sendPart(true);
          }
          while (!onTheirWay.isEmpty()) {
            await();
          }
          store.call(
              name(),
              "could not be written",
              () -> {
                upload.complete(parts, position());
                return null;
              });
        });
  }

  @Override
  protected void giveUp() {
    part = new byte[0];
    if (upload == null) {
      return;
    }
    for (Future<byte[]> one : onTheirWay) {
      one.cancel(true);
    }
    // A job that is cancelled interrupts its threads; the upload must be given up all the same.
    boolean interrupted = Thread.interrupted();
    try {
      store.giveUp(name(), upload);
    } catch (StoreException | RuntimeException e) {
      // Nothing is seen of it; stores drop such uploads in time, by their own or a person's rule.
      LOG.warn("an upload that was given up may still take room: {}", e.getMessage());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
