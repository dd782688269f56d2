package org.asbeam.storage.s3;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.remote.Problem;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/** Tells what errors of the SDK mean. */
final class S3Errors {
  private static final int LONGEST_TEXT = 400;

  /** What the codes of S3, and of some that speak its protocol, mean beyond their status. */
  private static final Map<String, Problem.Kind> CODES =
      Map.ofEntries(
          Map.entry("NoSuchKey", Problem.Kind.NOT_FOUND),
          Map.entry("NoSuchUpload", Problem.Kind.NOT_FOUND),
          Map.entry("NoSuchBucket", Problem.Kind.NO_BUCKET),
          Map.entry("PreconditionFailed", Problem.Kind.EXISTS),
          Map.entry("ConditionalRequestConflict", Problem.Kind.TRANSIENT),
          Map.entry("OperationAborted", Problem.Kind.TRANSIENT),
          Map.entry("InvalidObjectState", Problem.Kind.ARCHIVED),
          Map.entry("AccessDenied", Problem.Kind.DENIED),
          Map.entry("ExpiredToken", Problem.Kind.DENIED),
          Map.entry("InvalidToken", Problem.Kind.DENIED),
          Map.entry("TokenRefreshRequired", Problem.Kind.DENIED),
          Map.entry("QuotaExceeded", Problem.Kind.NO_SPACE),
          Map.entry("XMinioStorageFull", Problem.Kind.NO_SPACE),
          Map.entry("XMinioAdminBucketQuotaExceeded", Problem.Kind.NO_SPACE),
          Map.entry("SlowDown", Problem.Kind.THROTTLED),
          Map.entry("ServerBusy", Problem.Kind.THROTTLED),
          Map.entry("ServiceUnavailable", Problem.Kind.THROTTLED),
          Map.entry("TooManyRequests", Problem.Kind.THROTTLED),
          Map.entry("RequestLimitExceeded", Problem.Kind.THROTTLED),
          Map.entry("Throttling", Problem.Kind.THROTTLED),
          Map.entry("ThrottlingException", Problem.Kind.THROTTLED),
          // It is a 503, but may stay so for hours.
          Map.entry("GlacierExpeditedRetrievalNotAvailable", Problem.Kind.OTHER),
          Map.entry("InternalError", Problem.Kind.TRANSIENT),
          Map.entry("RequestTimeout", Problem.Kind.TRANSIENT),
          Map.entry("IncompleteBody", Problem.Kind.TRANSIENT),
          Map.entry("BadDigest", Problem.Kind.TRANSIENT),
          Map.entry("XAmzContentChecksumMismatch", Problem.Kind.TRANSIENT),
          Map.entry("XAmzContentSHA256Mismatch", Problem.Kind.TRANSIENT));

  private S3Errors() {}

