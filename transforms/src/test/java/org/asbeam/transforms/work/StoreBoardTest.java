package org.asbeam.transforms.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.asbeam.storage.LocalStore;
import org.asbeam.storage.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a folder of this computer. */
class StoreBoardTest {
  private static final SharePost POST = post("a.host_17-0badcafe", 1);

  @TempDir Path temp;

  private StoreBoard board() {
    return new StoreBoard(new LocalStore(temp), "run/shares");
  }

  private static SharePost post(String worker, long number) {
    return new SharePost(
        worker,
        number,
        8_000,
        3,
        new SharePost.Part(1_000_000_000_000_000L, 25_000),
        new SharePost.Part(0, 0));
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(temp.resolve("run/shares"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatIsPostedIsSeenByAll() throws Exception {
    board().post(POST);
    board().post(post("b", 7));
    assertThat(board().posts()).containsExactlyInAnyOrder(POST, post("b", 7));
  }

  @Test
  void aFolderThatIsNotThereHasNoPosts() throws Exception {
    assertThat(board().posts()).isEmpty();
  }

  /** A listing that takes its time finds the one that goes or the one that comes. */
  @Test
  void thePostBeforeTheLatestStays() throws Exception {
    StoreBoard board = board();
    for (int i = 1; i <= 5; i++) {
      board.post(post("a", i));
    }
    assertThat(board.posts()).extracting(SharePost::number).containsExactlyInAnyOrder(4L, 5L);
  }

  @Test
  void whatIsNoPostIsPassedOver() throws Exception {
    board().post(POST);
    Files.writeString(temp.resolve("run/shares/notes.txt"), "not ours");
    Files.writeString(temp.resolve("run/shares/a~1~2~3~4-99999999999999999999~0-0"), "");
    Files.createDirectory(temp.resolve("run/shares/folder"));
    assertThat(board().posts()).containsExactly(POST);
  }

  @Test
  void whoLeavesTakesItsPostsAway() throws Exception {
    StoreBoard board = board();
    board().post(post("b", 1));
    board.post(post("a", 1));
    board.post(post("a", 2));
    board.leave();
    assertThat(board.posts()).containsExactly(post("b", 1));
  }

  @Test
  void thePostsOfTheDeadCanBeTakenAwayByTwo() throws Exception {
    board().post(POST);
    board().remove(POST);
    board().remove(POST);
    assertThat(names()).isEmpty();
  }

  /** What may have come nevertheless goes with the next ones. */
  @Test
  void aPostThatFailsIsAnError() throws Exception {
    StoreBoard board = board();
    board.post(post("a", 1));
    Path folder = temp.resolve("run/shares");
    Path away = Files.move(folder, temp.resolve("away"));
    Files.writeString(folder, "a file where the folder was");
    assertThatThrownBy(() -> board.post(post("a", 2))).isInstanceOf(StoreException.class);
    Files.delete(folder);
    Files.move(away, folder);
    board.post(post("a", 3));
    board.post(post("a", 4));
    assertThat(board.posts()).extracting(SharePost::number).containsExactlyInAnyOrder(3L, 4L);
  }

  /** Three processes, each with a throttle of its own; the timer is moved by hand. */
  @Test
  void threeProcessesGetAThirdEachOfBothLimits() throws Exception {
    AtomicLong now = new AtomicLong();
    Limits limits = new Limits(3_000, 60_000);
    List<Runnable> ticks = new ArrayList<>();
    List<Throttle> throttles = new ArrayList<>();
    List<SharedLimits> processes = new ArrayList<>();
    Surroundings surroundings =
        new Surroundings(
            null,
            new Random(1),
            (period, name, task) -> {
              ticks.add(task);
              return () -> {};
            });
    for (int i = 0; i < 3; i++) {
      Throttle throttle = new Throttle(limits, now::get, nanos -> {});
      throttles.add(throttle);
      processes.add(SharedLimits.join("p" + i, limits, throttle, board(), () -> 1, surroundings));
      assertThat(throttle.records().rate(now.get())).isZero();
    }
    for (int step = 0; step < 4; step++) {
      ticks.forEach(Runnable::run);
      // All wait for both.
      throttles.forEach(throttle -> throttle.records().waited(1_000_000_000));
      throttles.forEach(throttle -> throttle.bytes().waited(1_000_000_000));
      now.addAndGet(Duration.ofSeconds(2).toNanos());
    }
    for (Throttle throttle : throttles) {
      assertThat(throttle.records().rate(now.get())).isEqualTo(1_000);
      assertThat(throttle.bytes().rate(now.get())).isEqualTo(20_000);
    }
    processes.get(0).close();
    assertThat(throttles.get(0).records().rate(now.get())).isZero();
    ticks.subList(1, 3).forEach(Runnable::run);
    ticks.subList(1, 3).forEach(Runnable::run);
    assertThat(throttles.get(1).records().rate(now.get())).isEqualTo(1_500);
    for (SharedLimits process : processes) {
      process.close();
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void aRunWithoutLimitsOrInOneProcessPostsNothingAndWaitsForNobody() throws Exception {
    Surroundings surroundings =
        new Surroundings(
            null,
            new Random(1),
            (period, name, task) -> {
              throw new UncheckedIOException(new IOException("nothing is to be done"));
            });
    try (SharedLimits none = join("run-1", Limits.NONE, surroundings)) {
      none.throttle().take(1_000_000, 1_000_000, () -> true);
    }
    SharedLimits.onlyHere("run-2");
    try (SharedLimits alone = join("run-2", new Limits(1_000, 0), surroundings)) {
      assertThat(alone.throttle()).isSameAs(Throttle.of("run-2", Limits.NONE));
      assertThat(alone.throttle().records().rate(System.nanoTime())).isEqualTo(1_000);
    } finally {
      SharedLimits.forget("run-2");
      Throttle.forget("run-2");
      Throttle.forget("run-1");
    }
    assertThat(temp.resolve("run")).doesNotExist();
  }

  private SharedLimits join(String runId, Limits limits, Surroundings surroundings) {
    return SharedLimits.join(
        runId, limits, new LocalStore(temp), "run/shares", () -> 1, surroundings, "host_1");
  }
}
