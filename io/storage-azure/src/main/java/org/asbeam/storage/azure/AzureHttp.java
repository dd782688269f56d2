package org.asbeam.storage.azure;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Makes requests to an account's Blob service, once each.
 *
 * <p>As many as are allowed are under way at once. A file that is being read counts only until its
 * answer begins: it may stay open for long, and must not keep others waiting.
 */
final class AzureHttp implements AutoCloseable {
  /** Of the interface; the tier Cold needs 2021-12-02 or later. */
  private static final String API_VERSION = "2022-11-02";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

  private static final int MOST_OF_A_REFUSAL = 16 << 10;
  private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

  private final URI endpoint;
  private final AzureSigner signer;
  private final Duration limit;
  private final Semaphore requests;
  private final JdkHttp http;

  /**
   * @param http is closed with this
   * @param limit how long a request may take until its answer begins
   * @param mostRequests how many may be under way at once
   */
  AzureHttp(URI endpoint, AzureSigner signer, JdkHttp http, Duration limit, int mostRequests) {
    this.endpoint = endpoint;
    this.signer = signer;
    this.limit = limit;
    this.requests = new Semaphore(mostRequests);
    this.http = http;
  }

  /** Host and port, for messages. */
  String host() {
    return endpoint.getAuthority();
  }

  /** Makes a request whose answer's body does not matter. */
  HttpResponse<InputStream> run(AzureRequest request) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = send(request);
    try (InputStream body = answer.body()) {
      // Read to its end, so that the connection can be used again.
      body.readNBytes(MOST_OF_A_REFUSAL);
    }
    return answer;
  }

  /**
   * Makes a request.
   *
   * @return a success, whose body must be closed; closing it early drops the connection
   * @throws AzureFailure if the service refuses
   */
  HttpResponse<InputStream> send(AzureRequest request) throws IOException, InterruptedException {
    requests.acquire();
    try {
      // Signed now: the service refuses what was signed long ago.
      HttpResponse<InputStream> answer =
          http.client().send(sign(request), HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() >= 200 && answer.statusCode() < 300) {
        return answer;
      }
      if (answer.statusCode() == 401) {
        signer.refused();
      }
      throw refusal(answer);
    } finally {
      requests.release();
    }
  }

  private HttpRequest sign(AzureRequest request) throws IOException {
    request.header("x-ms-version", API_VERSION);
    request.header("x-ms-date", DATE.format(ZonedDateTime.now(ZoneOffset.UTC)));
    String path = endpoint.getRawPath() + request.path();
    signer.sign(request, path);
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(url(request, path))
            .timeout(limit)
            .method(request.method(), publisher(request));
    request.headers().forEach(builder::header);
    return builder.build();
  }

  private URI url(AzureRequest request, String path) {
    StringBuilder url =
        new StringBuilder(endpoint.getScheme())
            .append("://")
            .append(endpoint.getRawAuthority())
            .append(path);
    char next = '?';
    for (Map.Entry<String, String> parameter : request.query().entrySet()) {
      url.append(next)
          .append(parameter.getKey())
          .append('=')
          .append(Percent.query(parameter.getValue()));
      next = '&';
    }
    if (!signer.queryEnd().isEmpty()) {
      url.append(next).append(signer.queryEnd());
    }
    return URI.create(url.toString());
  }

  /** Sends from the array itself; the JDK's publisher of arrays would copy it whole. */
  private static BodyPublisher publisher(AzureRequest request) {
    if (request.count() == 0) {
      return BodyPublishers.noBody();
    }
    return BodyPublishers.fromPublisher(
        BodyPublishers.ofInputStream(
            () -> new ByteArrayInputStream(request.body(), 0, request.count())),
        request.count());
  }

  private static AzureFailure refusal(HttpResponse<InputStream> answer) throws IOException {
    String text;
    try (InputStream body = answer.body()) {
      text = new String(body.readNBytes(MOST_OF_A_REFUSAL), StandardCharsets.UTF_8);
    }
    return AzureErrors.refusal(
        answer.statusCode(),
        answer.headers().firstValue("x-ms-error-code").orElse(""),
        text,
        answer.headers().firstValue("retry-after").map(AzureHttp::pause).orElse(Duration.ZERO));
  }

  /** A pause in seconds; the other form, a date, is not used by the service. */
  private static Duration pause(String seconds) {
    try {
      Duration pause = Duration.ofSeconds(Long.parseLong(seconds.strip()));
      return pause.isNegative() || pause.compareTo(LONGEST_PAUSE) > 0 ? Duration.ZERO : pause;
    } catch (NumberFormatException e) {
      return Duration.ZERO;
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
