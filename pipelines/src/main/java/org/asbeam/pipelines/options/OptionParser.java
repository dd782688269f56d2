package org.asbeam.pipelines.options;

import java.time.Clock;

/**
 * Reads the text of an option.
 *
 * @param <T> what comes of it
 */
@FunctionalInterface
public interface OptionParser<T> {
  /**
   * @param clock tells the time that a duration before now counts from, and the zone of local times
   * @throws IllegalArgumentException with a message that goes on after the text: {@code is not ...}
   */
  T parse(String text, Clock clock);
}
