package org.asbeam.storage.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets the identity library make its small requests with the JDK's client: its own needs Netty. The
 * SDK's adapter to that client exists for later versions than Beam's Azure module uses.
 */
final class IdentityHttp implements HttpClient {
  /** Those that the JDK's client sets itself, and lets nobody else set. */
  private static final Set<String> RESTRICTED =
      Set.of("connection", "content-length", "expect", "host", "upgrade");

  /** A token comes at once, or not at all. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final java.net.http.HttpClient http;

  IdentityHttp(java.net.http.HttpClient http) {
    this.http = http;
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request) {
    return Mono.fromCallable(() -> exchange(request));
  }

  private HttpResponse exchange(HttpRequest request) throws IOException {
    java.net.http.HttpRequest.Builder builder =
        java.net.http.HttpRequest.newBuilder(URI.create(request.getUrl().toString()))
            .timeout(LIMIT)
            .method(request.getHttpMethod().toString(), publisher(request));
    request.getHeaders().stream()
        .filter(header -> !RESTRICTED.contains(header.getName().toLowerCase(Locale.ROOT)))
        .forEach(
            header ->
                header.getValuesList().forEach(value -> builder.header(header.getName(), value)));
    try {
      return new Answer(request, http.send(builder.build(), BodyHandlers.ofByteArray()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static BodyPublisher publisher(HttpRequest request) {
    BinaryData body = request.getBodyAsBinaryData();
    return body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body.toBytes());
  }

  /** An answer that is here whole. */
  private static final class Answer extends HttpResponse {
    private final java.net.http.HttpResponse<byte[]> answer;

    Answer(HttpRequest request, java.net.http.HttpResponse<byte[]> answer) {
      super(request);
      this.answer = answer;
    }

    @Override
    public int getStatusCode() {
      return answer.statusCode();
    }

    @Override
    @Deprecated
    public String getHeaderValue(String name) {
      return answer.headers().firstValue(name).orElse(null);
    }

    @Override
    public HttpHeaders getHeaders() {
      HttpHeaders headers = new HttpHeaders();
      answer
          .headers()
          .map()
          .forEach((name, values) -> headers.set(HttpHeaderName.fromString(name), values));
      return headers;
    }

    @Override
    public Flux<ByteBuffer> getBody() {
      return Flux.just(ByteBuffer.wrap(answer.body()));
    }

    @Override
    public Mono<byte[]> getBodyAsByteArray() {
      return Mono.just(answer.body());
    }

    @Override
    public Mono<String> getBodyAsString() {
      return getBodyAsString(StandardCharsets.UTF_8);
    }

    @Override
    public Mono<String> getBodyAsString(Charset charset) {
      return Mono.just(new String(answer.body(), charset));
    }
  }
}
