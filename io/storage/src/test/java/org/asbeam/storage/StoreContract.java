package org.asbeam.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Store} keeps; a store's own test extends it. */
public abstract class StoreContract {
  private static final int RACES = 50;
  private static final int RACERS = 4;

  private Store store;

  /** Opens the same folder at every call of one test, and an empty one for each test. */
  protected abstract Store open() throws Exception;

  @BeforeEach
  final void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  final void closeStore() {
    store.close();
  }

  @Test
  void aCommittedFileIsWholeForEverybody() throws Exception {
    byte[] content = pattern(1_000_000);
    try (StoreOutput output = store.create("a_1.asb")) {
      assertThat(output.name()).isEqualTo("a_1.asb");
      output.write(content, 0, 1);
      output.write(content, 1, 300_000);
      assertThat(output.position()).isEqualTo(300_001);
      output.write(content, 300_001, 0);
      output.write(content, 300_001, content.length - 300_001);
      output.commit();
      assertThat(output.position()).isEqualTo(content.length);
    }
    try (Store again = open()) {
      assertThat(again.get("a_1.asb")).isEqualTo(content);
      assertThat(again.size("a_1.asb")).isEqualTo(content.length);
    }
  }

  @Test
  void aWholeFileIsNotSeenBefore() throws Exception {
    byte[] content = pattern(300_000);
    try (StoreOutput output = store.createWhole("single.asb", false)) {
      output.write(content, 0, content.length);
      assertKind(StoreException.Kind.NOT_FOUND, () -> store.size("single.asb"));
      output.commit();
    }
    assertThat(store.get("single.asb")).isEqualTo(content);
    assertThat(store.list("").stream().map(StoredFile::name)).containsExactly("single.asb");
    assertKind(StoreException.Kind.EXISTS, () -> store.createWhole("single.asb", false));

    byte[] second = pattern(10);
    try (StoreOutput output = store.createWhole("single.asb", true)) {
      output.write(second, 0, second.length);
      assertThat(store.get("single.asb")).as("until the new one is whole").isEqualTo(content);
      output.commit();
    }
    assertThat(store.get("single.asb")).isEqualTo(second);
  }

  @Test
  void aWholeFileThatIsGivenUpLeavesNothing() throws Exception {
    StoreOutput output = store.createWhole("single.asb", false);
    output.write(pattern(100), 0, 100);
    output.close();
    assertThat(store.list("")).isEmpty();
  }

  @Test
  void ofTwoWholeFilesOneWins() throws Exception {
    try (StoreOutput one = store.createWhole("single.asb", false);
        StoreOutput other = store.createWhole("single.asb", false)) {
      one.write(pattern(1), 0, 1);
      one.commit();
      other.write(pattern(2), 0, 2);
      assertKind(
          StoreException.Kind.EXISTS,
          () -> {
            other.commit();
            return null;
          });
    }
    assertThat(store.get("single.asb")).isEqualTo(pattern(1));
  }

  @Test
  void anEmptyFileCanBeCommitted() throws Exception {
    try (StoreOutput output = store.create("empty")) {
      output.commit();
    }
    assertThat(store.get("empty")).isEmpty();
    assertThat(store.size("empty")).isZero();
    assertThat(readAll("empty", 0)).isEmpty();
  }

  @Test
  void closeWithoutCommitLeavesNothing() throws Exception {
    StoreOutput output = store.create("folder/given_up.asb");
    output.write(pattern(100), 0, 100);
    output.close();
    output.close();
    assertKind(StoreException.Kind.NOT_FOUND, () -> store.size("folder/given_up.asb"));
    assertThat(store.list("folder")).isEmpty();
    try (StoreOutput second = store.create("folder/given_up.asb")) {
      second.commit();
    }
  }

  @Test
  void closeAfterCommitKeepsTheFile() throws Exception {
    StoreOutput output = store.create("kept");
    output.commit();
    output.close();
    output.close();
    assertThat(store.size("kept")).isZero();
  }

