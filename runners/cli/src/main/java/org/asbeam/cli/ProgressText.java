package org.asbeam.cli;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.asbeam.pipelines.JobProgress;

/** Words for how far a job has come. Speeds are those of the last seconds. */
final class ProgressText {
  /** Long enough to be steady, and shorter than from one line of a log to the next. */
  private static final Duration WINDOW = Duration.ofSeconds(4);

  /** Before that an estimate is a guess. */
  private static final Duration FIRST_ESTIMATE = Duration.ofSeconds(2);

  private static final JobProgress START = new JobProgress(0, 0, 0, 0, 0, Duration.ZERO);

  /** From the last look that the window began after, or with, to this one. */
  private final Deque<JobProgress> window = new ArrayDeque<>(List.of(START));

  String of(JobProgress now) {
    JobProgress then = window.removeFirst();
    Duration begin = now.elapsed().minus(WINDOW);
    // Looks that are further apart than the window must not make it that of the whole job.
    while (!window.isEmpty() && window.peekFirst().elapsed().compareTo(begin) <= 0) {
      then = window.removeFirst();
    }
    window.addFirst(then);
    window.addLast(now);
    double seconds = Math.max(0.001, seconds(now.elapsed().minus(then.elapsed())));
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%5.1f%%", 100 * now.fraction()));
    text.append("  ").append(Quantities.count(now.records())).append(" records");
    text.append("  ")
        .append(Quantities.count(Math.round(Math.max(0, now.records() - then.records()) / seconds)))
        .append(" records/s");
    text.append("  ")
        .append(Quantities.size(Math.round(Math.max(0, now.bytes() - then.bytes()) / seconds)))
        .append("/s");
    Duration left = left(now);
    if (left != null) {
      text.append("  ").append(Quantities.clock(left)).append(" left");
    }
    return text.toString();
  }

  private static Duration left(JobProgress now) {
    if (now.fraction() <= 0 || now.elapsed().compareTo(FIRST_ESTIMATE) < 0) {
      return null;
    }
    double millis = now.elapsed().toMillis() * (1 - now.fraction()) / now.fraction();
    return Duration.ofMillis((long) Math.min(millis, Duration.ofDays(999).toMillis()));
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
