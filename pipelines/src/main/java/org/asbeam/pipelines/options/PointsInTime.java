package org.asbeam.pipelines.options;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads points in time: asbackup's three local forms, ISO-8601 with a zone, and durations before
 * now. A local time is one of the machine that the command is typed on.
 */
final class PointsInTime {
  private static final Pattern TIME = Pattern.compile("\\d\\d:\\d\\d:\\d\\d");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
  private static final Pattern DATE_AND_TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d_\\d\\d:\\d\\d:\\d\\d");

  /** All letters of the forms; which of them it is, if any, the parser tells. */
  static final String SYNTAX = "\\s*[0-9A-Za-z:._+/\\[\\]~ -]+\\s*";

  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd_HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

  /** The longest time back: nothing in a database is older. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private static final String RULE =
      "is not a point in time: write 2026-01-31_13:30:00, 2026-01-31 or 13:30:00 (local time),"
          + " 2026-01-31T13:30:00Z (with a zone), or 2h (before now)";

  /** No record is older than Unix, and servers count nanoseconds in 64 bits. */
  private static final Instant FIRST = Instant.EPOCH;

  private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

  private PointsInTime() {}

  static Instant parse(String given, Clock clock) {
    Instant instant = instant(given.strip(), clock);
    if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
      throw new IllegalArgumentException("is not within the years 1970 to 2199 - correct it");
    }
    return instant;
  }

  private static Instant instant(String text, Clock clock) {
    try {
      if (DATE_AND_TIME.matcher(text).matches()) {
        return local(LocalDateTime.parse(text, LOCAL), clock.getZone());
      }
      if (DATE.matcher(text).matches()) {
        return local(LocalDate.parse(text).atStartOfDay(), clock.getZone());
      }
      if (TIME.matcher(text).matches()) {
        return local(LocalDate.now(clock).atTime(LocalTime.parse(text)), clock.getZone());
      }
      if (Units.isDurationWithUnit(text)) {
        return clock.instant().minus(Units.parseDuration(text, ChronoUnit.SECONDS, LONGEST));
      }
      return ZonedDateTime.parse(text, DateTimeFormatter.ISO_ZONED_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(RULE, e);
    }
  }

  /** The night that clocks are set has hours that never were, and hours that were twice. */
  private static Instant local(LocalDateTime time, ZoneId zone) {
    List<?> offsets = zone.getRules().getValidOffsets(time);
    if (offsets.size() == 1) {
      return time.atZone(zone).toInstant();
    }
    throw new IllegalArgumentException(
        (offsets.isEmpty() ? "never was in " : "was twice in ")
            + zone
            + ", where clocks were set then - write it with its zone, as in 2026-01-31T13:30:00Z");
  }
}
