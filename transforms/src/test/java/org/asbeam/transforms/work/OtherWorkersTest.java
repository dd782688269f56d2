package org.asbeam.transforms.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OtherWorkersTest {
  private static final long LEASE = Duration.ofSeconds(8).toNanos();

  private final List<SharePost> posts = new ArrayList<>();
  private long now;
  private long lookTakes;

  private final OtherWorkers others = new OtherWorkers("me", new ListBoard(), () -> now);

  /** Posts are put and taken by the test. */
  private final class ListBoard implements Board {
    @Override
    public void post(SharePost mine) {
      posts.add(mine);
    }

    @Override
    public List<SharePost> posts() {
      now += lookTakes;
      return List.copyOf(posts);
    }

    @Override
    public void remove(SharePost left) {
      posts.remove(left);
    }

    @Override
    public void leave() {
      posts.clear();
    }
  }

  private static SharePost post(String worker, long number) {
    SharePost.Part part = new SharePost.Part(1, 1);
    return new SharePost(worker, number, 8_000, 1, part, part);
  }

  private List<SharePost> look() throws IOException {
    others.look();
    return others.alive();
  }

  @Test
  void theLatestPostOfEachOtherCounts() throws Exception {
    posts.addAll(List.of(post("a", 10), post("a", 9), post("me", 3), post("b", 2)));
    assertThat(look()).containsExactlyInAnyOrder(post("a", 10), post("b", 2));
  }

  @Test
  void whoPostsNothingNewCountsForLongerThanItsLeaseAndThenNoMore() throws Exception {
    now = 77 * LEASE;
    posts.addAll(List.of(post("dead", 1), post("lives", 1)));
    look();
    now += LEASE + 1;
    posts.add(post("lives", 2));
    assertThat(look()).hasSize(2);
    now += LEASE / 2;
    assertThat(look()).containsExactly(post("lives", 2));
    // So that nobody who joins now counts it for a lease.
    assertThat(posts).containsExactlyInAnyOrder(post("lives", 1), post("lives", 2));
    posts.add(post("dead", 2));
    assertThat(look()).hasSize(2);
  }

  @Test
  void whoTookItsPostsAwayIsGoneAtOnce() throws Exception {
    posts.add(post("a", 1));
    look();
    posts.clear();
    assertThat(look()).isEmpty();
  }

  /** Posts may have come and gone meanwhile, and none of them been seen. */
  @Test
  void aLookThatTakesLongIsNotReliedOn() throws Exception {
    posts.add(post("a", 1));
    look();
    posts.clear();
    lookTakes = Duration.ofSeconds(2).toNanos();
    assertThatThrownBy(others::look)
        .isInstanceOf(IOException.class)
        .hasMessage("looking for the other workers took 2000 ms, too long to rely on");
    assertThat(others.alive()).containsExactly(post("a", 1));
  }
}
