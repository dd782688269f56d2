package org.asbeam.storage.gcs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.google.api.client.http.HttpResponseException;
import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.http.ConnectionClosedException;
import org.apache.http.MalformedChunkCodingException;
import org.apache.http.NoHttpResponseException;
import org.apache.http.TruncatedChunkException;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.conn.ConnectionPoolTimeoutException;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.remote.Problem;

/** Tells what errors of requests mean, by their causes from the outermost on. */
final class GcsErrors {
  /** Errors with status 403 that are about too many requests, not about rights. */
  private static final Set<String> RATES =
      Set.of("rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded");

  /** What a message says at the most. */
  private static final int LONGEST_TEXT = 300;

  /** What Java says when https: finds a server without TLS. */
  private static final String NO_TLS = "unrecognized SSL message";

  private GcsErrors() {}

  static Problem explain(Throwable error) {
    boolean token = false;
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      Optional<Problem> problem = explainOne(cause);
      if (problem.isPresent()) {
        return problem.get();
      }
      token |= cause instanceof GcsTokenException;
    }
    return token
        ? new Problem(Problem.Kind.DENIED, "no token: " + text(error))
        : new Problem(Problem.Kind.OTHER, text(error));
  }

  private static Optional<Problem> explainOne(Throwable error) {
    if (error instanceof GcsProblem known) {
      return Optional.of(known.problem());
    }
    if (error instanceof GcsRefusal refusal) {
      return Optional.of(refused(refusal));
    }
    if (error instanceof HttpResponseException token) {
      return Optional.of(GcsAuth.refused(token));
    }
    if (error instanceof StoreException secret) {
      boolean passes = secret.kind() == StoreException.Kind.TRANSIENT;
      return problem(
          passes ? Problem.Kind.TRANSIENT : Problem.Kind.DENIED, line(secret.getMessage()));
    }
    return connection(error);
  }

  private static Problem refused(GcsRefusal refusal) {
    String text =
        line(
            refusal.status()
                + (refusal.reason().isEmpty() ? "" : " " + refusal.reason())
                + (refusal.text().isEmpty() ? "" : ": " + refusal.text()));
    return new Problem(kind(refusal), text, refusal.pause());
  }

  private static Problem.Kind kind(GcsRefusal refusal) {
    return switch (refusal.status()) {
      case 401 -> Problem.Kind.DENIED;
      case 403 -> RATES.contains(refusal.reason()) ? Problem.Kind.THROTTLED : Problem.Kind.DENIED;
      case 404 ->
          refusal.text().contains("bucket does not exist")
              ? Problem.Kind.NO_BUCKET
              : refusal.missing();
        // No condition of ours: those get 412. Two requests for one object have met.
      case 408, 409 -> Problem.Kind.TRANSIENT;
      case 412 -> Problem.Kind.EXISTS;
      case 429, 503 -> Problem.Kind.THROTTLED;
      default ->
          refusal.status() >= 500 || refusal.isDamage()
              ? Problem.Kind.TRANSIENT
              : Problem.Kind.OTHER;
    };
  }

  private static Optional<Problem> connection(Throwable error) {
    if (error instanceof ConnectionPoolTimeoutException) {
      return problem(
          Problem.Kind.TRANSIENT, "all connections are in use, see " + GcsSettings.CONNECTIONS);
    }
    if (error instanceof UnknownHostException) {
      return problem(Problem.Kind.UNREACHABLE, "no such host: " + text(error));
    }
    if (error instanceof ConnectException
        || error instanceof ConnectTimeoutException
        || error instanceof NoRouteToHostException) {
      return problem(Problem.Kind.UNREACHABLE, text(error));
    }
    if (error instanceof SSLHandshakeException
        || error instanceof SSLPeerUnverifiedException
        || error instanceof SSLException && text(error).contains(NO_TLS)) {
      return problem(Problem.Kind.UNREACHABLE, "TLS: " + text(error));
    }
    if (error instanceof SocketTimeoutException) {
      return problem(Problem.Kind.TRANSIENT, "no answer in time");
    }
    if (error instanceof SocketException
        || error instanceof SSLException
        || error instanceof InterruptedIOException
        || error instanceof NoHttpResponseException
        || error instanceof ConnectionClosedException
        || error instanceof TruncatedChunkException
        || error instanceof MalformedChunkCodingException
        || error instanceof EOFException) {
      return problem(Problem.Kind.TRANSIENT, "the connection broke: " + text(error));
    }
    if (error instanceof JsonEOFException) {
      return problem(Problem.Kind.TRANSIENT, "the answer broke off");
    }
    if (error instanceof JsonProcessingException) {
      return problem(
          Problem.Kind.OTHER, "the answer is no JSON: is that Google Cloud Storage's address?");
    }
    return Optional.empty();
  }

  private static Optional<Problem> problem(Problem.Kind kind, String text) {
    return Optional.of(new Problem(kind, text));
  }

  private static String text(Throwable error) {
    String message = error.getMessage();
    return message == null || message.isBlank() ? "an error without a text" : line(message);
  }

  /** One line, and not a long one. */
  static String line(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "...";
  }
}
