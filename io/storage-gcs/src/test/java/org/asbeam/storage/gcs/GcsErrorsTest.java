package org.asbeam.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.apache.http.NoHttpResponseException;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.conn.ConnectionPoolTimeoutException;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.remote.Problem;
import org.junit.jupiter.api.Test;

final class GcsErrorsTest {
  private static Problem refused(int status, Map<String, String> headers, String body) {
    GcsAnswer answer = new GcsAnswer(status, headers, body.getBytes(StandardCharsets.UTF_8));
    return GcsErrors.explain(GcsHttp.refusal(answer, Problem.Kind.NOT_FOUND));
  }

  @Test
  void statusesHaveMeanings() {
    Map<Integer, Problem.Kind> kinds =
        Map.ofEntries(
            Map.entry(302, Problem.Kind.OTHER),
            Map.entry(400, Problem.Kind.OTHER),
            Map.entry(401, Problem.Kind.DENIED),
            Map.entry(403, Problem.Kind.DENIED),
            Map.entry(404, Problem.Kind.NOT_FOUND),
            Map.entry(408, Problem.Kind.TRANSIENT),
            Map.entry(409, Problem.Kind.TRANSIENT),
            Map.entry(410, Problem.Kind.OTHER),
            Map.entry(412, Problem.Kind.EXISTS),
            Map.entry(429, Problem.Kind.THROTTLED),
            Map.entry(500, Problem.Kind.TRANSIENT),
            Map.entry(503, Problem.Kind.THROTTLED),
            Map.entry(504, Problem.Kind.TRANSIENT));
    kinds.forEach(
        (status, kind) ->
            assertThat(refused(status, Map.of(), "").kind()).as("%s", status).isEqualTo(kind));
  }

  @Test
  void theStoresWordsAreKept() {
    String json =
        "{\"error\":{\"code\":403,\"message\":\"No.\\n Never.\",\"errors\":[{\"reason\":\"forbidden\"}]}}";
    assertThat(refused(403, Map.of(), json).text()).isEqualTo("403 forbidden: No. Never.");
    assertThat(refused(502, Map.of(), "bad\ngateway").text()).isEqualTo("502: bad gateway");
    assertThat(refused(502, Map.of(), "<html>x</html>").text()).isEqualTo("502");
    assertThat(refused(500, Map.of(), "x".repeat(10_000)).text().length()).isLessThan(400);
    assertThat(refused(403, Map.of(), json.replace("forbidden", "userRateLimitExceeded")).kind())
        .isEqualTo(Problem.Kind.THROTTLED);
    assertThat(
            refused(
                    404,
                    Map.of(),
                    "{\"error\":{\"message\":\"The specified bucket does not exist.\"}}")
                .kind())
        .isEqualTo(Problem.Kind.NO_BUCKET);
  }

  @Test
  void thePauseIsWhatTheStoreAsksFor() {
    assertThat(refused(429, Map.of("retry-after", "7"), "").pause())
        .isEqualTo(Duration.ofSeconds(7));
    String later =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusHours(1));
    assertThat(refused(503, Map.of("retry-after", later), "").pause())
        .isBetween(Duration.ofMinutes(50), Duration.ofMinutes(61));
    String past =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ZonedDateTime.now(ZoneOffset.UTC).minusHours(1));
    assertThat(refused(503, Map.of("retry-after", past), "").pause()).isZero();
    assertThat(refused(503, Map.of("retry-after", "soon"), "").pause()).isZero();
    assertThat(refused(503, Map.of(), "").pause()).isZero();
  }

  @Test
  void connectionsBreakInManyWays() {
    Map<Throwable, Problem.Kind> kinds =
        Map.ofEntries(
            Map.entry(new ConnectException("Connection refused"), Problem.Kind.UNREACHABLE),
            Map.entry(new UnknownHostException("nowhere"), Problem.Kind.UNREACHABLE),
            Map.entry(new ConnectTimeoutException("slow"), Problem.Kind.UNREACHABLE),
            Map.entry(
                new SSLHandshakeException("PKIX path building failed"), Problem.Kind.UNREACHABLE),
            Map.entry(new ConnectionPoolTimeoutException("wait"), Problem.Kind.TRANSIENT),
            Map.entry(new SocketTimeoutException("Read timed out"), Problem.Kind.TRANSIENT),
            Map.entry(new SocketException("Connection reset"), Problem.Kind.TRANSIENT),
            Map.entry(new InterruptedIOException("aborted"), Problem.Kind.TRANSIENT),
            Map.entry(new NoHttpResponseException("failed to respond"), Problem.Kind.TRANSIENT),
            Map.entry(new IOException("?"), Problem.Kind.OTHER),
            Map.entry(new IllegalStateException(), Problem.Kind.OTHER));
    kinds.forEach(
        (error, kind) -> {
          Throwable wrapped = new IOException(new RuntimeException("outside", error));
          assertThat(GcsErrors.explain(wrapped).kind()).as("%s", error).isEqualTo(kind);
          assertThat(GcsErrors.explain(error).text()).doesNotContain("Exception");
        });
  }

  @Test
  void secretsThatCannotBeHadAreDenials() {
    for (var kind :
        Map.of(
                StoreException.Kind.TRANSIENT,
                Problem.Kind.TRANSIENT,
                StoreException.Kind.OTHER,
                Problem.Kind.DENIED)
            .entrySet()) {
      StoreException secret = new StoreException(kind.getKey(), "--gcp-key-path", "no", null);
      assertThat(GcsErrors.explain(secret))
          .isEqualTo(new Problem(kind.getValue(), "--gcp-key-path: no"));
    }
  }

  @Test
  void aTokenThatCannotBeHadForAnyReasonIsADenial() {
    Problem problem = GcsErrors.explain(new GcsTokenException(new IOException("no metadata")));
    assertThat(problem).isEqualTo(new Problem(Problem.Kind.DENIED, "no token: no metadata"));
    assertThat(GcsErrors.explain(new GcsTokenException(new ConnectException("refused"))).kind())
        .isEqualTo(Problem.Kind.UNREACHABLE);
  }
}
