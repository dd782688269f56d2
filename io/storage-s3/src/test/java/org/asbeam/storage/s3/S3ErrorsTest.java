package org.asbeam.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import javax.xml.stream.XMLStreamException;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.conn.ConnectionPoolTimeoutException;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.remote.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "404, NoSuchKey, NOT_FOUND",
    "404, NoSuchUpload, NOT_FOUND",
    "404, '', NOT_FOUND",
    "404, NoSuchBucket, NO_BUCKET",
    "412, PreconditionFailed, EXISTS",
    "412, '', EXISTS",
    "409, ConditionalRequestConflict, TRANSIENT",
    "409, OperationAborted, TRANSIENT",
    "409, BucketNotEmpty, OTHER",
    "403, InvalidObjectState, ARCHIVED",
    "403, AccessDenied, DENIED",
    "403, SignatureDoesNotMatch, DENIED",
    "403, RequestTimeTooSkewed, DENIED",
    "401, '', DENIED",
    "400, ExpiredToken, DENIED",
    "403, QuotaExceeded, NO_SPACE",
    "507, XMinioStorageFull, NO_SPACE",
    "503, SlowDown, THROTTLED",
    "503, '', THROTTLED",
    "429, '', THROTTLED",
    "200, SlowDown, THROTTLED",
    "200, InternalError, TRANSIENT",
    "500, InternalError, TRANSIENT",
    "502, '', TRANSIENT",
    "504, '', TRANSIENT",
    "408, '', TRANSIENT",
    "400, RequestTimeout, TRANSIENT",
    "400, BadDigest, TRANSIENT",
    "400, IncompleteBody, TRANSIENT",
    "400, InvalidArgument, OTHER",
    "503, GlacierExpeditedRetrievalNotAvailable, OTHER",
    "501, NotImplemented, OTHER",
    "301, PermanentRedirect, OTHER",
  })
  void answersMean(int status, String code, Problem.Kind kind) {
    Problem problem = S3Errors.explain(answer(status, code, "It said so.", Map.of()));
    assertThat(problem.kind()).isEqualTo(kind);
    assertThat(problem.text())
        .startsWith((code.isEmpty() ? "" : code + ", ") + "HTTP " + status + ": It said so")
        .doesNotContain("Service: S3");
    assertThat(problem.pause()).isZero();
  }

  @Test
  void aPauseThatIsAskedForIsTold() {
    assertThat(S3Errors.explain(answer(503, "SlowDown", "", Map.of("Retry-After", "7"))).pause())
        .isEqualTo(Duration.ofSeconds(7));
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(3600));
    assertThat(S3Errors.explain(answer(503, "SlowDown", "", Map.of("Retry-After", date))).pause())
        .isBetween(Duration.ofSeconds(3000), Duration.ofSeconds(3600));
    for (String none : new String[] {"soon", "-1", "99999999999", "Mon, 1 Jan 2001 00:00:00 GMT"}) {
      assertThat(S3Errors.explain(answer(503, "", "", Map.of("Retry-After", none))).pause())
          .as(none)
          .isZero();
    }
  }

  @Test
  void theRegionOfTheBucketIsTold() {
    Map<String, String> elsewhere = Map.of("x-amz-bucket-region", "eu-west-3");
    assertThat(S3Errors.explain(answer(301, "PermanentRedirect", "Moved.", elsewhere)).text())
        .isEqualTo(
            "PermanentRedirect, HTTP 301: Moved; the bucket is in eu-west-3;"
                + " set s3-region to the bucket's");
    assertThat(S3Errors.explain(answer(400, "", null, elsewhere)).text())
        .isEqualTo("HTTP 400; the bucket is in eu-west-3");
  }

  @Test
  void textsAreOneShortLine() {
    String text =
        S3Errors.explain(answer(400, "Odd", "a\nb\r\n\tc" + "x".repeat(5000), Map.of())).text();
    assertThat(text).startsWith("Odd, HTTP 400: a b cx").hasSizeLessThan(500);
    assertThat(S3Errors.explain(new IllegalStateException()).text()).isNotBlank();
  }

  @Test
  void networksFailInTheirWays() {
    assertNetwork(new UnknownHostException("nowhere"), Problem.Kind.UNREACHABLE, "no host nowhere");
    assertNetwork(new ConnectException("refused"), Problem.Kind.UNREACHABLE, "refused");
    assertNetwork(new ConnectTimeoutException("x"), Problem.Kind.UNREACHABLE, "no connection");
    assertNetwork(
        new ConnectionPoolTimeoutException("x"), Problem.Kind.TRANSIENT, "s3-max-conns-per-host");
    assertNetwork(new SocketTimeoutException("x"), Problem.Kind.TRANSIENT, "brought nothing");
    assertNetwork(new SocketException("Connection reset"), Problem.Kind.TRANSIENT, "reset");
    SSLHandshakeException untrusted = new SSLHandshakeException("handshake");
    untrusted.initCause(new CertificateException("unknown issuer"));
    assertNetwork(
        untrusted, Problem.Kind.UNREACHABLE, "certificate is not trusted: unknown issuer");
  }

  private static void assertNetwork(IOException error, Problem.Kind kind, String text) {
    SdkClientException wrapped = SdkClientException.create("Unable to execute HTTP request", error);
    Problem problem = S3Errors.explain(new RuntimeException(wrapped));
    assertThat(problem.kind()).as(problem.text()).isEqualTo(kind);
    assertThat(problem.text()).contains(text);
  }

  @Test
  void whatIsNoXmlIsToldFromWhatBrokeOff() {
    XMLStreamException cut = new XMLStreamException("cut", new SocketException("Connection reset"));
    assertThat(S3Errors.explain(SdkClientException.create("Could not parse", cut)))
        .isEqualTo(new Problem(Problem.Kind.TRANSIENT, "Connection reset"));
    XMLStreamException html = new XMLStreamException("<br> is not closed");
    assertThat(S3Errors.explain(SdkClientException.create("Could not parse", html)).kind())
        .isEqualTo(Problem.Kind.UNREACHABLE);
  }

  @Test
  void secretsThatCannotBeHadAreToldApart() {
    assertThat(S3Errors.explain(secret(StoreException.Kind.OTHER)))
        .isEqualTo(new Problem(Problem.Kind.DENIED, "--s3-access-key-id: not there"));
    assertThat(S3Errors.explain(secret(StoreException.Kind.TRANSIENT)).kind())
        .isEqualTo(Problem.Kind.TRANSIENT);
  }

  private static StoreException secret(StoreException.Kind kind) {
    return new StoreException(kind, "--s3-access-key-id", "not there", null);
  }

  private static S3Exception answer(
      int status, String code, String message, Map<String, String> headers) {
    SdkHttpResponse.Builder response = SdkHttpResponse.builder().statusCode(status);
    headers.forEach(response::putHeader);
    return (S3Exception)
        S3Exception.builder()
            .statusCode(status)
            .requestId("ID")
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode(code.isEmpty() ? null : code)
                    .errorMessage(message)
                    .serviceName("S3")
                    .sdkHttpResponse(response.build())
                    .build())
            .build();
  }
}
