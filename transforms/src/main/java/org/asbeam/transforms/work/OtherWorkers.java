package org.asbeam.transforms.work;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The other workers of a run, as one of them knows them from the {@link Board}. A worker is gone
 * when its post is, or has not been followed by another one for the time of its lease.
 */
final class OtherWorkers {
  /** A claim counts for so much longer than its lease, and from later on: clocks are no equals. */
  private static final double MARGIN = 1.2;

  private final String self;
  private final Board board;
  private final LongSupplier nanoTime;
  private final Map<String, Seen> seen = new HashMap<>();
  private List<SharePost> alive = List.of();

  /** A worker's latest post, and when it was there for sure. */
  private record Seen(SharePost post, long since) {
    boolean isAliveAt(long now) {
      return now - since < MARGIN * Duration.ofMillis(post.leaseMillis()).toNanos();
    }
  }

  OtherWorkers(String self, Board board, LongSupplier nanoTime) {
    this.self = self;
    this.board = board;
    this.nanoTime = nanoTime;
  }

  /**
   * Looks at the board.
   *
   * @throws IOException if that failed, or took so long that a worker may have been missed
   */
  void look() throws IOException {
    long start = nanoTime.getAsLong();
    List<SharePost> posts = board.posts();
    long end = nanoTime.getAsLong();
    if (end - start >= LimitSharing.TICK.toNanos()) {
      throw new IOException(
          "looking for the other workers took "
              + Duration.ofNanos(end - start).toMillis()
              + " ms, too long to rely on");
    }
    Map<String, Seen> before = Map.copyOf(seen);
    seen.clear();
    for (SharePost post : posts) {
      if (!post.worker().equals(self)) {
        Seen known = before.getOrDefault(post.worker(), new Seen(post, end));
        seen.merge(post.worker(), latest(known, new Seen(post, end)), OtherWorkers::latest);
      }
    }
    removeThoseOfTheDead(posts, start);
    alive = seen.values().stream().filter(it -> it.isAliveAt(start)).map(Seen::post).toList();
  }

  private static Seen latest(Seen one, Seen other) {
    return other.post().number() > one.post().number() ? other : one;
  }

  /** Who joins later would else count them, having seen them for no lease's time. */
  private void removeThoseOfTheDead(List<SharePost> posts, long now) {
    for (SharePost post : posts) {
      Seen latest = seen.get(post.worker());
      if (latest != null && !latest.isAliveAt(now)) {
        board.remove(post);
      }
    }
  }

  /** The latest posts of those that are alive, as of the last look. */
  List<SharePost> alive() {
    return alive;
  }
}
