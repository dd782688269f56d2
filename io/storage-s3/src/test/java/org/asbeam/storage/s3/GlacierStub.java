package org.asbeam.storage.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * As much of S3 as tells about archives: lists of one folder, HEAD, GET and requests to restore.
 */
final class GlacierStub implements AutoCloseable {
  /** An object, as it lies there. */
  record Stored(String storageClass, String archiveStatus, String restore) {}

  private final HttpServer server;
  private final Map<String, Stored> objects = new TreeMap<>();
  private final List<String> restores = new ArrayList<>();

  GlacierStub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  synchronized void put(String key, Stored stored) {
    objects.put(key, stored);
  }

  /** The bodies of the requests to restore. */
  synchronized List<String> restores() {
    return List.copyOf(restores);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getPath();
      String query = String.valueOf(exchange.getRequestURI().getQuery());
      if (query.contains("list-type=2")) {
        send(exchange, 200, list());
        return;
      }
      Stored stored = objects.get(path.substring("/bucket/".length()));
      if (stored == null) {
        send(exchange, 404, error("NoSuchKey"));
        return;
      }
      switch (exchange.getRequestMethod()) {
        case "HEAD" -> head(exchange, stored);
        case "GET" -> get(exchange, stored);
        case "POST" -> restore(exchange, path.substring("/bucket/".length()), stored, body);
        default -> send(exchange, 501, error("NotImplemented"));
      }
    }
  }

  private String list() {
    StringBuilder xml = new StringBuilder("<ListBucketResult><Name>bucket</Name>");
    xml.append("<IsTruncated>false</IsTruncated>");
    objects.forEach(
        (key, stored) ->
            xml.append("<Contents><Key>" + key + "</Key><Size>3</Size><StorageClass>")
                .append(stored.storageClass())
                .append("</StorageClass></Contents>"));
    return xml.append("</ListBucketResult>").toString();
  }

  private void head(HttpExchange exchange, Stored stored) throws IOException {
    exchange.getResponseHeaders().set("ETag", "\"tag\"");
    exchange.getResponseHeaders().set("Content-Length", "3");
    // As S3 does it: STANDARD is not said.
    if (!stored.storageClass().equals("STANDARD")) {
      exchange.getResponseHeaders().set("x-amz-storage-class", stored.storageClass());
    }
    if (stored.archiveStatus() != null) {
      exchange.getResponseHeaders().set("x-amz-archive-status", stored.archiveStatus());
    }
    if (stored.restore() != null) {
      exchange.getResponseHeaders().set("x-amz-restore", stored.restore());
    }
    exchange.sendResponseHeaders(200, -1);
  }

  private void get(HttpExchange exchange, Stored stored) throws IOException {
    boolean archive =
        stored.archiveStatus() != null
            || stored.storageClass().equals("GLACIER")
            || stored.storageClass().equals("DEEP_ARCHIVE");
    boolean takenOut = String.valueOf(stored.restore()).contains("\"false\"");
    if (archive && !takenOut) {
      send(exchange, 403, error("InvalidObjectState"));
    } else {
      exchange.getResponseHeaders().set("ETag", "\"tag\"");
      send(exchange, 200, "abc");
    }
  }

  private void restore(HttpExchange exchange, String key, Stored stored, String body)
      throws IOException {
    if (String.valueOf(stored.restore()).contains("\"true\"")) {
      send(exchange, 409, error("RestoreAlreadyInProgress"));
      return;
    }
    restores.add(key + " " + body);
    objects.put(
        key, new Stored(stored.storageClass(), stored.archiveStatus(), "ongoing-request=\"true\""));
    send(exchange, 202, "");
  }

  private static String error(String code) {
    return "<Error><Code>" + code + "</Code><Message>So it is.</Message></Error>";
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
