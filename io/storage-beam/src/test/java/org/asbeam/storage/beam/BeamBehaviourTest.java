package org.asbeam.storage.beam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreException.Kind;
import org.asbeam.storage.StoreOutput;
import org.asbeam.storage.StoredFile;
import org.asbeam.storage.Stores;
import org.asbeam.storage.beam.MemoryFiles.Habit;
import org.asbeam.storage.remote.Patience;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of file systems with habits of their own. */
class BeamBehaviourTest {
  private static final Patience IMPATIENT =
      new Patience(4, Duration.ofMillis(1), Duration.ofMillis(2), 1, Duration.ofSeconds(20));

  @BeforeEach
  void register() {
    FileSystems.registerFileSystemsOnce(PipelineOptionsFactory.create());
  }

  @AfterEach
  void allFaultsHaveHappened() {
    assertThat(MemoryFiles.FAILURES.getAndSet(0)).isZero();
    assertThat(MemoryFiles.LOST_ANSWERS.getAndSet(0)).isZero();
    assertThat(MemoryFiles.BROKEN_READS.getAndSet(0)).isZero();
  }

  private static Store open(Habit... habit) {
    return new BeamStore(MemoryFiles.newFolder(habit), IMPATIENT, IMPATIENT);
  }

  @ParameterizedTest
  @EnumSource(
      value = Habit.class,
      names = {"DENIED", "UNDELETABLE"},
      mode = EnumSource.Mode.EXCLUDE)
  void filesAreWrittenReadReplacedAndDeleted(Habit habit) throws Exception {
    byte[] content = pattern(350_000);
    try (Store store = open(habit)) {
      try (StoreOutput output = store.create("x/a.asb")) {
        output.write(content, 0, 200_000);
        output.write(content, 200_000, 150_000);
        output.commit();
      }
      assertThat(store.get("x/a.asb")).isEqualTo(content);
      assertThat(read(store, "x/a.asb", 123_456))
          .isEqualTo(Arrays.copyOfRange(content, 123_456, content.length));
      assertThat(store.putIfAbsent("x/b", bytes("b"))).isTrue();
      assertThat(store.putIfAbsent("x/b", bytes("c"))).isFalse();
      failure(Kind.EXISTS, () -> store.create("x/b"));
      store.put("x/b", bytes("replaced"));
      assertThat(store.get("x/b")).isEqualTo(bytes("replaced"));
      try (StoreOutput output = store.createWhole("x/b", true)) {
        output.write(bytes("again"), 0, 5);
        output.commit();
      }
      assertThat(store.get("x/b")).isEqualTo(bytes("again"));
      assertThat(store.list("x"))
          .containsExactly(
              new StoredFile("x/a.asb", 350_000, false), new StoredFile("x/b", 5, false));
      assertThat(store.list("")).containsExactly(new StoredFile("x", 0, true));
      StoreOutput output = store.create("x/c");
      output.write(content, 0, 100);
      output.close();
      output.close();
      store.delete("x/b");
      store.delete("x/b");
      assertThat(store.list("x").stream().map(StoredFile::name)).containsExactly("x/a.asb");
    }
  }

  /** A disk keeps the contract too, but for what is seen before a file is whole. */
  @Test
  void aDiskIsAStore(@TempDir Path disk) throws Exception {
    byte[] content = pattern(350_000);
    try (Store store = Stores.open("disk://" + disk.toRealPath() + "/folder")) {
      assertThat(store.list("")).isEmpty();
      try (StoreOutput output = store.create("x/y/a.asb")) {
        output.write(content, 0, content.length);
        output.commit();
      }
      assertThat(read(store, "x/y/a.asb", 100))
          .isEqualTo(Arrays.copyOfRange(content, 100, content.length));
      assertThat(store.putIfAbsent("x/b", bytes("b"))).isTrue();
      assertThat(store.putIfAbsent("x/b", bytes("c"))).isFalse();
      store.put("x/b", bytes("longer"));
      assertThat(store.get("x/b")).isEqualTo(bytes("longer"));
      failure(Kind.EXISTS, () -> store.create("x/b"));
      failure(Kind.EXISTS, () -> store.createWhole("x", true));
      failure(Kind.WRONG_TYPE, () -> store.size("x"));
      failure(Kind.WRONG_TYPE, () -> store.get("x"));
      failure(Kind.NOT_FOUND, () -> store.get("z"));
      assertThat(store.list("")).containsExactly(new StoredFile("x", 0, true));
      assertThat(store.list("x"))
          .containsExactly(new StoredFile("x/b", 6, false), new StoredFile("x/y", 0, true));
      StoreOutput output = store.create("x/c");
      output.write(content, 0, 100_000);
      output.close();
      store.delete("x/b");
      store.delete("x/b");
      assertThat(store.list("x")).containsExactly(new StoredFile("x/y", 0, true));
    }
  }

