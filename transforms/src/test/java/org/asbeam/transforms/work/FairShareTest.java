package org.asbeam.transforms.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FairShareTest {
  private static List<Double> shares(double limit, double... wantsAndWeights) {
    List<FairShare.Claimant> all = new ArrayList<>();
    for (int i = 0; i < wantsAndWeights.length; i += 2) {
      all.add(new FairShare.Claimant(wantsAndWeights[i], wantsAndWeights[i + 1]));
    }
    return shares(limit, all);
  }

  private static List<Double> shares(double limit, List<FairShare.Claimant> all) {
    List<Double> shares = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      List<FairShare.Claimant> others = new ArrayList<>(all);
      FairShare.Claimant one = others.remove(i);
      shares.add(FairShare.of(one, others, limit));
    }
    return shares;
  }

  @Test
  void allThatWantAllGetTheSameByWeight() {
    assertThat(shares(90, 90, 1, 90, 1, 90, 1)).containsExactly(30.0, 30.0, 30.0);
    assertThat(shares(90, 90, 1, 90, 2)).containsExactly(30.0, 60.0);
  }

  @Test
  void whatOneDoesNotWantTheOthersGet() {
    assertThat(shares(90, 10, 1, 90, 1, 90, 1)).containsExactly(10.0, 40.0, 40.0);
    assertThat(shares(90, 10, 1, 35, 1, 90, 1)).containsExactly(10.0, 35.0, 45.0);
  }

  @Test
  void whatNobodyWantsIsSpread() {
    assertThat(shares(90, 10, 1, 20, 1, 0, 1)).containsExactly(30.0, 40.0, 20.0);
    assertThat(shares(90, 0, 1)).containsExactly(90.0);
    assertThat(shares(0, 0, 1, 0, 3)).containsExactly(0.0, 0.0);
  }

  /** Who computes it gets what the others compute for it, and all together the limit. */
  @Property(tries = 300)
  void theSharesAddUpToTheLimitAndNobodyIsWorseOffForWantingMore(@ForAll long seed) {
    Random random = new Random(seed);
    double limit = 1 + random.nextInt(1_000_000);
    List<FairShare.Claimant> all = new ArrayList<>();
    for (int i = 1 + random.nextInt(20); i > 0; i--) {
      double want = Math.min(limit, random.nextDouble() * limit * random.nextInt(3));
      all.add(new FairShare.Claimant(want, 1 + random.nextInt(9)));
    }
    List<Double> shares = shares(limit, all);
    assertThat(shares.stream().mapToDouble(Double::doubleValue).sum())
        .isCloseTo(limit, within(limit * 1e-9));
    for (int i = 0; i < all.size(); i++) {
      FairShare.Claimant one = all.get(i);
      List<FairShare.Claimant> others = new ArrayList<>(all);
      others.remove(i);
      double more = FairShare.of(new FairShare.Claimant(limit, one.weight()), others, limit);
      assertThat(more).isGreaterThanOrEqualTo(Math.min(shares.get(i), one.want()) - limit * 1e-9);
      // Nobody who wants more has less for its weight than another one.
      for (int j = 0; j < all.size(); j++) {
        if (shares.get(i) < one.want() * (1 - 1e-9)) {
          assertThat(shares.get(i) / one.weight())
              .isGreaterThanOrEqualTo(shares.get(j) / all.get(j).weight() * (1 - 1e-9));
        }
      }
    }
  }
}