  @Test
  void nothingCanBeWrittenOnceAnOutputHasEnded() throws Exception {
    StoreOutput committed = store.create("committed");
    committed.commit();
    assertThatThrownBy(() -> committed.write(new byte[1], 0, 1))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(committed::commit).isInstanceOf(IllegalStateException.class);
    StoreOutput closed = store.create("closed");
    closed.close();
    assertThatThrownBy(() -> closed.write(new byte[1], 0, 1))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(closed::commit).isInstanceOf(IllegalStateException.class);
    assertThat(store.size("committed")).isZero();
  }

  @Test
  void createRefusesANameThatIsThere() throws Exception {
    store.put("there", bytes("old"));
    assertKind(
        StoreException.Kind.EXISTS,
        () -> {
          try (StoreOutput output = store.create("there")) {
            output.write(bytes("new"), 0, 3);
            output.commit();
          }
          return null;
        });
    assertThat(store.get("there")).isEqualTo(bytes("old"));
  }

  @Test
  void putIfAbsentWritesOnce() throws Exception {
    assertThat(store.putIfAbsent("deep/er/receipt.json", bytes("first"))).isTrue();
    assertThat(store.putIfAbsent("deep/er/receipt.json", bytes("second"))).isFalse();
    assertThat(store.get("deep/er/receipt.json")).isEqualTo(bytes("first"));
    assertThat(names("deep/er")).containsExactly("deep/er/receipt.json");
  }

  @Test
  void putReplaces() throws Exception {
    store.put("deep/manifest.json", bytes("a longer first content"));
    store.put("deep/manifest.json", bytes("second"));
    assertThat(store.get("deep/manifest.json")).isEqualTo(bytes("second"));
    store.put("deep/manifest.json", new byte[0]);
    assertThat(store.get("deep/manifest.json")).isEmpty();
    assertThat(names("deep")).containsExactly("deep/manifest.json");
  }