  @Test
  void whatIsGivenUpReplacesNothing() throws Exception {
    try (Store store = open()) {
      store.put("a", bytes("good"));
      try (StoreOutput output = store.createWhole("a", true)) {
        output.write(bytes("half"), 0, 2);
      }
      assertThat(store.get("a")).isEqualTo(bytes("good"));
    }
  }

  @Test
  void whatIsSeenAtOnceGoesWhenItIsGivenUp() throws Exception {
    try (Store store = open(Habit.SEEN_AT_ONCE)) {
      StoreOutput output = store.create("a");
      output.write(bytes("half"), 0, 2);
      assertThat(store.size("a")).isEqualTo(2);
      Thread.currentThread().interrupt();
      output.close();
      assertThat(Thread.interrupted()).isTrue();
      failure(Kind.NOT_FOUND, () -> store.size("a"));
    }
  }

  @Test
  void whoLosesLeavesTheWinnersFileAlone() throws Exception {
    for (Habit[] habit : List.of(new Habit[0], new Habit[] {Habit.HEEDLESS})) {
      try (Store store = open(habit)) {
        StoreOutput loser = store.create("a");
        loser.write(bytes("loser"), 0, 5);
        store.put("a", bytes("the winner"));
        failure(
            Kind.EXISTS,
            () -> {
              loser.commit();
              return null;
            });
        loser.close();
        assertThat(store.get("a")).isEqualTo(bytes("the winner"));
      }
    }
  }

  @Test
  void passingErrorsArePassed() throws Exception {
    try (Store store = open()) {
      for (Callable<?> call :
          List.<Callable<?>>of(
              () -> {
                store.put("a", bytes("x"));
                return null;
              },
              () -> store.get("a"),
              () -> store.size("a"),
              () -> store.list(""),
              () -> read(store, "a", 0),
              () -> {
                store.delete("a");
                return null;
              },
              () -> store.putIfAbsent("a", bytes("x")))) {
        MemoryFiles.FAILURES.set(2);
        call.call();
        assertThat(MemoryFiles.FAILURES.get()).isZero();
      }
      MemoryFiles.FAILURES.set(4);
      assertThat(failure(Kind.TRANSIENT, () -> store.size("a"))).contains("tried 4 times");
    }
  }

