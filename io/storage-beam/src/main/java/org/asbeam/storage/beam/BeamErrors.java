package org.asbeam.storage.beam;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import org.asbeam.storage.remote.Problem;
import org.asbeam.storage.remote.Problem.Kind;

/**
 * Guesses what an error of an unknown file system means: by classes of the JDK among its causes,
 * then by what it says.
 */
final class BeamErrors {
  private static final int DEEPEST = 20;

  private record Saying(Kind kind, List<String> words) {}

  /** In the order in which they count. */
  private static final List<Saying> SAYINGS =
      List.of(
          new Saying(
              Kind.DENIED,
              List.of(
                  "access denied",
                  "accessdenied",
                  "permission denied",
                  "forbidden",
                  "unauthorized",
                  "unauthenticated")),
          new Saying(
              Kind.NO_SPACE, List.of("no space left", "quota exceeded", "insufficient space")),
          new Saying(Kind.THROTTLED, List.of("too many requests", "slow down", "slowdown")),
          new Saying(Kind.EXISTS, List.of("already exists", "precondition failed")),
          new Saying(
              Kind.TRANSIENT,
              List.of(
                  "timed out",
                  "timeout",
                  "connection reset",
                  "service unavailable",
                  "internal server error",
                  "bad gateway")));

  private BeamErrors() {}

  /** The file has given way to another one while it was read. */
  static final class ReplacedException extends IOException {
    private static final long serialVersionUID = 1L;

    ReplacedException() {
      super("it was replaced while it was read");
    }
  }

  static Problem explain(Throwable error) {
    Throwable cause = error;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      Kind kind = byClass(cause);
      if (kind != null) {
        return new Problem(kind, text(cause));
      }
      cause = cause.getCause();
    }
    cause = error;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      Kind kind = byMessage(cause);
      if (kind != null) {
        return new Problem(kind, text(cause));
      }
      cause = cause.getCause();
    }
    return new Problem(Kind.OTHER, text(error));
  }

  private static Kind byClass(Throwable error) {
    if (error instanceof ReplacedException) {
      return Kind.OTHER;
    }
    if (error instanceof FileNotFoundException || error instanceof NoSuchFileException) {
      return Kind.NOT_FOUND;
    }
    if (error instanceof FileAlreadyExistsException) {
      return Kind.EXISTS;
    }
    if (error instanceof AccessDeniedException || error instanceof SecurityException) {
      return Kind.DENIED;
    }
    if (error instanceof ConnectException
        || error instanceof NoRouteToHostException
        || error instanceof UnknownHostException) {
      return Kind.UNREACHABLE;
    }
    boolean passing =
        error instanceof SocketException
            || error instanceof InterruptedIOException
            || error instanceof EOFException
            || error instanceof ClosedChannelException;
    return passing ? Kind.TRANSIENT : null;
  }

  private static Kind byMessage(Throwable error) {
    String message = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
    return SAYINGS.stream()
        .filter(saying -> saying.words().stream().anyMatch(message::contains))
        .map(Saying::kind)
        .findFirst()
        .orElse(null);
  }

  /** The first line of what an error, or its cause, says. */
  static String text(Throwable error) {
    Throwable told = error;
    while ((told.getMessage() == null || told.getMessage().isBlank()) && told.getCause() != null) {
      told = told.getCause();
    }
    String message = told.getMessage();
    return message == null || message.isBlank()
        ? told.getClass().getSimpleName().replaceAll("(Exception|Error)$", "")
        : message.strip().lines().findFirst().orElse("").strip();
  }
}