  @Test
  void aFileIsReadFromAnyPosition() throws Exception {
    byte[] content = pattern(700_000);
    store.put("file", content);
    for (int position : new int[] {0, 1, 4095, 262_144, 699_999, 700_000}) {
      byte[] read = readAll("file", position);
      assertThat(read).isEqualTo(java.util.Arrays.copyOfRange(content, position, content.length));
    }
    try (InputStream in = store.read("file", 10)) {
      assertThat(in.read()).isEqualTo(content[10] & 0xff);
      assertThat(in.read(new byte[0], 0, 0)).isZero();
      in.skipNBytes(5);
      assertThat(in.read()).isEqualTo(content[16] & 0xff);
    }
    assertThatThrownBy(() -> readAll("file", 700_001)).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> readAll("file", -1)).isInstanceOf(StoreException.class);
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    store.put("other", bytes("x"));
    assertKind(StoreException.Kind.NOT_FOUND, () -> store.get("no/such"));
    assertKind(StoreException.Kind.NOT_FOUND, () -> store.size("nothing"));
    assertKind(StoreException.Kind.NOT_FOUND, () -> readAll("nothing", 0));
    assertThat(store.list("no/such/folder")).isEmpty();
    store.delete("nothing");
    store.delete("no/such/file");
  }

  @Test
  void errorsNameThePath() {
    assertThatThrownBy(() -> store.get("no/such"))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> {
              assertThat(e.path()).contains("no/such");
              assertThat(e).hasMessageContaining(e.path()).hasMessageContaining(store.location());
              assertThat(e.getMessage()).doesNotContain("\n");
            });
  }

  @Test
  void aFolderListsWhatIsDirectlyInIt() throws Exception {
    assertThat(store.list("")).isEmpty();
    store.put("b.asb", pattern(3));
    store.put("a.asb", pattern(2));
    store.put("a-b.asb", pattern(1));
    store.put("sub/c.asb", pattern(4));
    store.put("sub/deeper/d.asb", pattern(5));
    assertThat(store.list(""))
        .containsExactly(
            new StoredFile("a-b.asb", 1, false),
            new StoredFile("a.asb", 2, false),
            new StoredFile("b.asb", 3, false),
            new StoredFile("sub", 0, true));
    assertThat(store.list("sub"))
        .containsExactly(
            new StoredFile("sub/c.asb", 4, false), new StoredFile("sub/deeper", 0, true));
  }

  @Test
  void aDeletedFileIsGone() throws Exception {
    store.put("folder/file", bytes("x"));
    store.delete("folder/file");
    store.delete("folder/file");
    assertThat(store.list("folder")).isEmpty();
    assertKind(StoreException.Kind.NOT_FOUND, () -> store.get("folder/file"));
    assertThat(store.putIfAbsent("folder/file", bytes("y"))).isTrue();
  }

  @Test
  void noNameLeadsOutOfTheFolder() throws Exception {
    for (String name :
        List.of("../out", "a/../../out", "/etc/passwd", "", "a//b", "a/", ".", "a/./b", "..")) {
      assertThatThrownBy(() -> store.create(name)).as(name).isInstanceOf(StoreException.class);
      assertThatThrownBy(() -> store.put(name, new byte[0])).isInstanceOf(StoreException.class);
      assertThatThrownBy(() -> store.putIfAbsent(name, new byte[0]))
          .isInstanceOf(StoreException.class);
      assertThatThrownBy(() -> store.get(name)).isInstanceOf(StoreException.class);
      assertThatThrownBy(() -> store.read(name, 0)).isInstanceOf(StoreException.class);
      assertThatThrownBy(() -> store.size(name)).isInstanceOf(StoreException.class);
      assertThatThrownBy(() -> store.delete(name)).isInstanceOf(StoreException.class);
      if (!name.isEmpty()) {
        assertThatThrownBy(() -> store.list(name)).isInstanceOf(StoreException.class);
      }
    }
    assertThat(store.list("")).isEmpty();
  }

  @Test
  void ofRacingPutsIfAbsentOneWins() throws Exception {
    race(
        (race, racer) -> {
          try (Store own = open()) {
            return own.putIfAbsent("race/" + race, bytes("racer " + racer));
          }
        });
  }

  @Test
  void ofRacingCreatesOneWins() throws Exception {
    race(
        (race, racer) -> {
          try (Store own = open();
              StoreOutput output = own.create("race/" + race)) {
            byte[] content = bytes("racer " + racer);
            output.write(content, 0, content.length);
            output.commit();
            return true;
          } catch (StoreException e) {
            assertThat(e.kind()).isEqualTo(StoreException.Kind.EXISTS);
            return false;
          }
        });
  }

  private interface Racer {
    boolean run(int race, int racer) throws Exception;
  }

  private void race(Racer racer) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(RACERS);
    try {
      for (int race = 0; race < RACES; race++) {
        int number = race;
        CyclicBarrier start = new CyclicBarrier(RACERS);
        List<Future<Boolean>> results = new ArrayList<>();
        for (int i = 0; i < RACERS; i++) {
          int id = i;
          results.add(
              threads.submit(
                  () -> {
                    start.await();
                    return racer.run(number, id);
                  }));
        }
        List<String> winners = new ArrayList<>();
        for (int i = 0; i < RACERS; i++) {
          if (results.get(i).get()) {
            winners.add("racer " + i);
          }
        }
        assertThat(winners).hasSize(1);
        assertThat(store.get("race/" + race)).asString().isEqualTo(winners.get(0));
      }
      assertThat(store.list("race")).hasSize(RACES);
    } finally {
      threads.shutdownNow();
    }
  }

  private byte[] readAll(String name, long position) throws IOException {
    try (InputStream in = store.read(name, position)) {
      return in.readAllBytes();
    }
  }

  private List<String> names(String folder) throws StoreException {
    return store.list(folder).stream().map(StoredFile::name).toList();
  }

  private static void assertKind(StoreException.Kind kind, Callable<?> call) {
    assertThatThrownBy(call::call)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind));
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
