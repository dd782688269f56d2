package org.asbeam.cli.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Writes a line per event: time, thread, level, the class that speaks, and what it says. */
final class LineLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");

  LineLogger(String name) {
    this.name = name;
  }

  @Override
  public boolean isTraceEnabled() {
    return Log.settings().takes(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return Log.settings().takes(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return Log.settings().takes(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return Log.settings().takes(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return Log.settings().takes(Level.ERROR);
  }

  @Override
  protected String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level, Marker marker, String pattern, Object[] arguments, Throwable thrown) {
    Log.Settings settings = Log.settings();
    String message = MessageFormatter.basicArrayFormat(pattern, arguments);
    String time = TIME.format(ZonedDateTime.now());
    String thread = Thread.currentThread().getName();
    String line;
    if (settings.json()) {
      JsonLine json =
          new JsonLine()
              .add("time", time)
              .add("level", level.name().toLowerCase(Locale.ROOT))
              .add("logger", name)
              .add("thread", thread)
              .add("message", message);
      line = (thrown == null ? json : json.add("error", trace(thrown))).toString();
    } else {
      String text = time + " [" + thread + "] " + level + " " + shortName() + " - " + message;
      line = thrown == null ? text : text + System.lineSeparator() + trace(thrown).stripTrailing();
    }
    // One call, so that lines of several threads stay whole.
    settings.out().println(line);
  }

  private String shortName() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
