package org.asbeam.storage.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.http.Header;
import org.apache.http.HttpResponse;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.util.EntityUtils;
import org.asbeam.storage.remote.Problem;

/**
 * Makes requests, each once, over a pool of connections that is this store's own. It has no thread:
 * requests that were abandoned end by their socket's time-out, or when the next request is made
 * after their time, or with the store.
 */
final class GcsHttp implements Closeable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** The longest silence. The store works on no request for so long without a byte. */
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(60);

  private static final int MOST_OF_A_REFUSAL = 64 << 10;

  private final GcsAuth auth;
  private final Duration limit;
  private final CloseableHttpClient client;
  private final Map<HttpRequestBase, Long> deadlines = new ConcurrentHashMap<>();
  private volatile boolean closed;

  GcsHttp(GcsSettings settings, GcsAuth auth) {
    this.auth = auth;
    this.limit = settings.patience().limit();
    // What was sent already must not be sent again unseen, so nothing is followed or tried again
    // here. Bodies come as they are stored. Proxies and trust are those of the system properties.
    this.client =
        HttpClientBuilder.create()
            .useSystemProperties()
            .setUserAgent("asbeam")
            .setMaxConnPerRoute(settings.connections())
            .setMaxConnTotal(settings.connections())
            .setDefaultRequestConfig(config())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableContentCompression()
            .disableCookieManagement()
            .disableAuthCaching()
            .build();
  }

  private RequestConfig config() {
    return RequestConfig.custom()
        .setConnectionRequestTimeout(millis(limit))
        .setConnectTimeout(millis(least(limit, CONNECT_TIMEOUT)))
        .setSocketTimeout(millis(least(limit, SOCKET_TIMEOUT)))
        .build();
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static int millis(Duration time) {
    return (int) time.toMillis();
  }

  /**
   * Makes a request, and reads the answer whole.
   *
   * @param missing what it means if there is nothing (404)
   * @return what the answer says
   * @throws GcsRefusal if it is no success
   */
  JsonNode json(HttpRequestBase request, Problem.Kind missing) throws IOException {
    return checked(send(request), missing).json();
  }

  /**
   * @throws GcsRefusal if an answer is no success
   */
  static GcsAnswer checked(GcsAnswer answer, Problem.Kind missing) throws GcsRefusal {
    if (!answer.isSuccess()) {
      throw refusal(answer, missing);
    }
    return answer;
  }

  /** Makes a request, and reads the answer whole, whatever it is. */
  GcsAnswer send(HttpRequestBase request) throws IOException {
    begin(request);
    try (CloseableHttpResponse response = client.execute(request)) {
      checkToken(request, response);
      return read(response);
    } finally {
      deadlines.remove(request);
    }
  }

  /**
   * Makes a request for a body, which the caller reads.
   *
   * @throws GcsRefusal if it is no success
   */
  CloseableHttpResponse open(HttpRequestBase request, Problem.Kind missing) throws IOException {
    begin(request);
    CloseableHttpResponse response = null;
    boolean opened = false;
    try {
      response = client.execute(request);
      checkToken(request, response);
      int status = response.getStatusLine().getStatusCode();
      if (status < 200 || status >= 300) {
        throw refusal(read(response), missing);
      }
      opened = true;
      return response;
    } finally {
      deadlines.remove(request);
      if (!opened && response != null) {
        response.close();
      }
    }
  }

  private void begin(HttpRequestBase request) throws IOException {
    if (closed) {
      throw new GcsProblem(Problem.Kind.OTHER, "the store is closed");
    }
    long now = System.nanoTime();
    deadlines.forEach(
        (other, deadline) -> {
          if (deadline - now < 0) {
            other.abort();
          }
        });
    auth.headers(request.getURI())
        .forEach((name, values) -> values.forEach(value -> request.addHeader(name, value)));
    deadlines.put(request, System.nanoTime() + limit.toNanos());
  }

  private void checkToken(HttpRequestBase request, HttpResponse response) throws IOException {
    Header header = request.getFirstHeader("Authorization");
    if (header == null) {
      return;
    }
    if (response.getStatusLine().getStatusCode() != 401) {
      auth.accepted(header.getValue());
    } else if (auth.renewed(header.getValue())) {
      throw new GcsProblem(Problem.Kind.TRANSIENT, "401: the token is no longer good");
    }
  }

  private static GcsAnswer read(HttpResponse response) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (Header header : response.getAllHeaders()) {
      headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
    }
    int status = response.getStatusLine().getStatusCode();
    byte[] body = new byte[0];
    if (response.getEntity() != null && status < 300) {
      body = EntityUtils.toByteArray(response.getEntity());
    } else if (response.getEntity() != null) {
      InputStream in = response.getEntity().getContent();
      body = in.readNBytes(MOST_OF_A_REFUSAL);
    }
    return new GcsAnswer(status, headers, body);
  }

  /** What an answer says that is no success. */
  static GcsRefusal refusal(GcsAnswer answer, Problem.Kind missing) {
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    JsonNode error = GcsJson.orMissing(body).path("error");
    String text = error.path("message").asText("");
    if (error.isMissingNode() && !body.stripLeading().startsWith("<")) {
      text = body;
    }
    return new GcsRefusal(
        answer.status(),
        error.path("errors").path(0).path("reason").asText(""),
        text,
        answer.header("retry-after").map(GcsHttp::pause).orElse(Duration.ZERO),
        missing);
  }

  /** Seconds, or a date; nothing if it is neither. */
  private static Duration pause(String retryAfter) {
    try {
      if (retryAfter.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return Duration.ofSeconds(Long.parseLong(retryAfter));
      }
      Instant then =
          ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration pause = Duration.between(Instant.now(), then);
      return pause.isNegative() ? Duration.ZERO : pause;
    } catch (DateTimeException | NumberFormatException e) {
      return Duration.ZERO;
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    deadlines.keySet().forEach(HttpRequestBase::abort);
  }
}
