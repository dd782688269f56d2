package org.asbeam.transforms.work;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides a limit so that nobody could get more without somebody with less for its weight getting
 * less still (max-min fairness). Who wants less than a fair share leaves the rest to the others;
 * what nobody wants is spread over all, so that it is at hand when somebody wants it.
 */
final class FairShare {
  /**
   * Somebody who gets a share.
   *
   * @param want at the most the limit
   * @param weight from 1
   */
  record Claimant(double want, double weight) {}

  private FairShare() {}

  /** What one of them gets; the others are given, it is not among them. */
  static double of(Claimant one, List<Claimant> others, double limit) {
    List<Claimant> open = new ArrayList<>(others);
    open.add(one);
    double wanted = open.stream().mapToDouble(Claimant::want).sum();
    double left = limit;
    double weights = weights(open);
    if (wanted <= limit) {
      return one.want() + (limit - wanted) * one.weight() / weights;
    }
    List<Claimant> content;
    do {
      double each = left / weights;
      content = open.stream().filter(c -> c.want() <= each * c.weight()).toList();
      left -= content.stream().mapToDouble(Claimant::want).sum();
      open.removeAll(content);
      weights = weights(open);
    } while (!content.isEmpty() && !open.isEmpty());
    return open.contains(one) ? left * one.weight() / weights : one.want();
  }

  private static double weights(List<Claimant> claimants) {
    return claimants.stream().mapToDouble(Claimant::weight).sum();
  }
}