  static Problem explain(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      Optional<Problem> problem = known(cause);
      if (problem.isPresent()) {
        return problem.get();
      }
    }
    return new Problem(Problem.Kind.OTHER, line(error.getMessage()));
  }

  /** The code of an error; empty if it has none, as with answers to HEAD. */
  static String code(AwsServiceException error) {
    AwsErrorDetails details = error.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }

  private static Optional<Problem> known(Throwable cause) {
    if (cause instanceof AwsServiceException e) {
      return Optional.of(answer(e));
    }
    if (cause instanceof S3Credentials.MissingException e) {
      return Optional.of(CredentialErrors.explain(e));
    }
    if (cause instanceof StoreException e) {
      return Optional.of(secret(e));
    }
    if (cause instanceof ApiCallTimeoutException
        || cause instanceof ApiCallAttemptTimeoutException) {
      return Optional.of(new Problem(Problem.Kind.TRANSIENT, "no answer in time"));
    }
    if (cause instanceof AbortedException) {
      return Optional.of(new Problem(Problem.Kind.TRANSIENT, "the request was interrupted"));
    }
    if (cause instanceof XMLStreamException e) {
      return Optional.of(unreadable(e));
    }
    return cause instanceof IOException e
        ? Optional.of(NetworkErrors.explain(e))
        : Optional.empty();
  }

  /** An answer that is no XML, or that broke off. */
  private static Problem unreadable(XMLStreamException e) {
    if (e.getNestedException() instanceof IOException broken) {
      return NetworkErrors.explain(broken);
    }
    // Not worth many attempts if the store never gave another one.
    return new Problem(Problem.Kind.UNREACHABLE, "what answers does not speak S3's protocol");
  }

  /** A reference to a secret that could not be resolved. */
  private static Problem secret(StoreException e) {
    Problem.Kind kind =
        e.kind() == StoreException.Kind.TRANSIENT ? Problem.Kind.TRANSIENT : Problem.Kind.DENIED;
    return new Problem(kind, line(e.getMessage()));
  }

  private static Problem answer(AwsServiceException e) {
    String code = code(e);
    Problem.Kind kind = CODES.get(code);
    if (kind == null) {
      kind = kind(e.statusCode());
    }
    return new Problem(kind, text(e, code), pause(e));
  }

  private static Problem.Kind kind(int status) {
    return switch (status) {
      case 401, 403 -> Problem.Kind.DENIED;
      case 404 -> Problem.Kind.NOT_FOUND;
      case 412 -> Problem.Kind.EXISTS;
      case 429, 503 -> Problem.Kind.THROTTLED;
      case 507 -> Problem.Kind.NO_SPACE;
      case 501 -> Problem.Kind.OTHER;
        // An error in an answer that had begun as a success.
      case 200, 408 -> Problem.Kind.TRANSIENT;
      default -> status >= 500 ? Problem.Kind.TRANSIENT : Problem.Kind.OTHER;
    };
  }

  private static String text(AwsServiceException e, String code) {
    AwsErrorDetails details = e.awsErrorDetails();
    String message = details == null ? null : details.errorMessage();
    StringBuilder text = new StringBuilder(code.isEmpty() ? "" : code + ", ");
    text.append("HTTP ").append(e.statusCode());
    if (message != null && !message.isBlank()) {
      text.append(": ").append(message.strip());
      if (text.charAt(text.length() - 1) == '.') {
        text.setLength(text.length() - 1);
      }
    }
    boolean elsewhere =
        e.statusCode() == 301
            || e.statusCode() == 307
            || code.equals("AuthorizationHeaderMalformed");
    header(e, "x-amz-bucket-region")
        .filter(region -> elsewhere || e.statusCode() == 400)
        .ifPresent(region -> text.append("; the bucket is in ").append(region));
    if (elsewhere) {
      text.append("; set s3-region to the bucket's");
    } else if (code.equals("RequestTimeTooSkewed")) {
      text.append("; set the clock of this machine");
    } else if (e.statusCode() == 501) {
      text.append("; without s3-calculate-checksum it may");
    }
    return line(text.toString());
  }

  private static Optional<String> header(AwsServiceException e, String name) {
    AwsErrorDetails details = e.awsErrorDetails();
    return details == null || details.sdkHttpResponse() == null
        ? Optional.empty()
        : details.sdkHttpResponse().firstMatchingHeader(name);
  }

  /** How long the store asks to be left alone, in seconds or as a date. */
  private static Duration pause(AwsServiceException e) {
    String text = header(e, "Retry-After").orElse("").strip();
    if (text.isEmpty()) {
      return Duration.ZERO;
    }
    try {
      if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return Duration.ofSeconds(Integer.parseInt(text));
      }
      ZonedDateTime until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration pause = Duration.between(ZonedDateTime.now(until.getZone()), until);
      return pause.isNegative() ? Duration.ZERO : pause;
    } catch (DateTimeException | NumberFormatException | ArithmeticException ex) {
      return Duration.ZERO;
    }
  }

  /** One line, and not too long a one. */
  static String line(String text) {
    if (text == null || text.isBlank()) {
      return "an error without a message";
    }
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "...";
  }
}