  @Test
  void anAnswerThatIsLostCounts() throws Exception {
    try (Store store = open()) {
      MemoryFiles.LOST_ANSWERS.set(1);
      assertThat(store.putIfAbsent("a", bytes("mine"))).isTrue();
      MemoryFiles.LOST_ANSWERS.set(1);
      store.put("a", bytes("mine too"));
      assertThat(store.get("a")).isEqualTo(bytes("mine too"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readingGoesOnWhereItBrokeOff(boolean seekable) throws Exception {
    byte[] content = pattern(700_000);
    try (Store store = seekable ? open() : open(Habit.NO_SEEKING)) {
      store.put("a", content);
      try (InputStream in = store.read("a", 10)) {
        byte[] start = in.readNBytes(20);
        MemoryFiles.BROKEN_READS.set(2);
        byte[] rest = in.readAllBytes();
        assertThat(start).isEqualTo(Arrays.copyOfRange(content, 10, 30));
        assertThat(rest).isEqualTo(Arrays.copyOfRange(content, 30, content.length));
      }
    }
  }

  @Test
  void whatIsReplacedIsNotReadOn() throws Exception {
    try (Store store = open()) {
      store.put("a", pattern(700_000));
      try (InputStream in = store.read("a", 0)) {
        in.readNBytes(20);
        store.put("a", new byte[700_000]);
        MemoryFiles.BROKEN_READS.set(1);
        assertThat(failure(Kind.OTHER, in::readAllBytes)).contains("replaced");
      }
    }
  }

  @Test
  void uncheckedRefusalsAreTold() throws Exception {
    try (Store store = open(Habit.DENIED)) {
      for (Callable<?> call :
          List.<Callable<?>>of(
              () -> store.list(""),
              () -> store.create("a"),
              () -> store.get("a"),
              () -> store.putIfAbsent("a", new byte[0]))) {
        assertThat(failure(Kind.DENIED, call)).contains("403 Forbidden").doesNotContain("for you");
      }
    }
  }

  @Test
  void aDeleteThatDoesNothingIsTold() throws Exception {
    try (Store store = open(Habit.UNDELETABLE)) {
      store.put("a", bytes("x"));
      assertThat(
              failure(
                  Kind.OTHER,
                  () -> {
                    store.delete("a");
                    return null;
                  }))
          .contains("still there");
    }
  }

  @Test
  void foldersAreSeenByWhatLiesDeepInThem() throws Exception {
    try (Store store = open()) {
      store.put(".asbeam/run/receipts/1.json", bytes("x"));
      store.put("folder/deep/file", bytes("x"));
      // Not of this folder, although it looks like it.
      MemoryFiles.put(store.location() + "er/folder/other", bytes("x"));
      assertThat(store.list(""))
          .containsExactly(new StoredFile(".asbeam", 0, true), new StoredFile("folder", 0, true));
      assertThat(store.list("folder")).containsExactly(new StoredFile("folder/deep", 0, true));
      assertThat(store.list(".asbeam/run"))
          .containsExactly(new StoredFile(".asbeam/run/receipts", 0, true));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a*b", "a?b", "a[b", "a]b", "a{b", "a}b", "a\\b"})
  void patternsAreNoNames(String name) throws Exception {
    try (Store store = open()) {
      assertThat(failure(Kind.OTHER, () -> store.create(name))).contains("pattern");
      failure(Kind.OTHER, () -> store.putIfAbsent(name, new byte[0]));
      failure(Kind.OTHER, () -> store.list(name));
      failure(Kind.OTHER, () -> store.size(name));
    }
    assertThat(failure(Kind.OTHER, () -> Stores.open("memory://b/" + name))).contains("pattern");
  }

  @Test
  void otherNamesAreTakenAsTheyAre() throws Exception {
    for (String odd : List.of("a b", "%41", "x#y", "a+b", "ü€", "a:b", "a&b;c=d", "~", "😀")) {
      try (Store store = Stores.open(MemoryFiles.newFolder() + "/" + odd)) {
        store.put(odd, bytes("x"));
        assertThat(store.list("")).containsExactly(new StoredFile(odd, 1, false));
        assertThat(MemoryFiles.content(store.location() + "/" + odd)).isEqualTo(bytes("x"));
        store.delete(odd);
        assertThat(store.list("")).isEmpty();
      }
    }
  }

  private static byte[] read(Store store, String name, long position) throws Exception {
    try (InputStream in = store.read(name, position)) {
      return in.readAllBytes();
    }
  }

  private static String failure(Kind kind, Callable<?> call) {
    StoreException failure = catchThrowableOfType(StoreException.class, call::call);
    assertThat(failure).as("failure of kind " + kind).isNotNull();
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
    assertThat(failure.getMessage()).doesNotContain("\n").contains(failure.path());
    return failure.getMessage();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + (i >>> 8));
    }
    return bytes;
  }
}
