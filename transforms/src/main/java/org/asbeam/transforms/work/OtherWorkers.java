package org.asbeam.transforms.work;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The other workers of a run, as one of them knows them from the {@link Board}. Who isn't seen any
 * more counts until its lease has run out: a listing need not be of one moment.
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
    Set<String> listed = new HashSet<>();
    for (SharePost post : posts) {
      if (!post.worker().equals(self)) {
        listed.add(post.worker());
        seen.merge(
            post.worker(),
            new Seen(post, end),
            (old, other) -> other.post().number() > old.post().number() ? other : old);
      }
    }
    seen.values().removeIf(it -> !it.isAliveAt(start) && !listed.contains(it.post().worker()));
    alive = seen.values().stream().filter(it -> it.isAliveAt(start)).map(Seen::post).toList();
  }

  /** The latest posts of those that are alive, as of the last look. */
  List<SharePost> alive() {
    return alive;
  }
}
