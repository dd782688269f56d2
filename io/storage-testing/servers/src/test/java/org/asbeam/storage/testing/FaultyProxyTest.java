package org.asbeam.storage.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultyProxyTest {
  private static final byte[] BIG = new byte[300_000];

  static {
    for (int i = 0; i < BIG.length; i++) {
      BIG[i] = (byte) (i * 31);
    }
  }

  private record Seen(String method, String path, String host, byte[] body) {}

  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer upstream;
  private FaultyProxy proxy;
  private HttpClient client;

  @BeforeEach
  void start() throws IOException {
    upstream = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    upstream.setExecutor(threads);
    upstream.createContext("/", this::answer);
    upstream.start();
    proxy = FaultyProxy.start("127.0.0.1:" + upstream.getAddress().getPort());
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterEach
  void stop() {
    proxy.close();
    upstream.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().toString();
    seen.add(
        new Seen(
            exchange.getRequestMethod(),
            path,
            exchange.getRequestHeaders().getFirst("Host"),
            body));
    try (exchange) {
      switch (path) {
        case "/204" -> exchange.sendResponseHeaders(204, -1);
        case "/304" -> exchange.sendResponseHeaders(304, -1);
        case "/location" -> {
          String own = "http://127.0.0.1:" + upstream.getAddress().getPort();
          exchange.getResponseHeaders().set("Location", own + "/session?id=1");
          exchange.sendResponseHeaders(201, -1);
        }
        default -> {
          boolean head = exchange.getRequestMethod().equals("HEAD");
          long length = path.equals("/chunked") ? 0 : BIG.length;
          exchange.sendResponseHeaders(200, head ? -1 : length);
          if (!head) {
            exchange.getResponseBody().write(BIG);
          }
        }
      }
    }
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(proxy.endpoint() + path))
        .timeout(Duration.ofSeconds(20));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  @Test
  void passesBodiesOnBothWays() throws Exception {
    HttpResponse<byte[]> fixed = send(to("/fixed?a=%41").PUT(BodyPublishers.ofByteArray(BIG)));
    HttpResponse<byte[]> chunked =
        send(
            to("/chunked")
                .POST(
                    BodyPublishers.ofByteArrays(
                        IntStream.range(0, 30)
                            .mapToObj(i -> Arrays.copyOfRange(BIG, i * 10_000, (i + 1) * 10_000))
                            .toList())));

    assertThat(fixed.body()).isEqualTo(BIG);
    assertThat(fixed.headers().firstValue("Content-Length")).hasValue("300000");
    assertThat(chunked.body()).isEqualTo(BIG);
    assertThat(chunked.headers().firstValue("Transfer-Encoding")).hasValue("chunked");
    assertThat(seen).extracting(Seen::method).containsExactly("PUT", "POST");
    assertThat(seen.get(0).path()).isEqualTo("/fixed?a=%41");
    assertThat(seen.get(0).body()).isEqualTo(BIG);
    assertThat(seen.get(1).body()).isEqualTo(BIG);
    assertThat(seen).extracting(Seen::host).containsOnly(proxy.authority());
    assertThat(proxy.requests()).isEqualTo(Map.of("PUT", 1L, "POST", 1L));
    assertThat(proxy.faultCount()).isZero();
  }

  @Test
  void passesLongPostsOn() throws Exception {
    byte[] large = new byte[3 << 20];
    Arrays.fill(large, (byte) 'x');
    assertThat(send(to("/").POST(BodyPublishers.ofByteArray(large))).statusCode()).isEqualTo(200);
    assertThat(seen.get(0).body()).isEqualTo(large);
  }

  @Test
  void knowsResponsesWithoutBody() throws Exception {
    HttpResponse<byte[]> head = send(to("/x").method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(send(to("/204").DELETE()).statusCode()).isEqualTo(204);
    assertThat(send(to("/304").GET()).statusCode()).isEqualTo(304);
    assertThat(send(to("/x").GET()).body()).isEqualTo(BIG);
  }

  @Test
  void answersExpectations() throws Exception {
    HttpResponse<byte[]> response =
        send(to("/x").expectContinue(true).PUT(BodyPublishers.ofByteArray(BIG)));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(seen.get(0).body()).isEqualTo(BIG);
  }

  @Test
  void servesOldClients() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", URI.create(proxy.endpoint()).getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write("GET /204 HTTP/1.0\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 204 ").contains("Connection: close");
      assertThat(seen.get(0).host()).isEqualTo("h");
    }
  }

  @Test
  void namesItselfInLocations() throws Exception {
    HttpResponse<byte[]> response = send(to("/location").POST(BodyPublishers.ofString("{}")));
    assertThat(response.headers().firstValue("Location"))
        .hasValue(proxy.endpoint() + "/session?id=1");
  }

  @Test
  void answersForTheServer() throws Exception {
    proxy.rules(
        request ->
            request.number() == 1
                ? Fault.status(418, Map.of("X-Why", "test"), "teapot")
                : Fault.PASS);
    assertThat(send(to("/a").GET()).statusCode()).isEqualTo(200);
    HttpResponse<byte[]> fault = send(to("/b").PUT(BodyPublishers.ofByteArray(BIG)));
    assertThat(fault.statusCode()).isEqualTo(418);
    assertThat(fault.headers().firstValue("X-Why")).hasValue("test");
    assertThat(fault.body()).asString().isEqualTo("teapot");
    assertThat(send(to("/c").GET()).statusCode()).isEqualTo(200);

    assertThat(seen).extracting(Seen::path).containsExactly("/a", "/c");
    assertThat(proxy.faults()).isEqualTo(Map.of("status 418", 1L));
    assertThat(proxy.requestCount()).isEqualTo(3);
    proxy.resetCounts();
    assertThat(proxy.requestCount() + proxy.faultCount()).isZero();
  }

  @Test
  void answersHeadWithoutBody() throws Exception {
    proxy.rules(request -> Dialect.S3.broken());
    assertThat(send(to("/a").method("HEAD", BodyPublishers.noBody())).statusCode()).isEqualTo(500);
    assertThat(send(to("/a").GET()).statusCode()).isEqualTo(500);
  }

  @Test
  void cutsResponses() throws Exception {
    proxy.rules(request -> Fault.cutResponseAfter(100_000));
    for (String path : List.of("/fixed", "/chunked")) {
      // Without a client that throws away what came before the reset.
      try (Socket socket = new Socket("127.0.0.1", URI.create(proxy.endpoint()).getPort())) {
        String request = "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        InputStream in = new BufferedInputStream(socket.getInputStream());
        HttpBody body = HttpBody.ofResponse(HttpHead.read(in), "GET", in);
        assertThat(body.readNBytes(100_000)).isEqualTo(Arrays.copyOf(BIG, 100_000));
        assertThatThrownBy(body::read).isInstanceOf(SocketException.class);
      }
    }
    assertThat(proxy.faults()).isEqualTo(Map.of("cut response", 2L));
    assertThat(send(to("/204").GET()).statusCode()).isEqualTo(204);
    assertThat(proxy.faultCount()).isEqualTo(2);
  }

  @Test
  void dropsRequestsWithoutEffect() {
    proxy.rules(request -> Fault.dropRequest());
    assertThatThrownBy(() -> send(to("/x").PUT(BodyPublishers.ofByteArray(BIG))))
        .isInstanceOf(IOException.class);
    assertThat(seen).isEmpty();
    assertThat(proxy.faults()).isEqualTo(Map.of("drop request", 1L));
  }

  @Test
  void dropsResponsesAfterTheEffect() {
    proxy.rules(request -> Fault.dropResponse());
    assertThatThrownBy(() -> send(to("/x").PUT(BodyPublishers.ofByteArray(BIG))))
        .isInstanceOf(IOException.class);
    assertThat(seen).hasSize(1);
    assertThat(seen.get(0).body()).isEqualTo(BIG);
  }

  @Test
  void delays() throws Exception {
    proxy.rules(request -> Fault.delay(Duration.ofMillis(300)));
    long begin = System.nanoTime();
    assertThat(send(to("/204").GET()).statusCode()).isEqualTo(204);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(299));
  }

  @Test
  void hangsUntilItIsClosed() throws Exception {
    proxy.rules(request -> Fault.hang());
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            to("/x").PUT(BodyPublishers.ofByteArray(BIG)).build(), BodyHandlers.ofByteArray());
    while (proxy.faultCount() == 0) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    TimeUnit.MILLISECONDS.sleep(100);
    assertThat(answer).isNotDone();
    proxy.close();
    assertThatThrownBy(answer::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);
    assertThat(seen).isEmpty();
  }

  @Test
  void passesADeadServerOn() {
    upstream.stop(0);
    assertThatThrownBy(() -> send(to("/x").GET())).isInstanceOf(IOException.class);
  }

  @Test
  void manyClientsAtOnceSeeEachFaultAsOne() throws Exception {
    proxy.rules(FaultyProxy.randomly(Dialect.S3, 1, 0.3, 0.1));
    AtomicInteger right = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    AtomicInteger broken = new AtomicInteger();
    List<Callable<Void>> clients =
        Collections.nCopies(
            4,
            () -> {
              for (int i = 0; i < 50; i++) {
                try {
                  HttpResponse<byte[]> response =
                      send(to("/" + i % 2).PUT(BodyPublishers.ofByteArray(BIG)));
                  if (response.statusCode() == 200) {
                    assertThat(response.body()).isEqualTo(BIG);
                    right.incrementAndGet();
                  } else {
                    refused.incrementAndGet();
                  }
                } catch (IOException e) {
                  broken.incrementAndGet();
                }
              }
              return null;
            });
    for (Future<Void> done : threads.invokeAll(clients)) {
      done.get();
    }

    Map<String, Long> faults = proxy.faults();
    assertThat(proxy.requestCount()).isEqualTo(200);
    assertThat(right.get()).isEqualTo(200 - proxy.faultCount());
    assertThat(refused.get()).isEqualTo(faults.get("status 500") + faults.get("status 503"));
    assertThat(broken.get()).isGreaterThan(20);
  }

  @Test
  void servesLoopbackOnly() {
    assertThatThrownBy(() -> FaultyProxy.start("192.0.2.1:80"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Not a loopback address: 192.0.2.1:80");
    assertThatThrownBy(() -> FaultyProxy.start("127.0.0.1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  static void assertNobodyListens(String endpoint) {
    URI uri = URI.create(endpoint);
    assertThatThrownBy(() -> new Socket(uri.getHost(), uri.getPort()).close())
        .isInstanceOf(ConnectException.class);
  }
}
