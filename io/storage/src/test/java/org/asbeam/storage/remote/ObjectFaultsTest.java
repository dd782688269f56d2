package org.asbeam.storage.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an object store makes of requests that fail, get lost, hang or break off. */
final class ObjectFaultsTest {
  private final MemoryObjects objects = new MemoryObjects();
  private final ObjectStore store = new ObjectStore(objects, "memory://bucket/f", "f/");

  private static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  /** Fails the first requests of a kind. */
  private void fail(String request, int times, Problem.Kind kind) {
    AtomicInteger left = new AtomicInteger(times);
    objects.fault =
        made -> {
          if (made.startsWith(request + " ") && left.getAndDecrement() > 0) {
            throw new MemoryObjects.Failure(kind);
          }
          return false;
        };
  }

  /** Lets the first requests of a kind have their effect, and lose their answer. */
  private void lose(String request, int times) {
    AtomicInteger left = new AtomicInteger(times);
    objects.fault = made -> made.startsWith(request + " ") && left.getAndDecrement() > 0;
  }

  private void write(String name, byte[] content) throws StoreException {
    try (StoreOutput output = store.create(name)) {
      output.write(content, 0, content.length);
      output.commit();
    }
  }

  private static StoreException.Kind kindOf(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable c) {
    return catchThrowableOfType(StoreException.class, c).kind();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, MemoryObjects.PART, MemoryObjects.PART + 1, 5 * MemoryObjects.PART})
  void aFileOfAnySizeIsWhole(int size) throws Exception {
    byte[] content = pattern(size);
    try (StoreOutput output = store.create("file")) {
      Random random = new Random(1);
      for (int from = 0; from < size; ) {
        int count = Math.min(size - from, 1 + random.nextInt(700_000));
        output.write(content, from, count);
        from += count;
      }
      output.commit();
      assertThat(output.position()).isEqualTo(size);
    }
    assertThat(store.get("file")).isEqualTo(content);
    assertThat(objects.uploads).isEqualTo(size > MemoryObjects.PART ? 1 : 0);
    assertThat(objects.aborted).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"put", "part", "complete", "upload", "info", "list", "read", "delete"})
  void whatPassesIsTriedAgain(String request) throws Exception {
    byte[] content = pattern(3 * MemoryObjects.PART);
    fail(request, 3, Problem.Kind.TRANSIENT);
    store.put("small", new byte[] {1});
    write("file", content);
    assertThat(store.get("file")).isEqualTo(content);
    assertThat(store.list("")).hasSize(2);
    store.delete("file");
    assertThat(store.list("")).hasSize(1);
  }

  @Test
  void attemptsEnd() {
    fail("put", 100, Problem.Kind.THROTTLED);
    StoreException error =
        catchThrowableOfType(StoreException.class, () -> store.put("x", new byte[1]));
    assertThat(error.kind()).isEqualTo(StoreException.Kind.TRANSIENT);
    assertThat(error)
        .hasMessage(
            "memory://bucket/f/x: could not be written: too many requests (as told) (tried 5"
                + " times)");
    assertThat(objects.requests()).hasSize(5);
  }

  @Test
  void aStoreThatNeverAnsweredIsTriedThreeTimes() throws Exception {
    fail("list", 100, Problem.Kind.UNREACHABLE);
    assertThat(kindOf(() -> store.list(""))).isEqualTo(StoreException.Kind.TRANSIENT);
    assertThat(objects.requests()).hasSize(3);

    store.put("x", new byte[1]);
    assertThat(kindOf(() -> store.list(""))).isEqualTo(StoreException.Kind.TRANSIENT);
    assertThat(objects.requests()).as("now it is known to be there").hasSize(3 + 1 + 5);
  }

  @ParameterizedTest
  @EnumSource(
      value = Problem.Kind.class,
      names = {"DENIED", "NO_SPACE", "NO_BUCKET", "ARCHIVED", "OTHER"})
  void whatCantPassIsTriedOnce(Problem.Kind kind) {
    fail("put", 1, kind);
    StoreException error =
        catchThrowableOfType(StoreException.class, () -> store.put("x", new byte[1]));
    assertThat(error.kind().name())
        .isEqualTo(kind == Problem.Kind.NO_BUCKET ? "NOT_FOUND" : kind.name());
    assertThat(error.getMessage()).startsWith("memory://bucket/f/x: ").doesNotContain("\n");
    assertThat(objects.requests()).filteredOn(made -> made.startsWith("put")).hasSize(1);
  }

  @Test
  void aLostAnswerOfAnExclusivePutIsKnownByItsToken() throws Exception {
    lose("put", 1);
    assertThat(store.putIfAbsent("x", new byte[] {1})).isTrue();
    assertThat(store.putIfAbsent("x", new byte[] {1})).as("the same bytes of another").isFalse();
    lose("put", 1);
    assertThat(store.putIfAbsent("x", new byte[] {1})).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 3 * MemoryObjects.PART})
  void aLostAnswerOfACommitIsKnownByItsToken(int size) throws Exception {
    byte[] content = pattern(size);
    lose(size > MemoryObjects.PART ? "complete" : "put", 1);
    write("file", content);
    assertThat(store.get("file")).isEqualTo(content);
    assertThat(kindOf(() -> write("file", content))).isEqualTo(StoreException.Kind.EXISTS);
  }

  @Test
  void whoComesSecondAtTheEndLoses() throws Exception {
    byte[] content = pattern(2 * MemoryObjects.PART);
    try (StoreOutput one = store.create("file");
        StoreOutput other = store.create("file")) {
      one.write(content, 0, content.length);
      other.write(content, 0, content.length - 1);
      other.commit();
      assertThat(kindOf(one::commit)).isEqualTo(StoreException.Kind.EXISTS);
    }
    assertThat(store.size("file")).isEqualTo(content.length - 1);
    assertThat(objects.aborted).isEqualTo(1);
  }

  @Test
  void aPartThatCantBeSentEndsTheFile() throws Exception {
    byte[] content = pattern(4 * MemoryObjects.PART);
    fail("part", 1, Problem.Kind.DENIED);
    StoreOutput output = store.create("file");
    assertThat(
            kindOf(
                () -> {
                  output.write(content, 0, content.length);
                  output.commit();
                }))
        .isEqualTo(StoreException.Kind.DENIED);
    assertThat(kindOf(output::commit)).isEqualTo(StoreException.Kind.OTHER);
    output.close();
    assertThat(objects.aborted).isEqualTo(1);
    assertThat(store.list("")).isEmpty();
  }

  @Test
  void aFileOfTooManyPartsIsSaid() throws Exception {
    assertThat(store.largestFile()).isEqualTo(20L * MemoryObjects.PART);
    byte[] content = pattern(20 * MemoryObjects.PART);
    try (StoreOutput output = store.create("file")) {
      output.write(content, 0, content.length);
      output.commit();
    }
    try (StoreOutput output = store.create("larger")) {
      StoreException error =
          catchThrowableOfType(
              StoreException.class,
              () -> {
                output.write(content, 0, content.length);
                output.write(content, 0, 1);
                output.commit();
              });
      assertThat(error).hasMessageContaining("has reached 20 parts of 1048576 bytes");
    }
    assertThat(objects.aborted).isEqualTo(1);
  }

  @Test
  void aRequestThatHangsEndsByItsLimitAndIsInterrupted() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicInteger hanging = new AtomicInteger(1);
    objects.patience = new Patience(2, Duration.ZERO, Duration.ZERO, 1, Duration.ofMillis(100));
    objects.fault =
        made -> {
          if (hanging.getAndDecrement() > 0) {
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              interrupted.countDown();
              throw e;
            }
          }
          return false;
        };
    store.put("x", new byte[] {1});
    interrupted.await();
    assertThat(store.get("x")).containsExactly(1);
  }

  /** Bodies that break off after some bytes, by an error or an early end. */
  private ObjectStore breaking(int bytes, boolean error) {
    MemoryObjects broken =
        new MemoryObjects() {
          @Override
          InputStream body(byte[] all) {
            return new ByteArrayInputStream(Arrays.copyOf(all, Math.min(bytes, all.length))) {
              @Override
              public synchronized int read(byte[] into, int offset, int count) {
                int read = super.read(into, offset, count);
                if (read < 0 && error && all.length > bytes) {
                  throw new java.io.UncheckedIOException(new IOException("connection reset"));
                }
                return read;
              }
            };
          }
        };
    return new ObjectStore(broken, "memory://bucket/f", "f/");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBodyThatBreaksOffIsReadOn(boolean error) throws Exception {
    byte[] content = pattern(1_000_000);
    ObjectStore broken = breaking(300_000, error);
    broken.put("file", content);
    assertThat(broken.get("file")).isEqualTo(content);
    try (InputStream in = broken.read("file", 123_456)) {
      assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 123_456, 1_000_000));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBodyThatBringsNothingIsAnErrorAtLast(boolean error) throws Exception {
    ObjectStore broken = breaking(0, error);
    broken.put("file", pattern(100));
    StoreException failure = catchThrowableOfType(StoreException.class, () -> broken.get("file"));
    assertThat(failure.kind()).isEqualTo(StoreException.Kind.TRANSIENT);
    assertThat(failure).hasMessageContaining("at byte 0").hasMessageContaining("(tried 5 times)");
  }

  @Test
  void aFileThatChangesWhileItIsReadIsNeverMixed() throws Exception {
    ObjectStore broken = breaking(300_000, true);
    broken.put("file", pattern(1_000_000));
    try (InputStream in = broken.read("file", 0)) {
      in.readNBytes(100);
      broken.put("file", pattern(1_000_001));
      StoreException failure = catchThrowableOfType(StoreException.class, in::readAllBytes);
      assertThat(failure.kind()).isEqualTo(StoreException.Kind.EXISTS);
      assertThat(failure).hasMessageContaining("it has changed");
    }
  }
}
