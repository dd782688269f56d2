package org.asbeam.storage.azure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.xml.stream.XMLStreamException;
import org.asbeam.storage.remote.Problem;

/** What errors of the Blob service, and of the way to it, mean. */
final class AzureErrors {
  private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9]+)</Code>");
  private static final Pattern MESSAGE = Pattern.compile("<Message>([^<\r\n]*)");
  private static final int LONGEST_TEXT = 200;

  private static final Set<String> PASSING =
      Set.of("Md5Mismatch", "OperationTimedOut", "ContainerBeingDeleted");

  private AzureErrors() {}

  /**
   * An answer that is no success.
   *
   * @param code the header that names the error; empty: there is none
   * @param body what the answer says, or its beginning
   * @param pause how long the service asks to be left alone
   */
  static AzureFailure refusal(int status, String code, String body, Duration pause) {
    String word = code.isEmpty() ? found(CODE, body) : code;
    String message = found(MESSAGE, body).strip();
    // A message that repeats a URL would have the signature in it.
    boolean useful = !message.isEmpty() && !message.contains("sig=");
    String text = status + (word.isEmpty() ? "" : " " + word) + (useful ? ": " + message : "");
    return new AzureFailure(new Problem(kind(status, word), oneLine(text), pause), word, null);
  }

  private static String found(Pattern pattern, String body) {
    Matcher matcher = pattern.matcher(body);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static Problem.Kind kind(int status, String code) {
    if (PASSING.contains(code)) {
      return Problem.Kind.TRANSIENT;
    }
    return switch (status) {
      case 401, 403, 407 -> Problem.Kind.DENIED;
      case 404 ->
          code.equals("ContainerNotFound") ? Problem.Kind.NO_BUCKET : Problem.Kind.NOT_FOUND;
      case 409 -> conflict(code);
        // A lease is somebody's lock: no other content, and no matter of trying.
      case 412 -> code.startsWith("Lease") ? Problem.Kind.OTHER : Problem.Kind.EXISTS;
      case 429, 503 -> Problem.Kind.THROTTLED;
      case 507 -> Problem.Kind.NO_SPACE;
      case 408 -> Problem.Kind.TRANSIENT;
      default ->
          status >= 500 && status != 501 && status != 505
              ? Problem.Kind.TRANSIENT
              : Problem.Kind.OTHER;
    };
  }

  private static Problem.Kind conflict(String code) {
    return switch (code) {
      case "BlobAlreadyExists", "ResourceAlreadyExists" -> Problem.Kind.EXISTS;
      case "BlobArchived", "BlobBeingRehydrated" -> Problem.Kind.ARCHIVED;
      case "BlobImmutableDueToPolicy", "PublicAccessNotPermitted" -> Problem.Kind.DENIED;
      default -> Problem.Kind.OTHER;
    };
  }

  /**
   * What an error means that is not an answer, or has one among its causes.
   *
   * @param host whom the request went to
   */
  static Problem explain(Throwable error, String host) {
    Problem found = null;
    int depth = 0;
    for (Throwable e = error; e != null && depth < 20; e = e.getCause()) {
      if (e instanceof AzureFailure failure) {
        return failure.problem();
      }
      Problem problem = known(e, host);
      // The innermost cause says best why nobody was reached.
      if (problem != null && (found == null || problem.kind() == Problem.Kind.UNREACHABLE)) {
        found = problem;
      }
      depth++;
    }
    if (found != null) {
      return found;
    }
    String message = error.getMessage();
    return new Problem(
        Problem.Kind.OTHER,
        message == null || message.isBlank()
            ? "it failed and does not say why (" + error.getClass().getSimpleName() + ")"
            : oneLine(message));
  }

  private static Problem known(Throwable e, String host) {
    if (e instanceof CertPathValidatorException || e instanceof CertificateException) {
      return unreachable(host, "its certificate is not trusted");
    }
    if (e instanceof SSLHandshakeException) {
      return unreachable(host, "no TLS connection: " + message(e));
    }
    if (e instanceof UnknownHostException || e instanceof UnresolvedAddressException) {
      return unreachable(host, "there is no host of that name");
    }
    if (e instanceof HttpConnectTimeoutException) {
      return unreachable(host, "no connection in time");
    }
    if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
      return unreachable(host, e.getMessage() == null ? "no connection" : message(e));
    }
    if (e instanceof HttpTimeoutException) {
      return new Problem(Problem.Kind.TRANSIENT, "no answer in time");
    }
    if (e instanceof XMLStreamException) {
      return new Problem(Problem.Kind.TRANSIENT, "the answer broke off, or is no listing");
    }
    if (e instanceof SSLException) {
      return new Problem(Problem.Kind.TRANSIENT, "the TLS connection broke: " + message(e));
    }
    if (e instanceof IOException || e instanceof UncheckedIOException) {
      return new Problem(Problem.Kind.TRANSIENT, "the connection broke: " + message(e));
    }
    return null;
  }

  private static Problem unreachable(String host, String why) {
    return new Problem(Problem.Kind.UNREACHABLE, host + ": " + why);
  }

  private static String message(Throwable e) {
    return e.getMessage() == null ? "for no reason given" : oneLine(e.getMessage());
  }

  /** The first line, not too long. */
  static String oneLine(String text) {
    String line = text.lines().findFirst().orElse("").strip();
    return line.length() > LONGEST_TEXT ? line.substring(0, LONGEST_TEXT) + "..." : line;
  }
}
