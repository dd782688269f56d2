package org.asbeam.storage.azure;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service that answers as it is told: with what no emulator does. */
final class Stub implements AutoCloseable {
  /** An answer. */
  record Answer(int status, Map<String, String> headers, String body) {
    static Answer of(int status, String... headers) {
      Map<String, String> all = new HashMap<>();
      for (int i = 0; i < headers.length; i += 2) {
        all.put(headers[i], headers[i + 1]);
      }
      return new Answer(status, all, "");
    }

    static Answer error(int status, String code) {
      return new Answer(
          status,
          Map.of("x-ms-error-code", code),
          "<?xml version=\"1.0\"?><Error><Code>"
              + code
              + "</Code><Message>What it says.\nRequestId:1</Message></Error>");
    }

    Answer with(String name, String value) {
      Map<String, String> more = new HashMap<>(headers);
      more.put(name, value);
      return new Answer(status, more, body);
    }
  }

  /** Gives the answers. */
  interface Script {
    Answer answer(HttpExchange request) throws IOException;
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  volatile Script script = request -> Answer.error(404, "BlobNotFound");

  Stub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  private void handle(HttpExchange request) throws IOException {
    requests.add(request.getRequestMethod() + " " + request.getRequestURI());
    request.getRequestBody().readAllBytes();
    Answer answer = script.answer(request);
    answer.headers().forEach(request.getResponseHeaders()::set);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    boolean none = body.length == 0 || request.getRequestMethod().equals("HEAD");
    request.sendResponseHeaders(answer.status(), none ? -1 : body.length);
    if (!none) {
      request.getResponseBody().write(body);
    }
    request.close();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/acct";
  }

  /** The settings that reach it. */
  Map<String, String> settings() {
    return Map.of(AzureSettings.ENDPOINT, endpoint(), AzureSettings.ACCOUNT_KEY, "a2V5");
  }

  /** Method and path with query. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
