package org.asbeam.storage.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One bucket of Google Cloud Storage as its documents describe it, where fake-gcs-server is more
 * lenient: tokens, offsets and sizes of the chunks of resumable uploads, the state of their
 * sessions, the hash at their end. It issues tokens, too. Lists nothing.
 */
final class StubGcs implements AutoCloseable {
  static final String BUCKET = "stub";
  private static final int UNIT = 256 << 10;
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern BOUNDARY = Pattern.compile("boundary=(\\S+)");
  private static final Pattern RANGE =
      Pattern.compile("bytes (?:(\\d+)-(\\d+)|\\*)/(?:(\\d+)|\\*)");

  /** A request, with its path decoded, and its body one char for a byte. */
  record Request(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      byte[] bytes) {
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), "");
    }

    String body() {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    boolean isUpload() {
      return path.startsWith("/upload/");
    }

    @Override
    public String toString() {
      return method + " " + path + " " + query + " " + header("content-range");
    }
  }

  /** An answer. */
  record Reply(int status, Map<String, String> headers, byte[] body) {
    static Reply json(int status, String body) {
      return new Reply(
          status,
          Map.of("Content-Type", "application/json"),
          body.getBytes(StandardCharsets.UTF_8));
    }

    static Reply error(int status, String reason, String message) {
      return json(
          status,
          "{\"error\":{\"code\":%d,\"message\":\"%s\",\"errors\":[{\"reason\":\"%s\"}]}}"
              .formatted(status, message, reason));
    }

    Reply with(String name, String value) {
      Map<String, String> more = new TreeMap<>(headers);
      more.put(name, value);
      return new Reply(status, more, body);
    }
  }

  private record Stored(byte[] bytes, long generation, JsonNode metadata) {}

  private static final class Session {
    private final JsonNode description;
    private final boolean exclusive;
    private byte[] bytes = new byte[0];
    private Reply end;

    Session(JsonNode description, boolean exclusive) {
      this.description = description;
      this.exclusive = exclusive;
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Stored> objects = new TreeMap<>();
  private final Map<String, Session> sessions = new TreeMap<>();
  private final List<Request> requests = new ArrayList<>();
  private final Map<String, String> accounts = new ConcurrentHashMap<>();
  private long generations = 1000;
  private int begun;

  /** Answers before the bucket does; null: the bucket does. */
  volatile Function<Request, Reply> before = request -> null;

  /** The tokens that are good; empty: none is needed. */
  volatile Set<String> tokens = Set.of();

  /** How many bytes of a chunk are kept at the most. */
  volatile int keeps = Integer.MAX_VALUE;

  /** What becomes of content on its way into the bucket. */
  volatile Function<byte[], byte[]> damage = bytes -> bytes;

  private StubGcs(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  static StubGcs start() {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
      StubGcs stub = new StubGcs(HttpServer.create(address, 0));
      stub.server.start();
      return stub;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  String folder() {
    return "gs://" + BUCKET + "/x";
  }

  /** From now on there is an account, whose key brings a token. */
  void account(String email, String token) {
    accounts.put(email, token);
  }

  List<Request> requests() {
    synchronized (this) {
      return List.copyOf(requests);
    }
  }

  List<Request> requests(String method, String pathPart) {
    return requests().stream()
        .filter(it -> it.method().equals(method) && it.path().contains(pathPart))
        .toList();
  }

  synchronized Set<String> keys() {
    return Set.copyOf(objects.keySet());
  }

  synchronized int openSessions() {
    return (int) sessions.values().stream().filter(session -> session.end == null).count();
  }

  synchronized void forgetSessions() {
    sessions.clear();
  }

  synchronized void overwrite(String key, byte[] bytes) {
    objects.put(key, new Stored(bytes, generations++, MAPPER.createObjectNode()));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request = request(exchange);
      synchronized (this) {
        requests.add(request);
      }
      Reply reply = before.apply(request);
      if (reply == null) {
        synchronized (this) {
          reply = answer(request);
        }
      }
      reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      byte[] body = reply.body();
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException e) {
      // The client went away.
    } catch (RuntimeException e) {
      e.printStackTrace();
      exchange.sendResponseHeaders(418, -1);
    }
  }

  private static Request request(HttpExchange exchange) throws IOException {
    Map<String, String> query = new TreeMap<>();
    String text = exchange.getRequestURI().getRawQuery();
    for (String pair : text == null ? new String[0] : text.split("&")) {
      query.put(pair.replaceFirst("=.*", ""), decoded(pair.replaceFirst("[^=]*=", "")));
    }
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
    return new Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getRawPath(),
        query,
        headers,
        exchange.getRequestBody().readAllBytes());
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private Reply answer(Request request) throws IOException {
    if (request.path().equals("/token")) {
      return token(request);
    }
    if (!tokens.isEmpty() && !tokens.contains(request.header("Authorization"))) {
      return Reply.error(401, "authError", "Invalid Credentials");
    }
    String objectPath = "/storage/v1/b/" + BUCKET + "/o/";
    if (request.path().startsWith(objectPath)) {
      String key = decoded(request.path().substring(objectPath.length()));
      return request.method().equals("DELETE") ? delete(request, key) : get(request, key);
    }
    if (!request.path().equals("/upload/storage/v1/b/" + BUCKET + "/o")) {
      return Reply.error(404, "notFound", "The specified bucket does not exist.");
    }
    if (request.query().containsKey("upload_id")) {
      return session(request);
    }
    return request.query().get("uploadType").equals("multipart") ? put(request) : begin(request);
  }

  /** Does what a request asks for; its answer gets lost. */
  void pass(Request request) {
    try {
      synchronized (this) {
        answer(request);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply token(Request request) throws IOException {
    String assertion = request.body().replaceFirst(".*assertion=", "").replaceFirst("&.*", "");
    String claims = decoded(assertion).split("\\.")[1];
    String email =
        MAPPER.readTree(java.util.Base64.getUrlDecoder().decode(claims)).path("iss").asText();
    String token = accounts.get(email);
    return token == null
        ? Reply.json(
            400, "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"}")
        : Reply.json(
            200,
            "{\"access_token\":\"" + token + "\",\"expires_in\":3600,\"token_type\":\"Bearer\"}");
  }

  private boolean isOther(Request request, Stored stored) {
    String generation = request.query().get("generation");
    return stored == null
        || generation != null && !generation.equals(String.valueOf(stored.generation()));
  }

  private Reply delete(Request request, String key) {
    if (isOther(request, objects.get(key))) {
      return Reply.error(404, "notFound", "No such object: " + BUCKET + "/" + key);
    }
    objects.remove(key);
    return new Reply(204, Map.of(), new byte[0]);
  }

  private Reply get(Request request, String key) {
    Stored stored = objects.get(key);
    if (isOther(request, stored)) {
      return Reply.error(404, "notFound", "No such object: " + BUCKET + "/" + key);
    }
    if (!"media".equals(request.query().get("alt"))) {
      return Reply.json(200, resource(key, stored).toString());
    }
    String range = request.header("Range");
    int from = range.isEmpty() ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    int size = stored.bytes().length;
    if (!range.isEmpty() && from >= size) {
      return Reply.error(416, "requestedRangeNotSatisfiable", "Request range not satisfiable");
    }
    byte[] rest = java.util.Arrays.copyOfRange(stored.bytes(), from, size);
    Reply reply =
        new Reply(range.isEmpty() ? 200 : 206, Map.of(), rest)
            .with("X-Goog-Generation", String.valueOf(stored.generation()));
    return range.isEmpty()
        ? reply
        : reply.with("Content-Range", "bytes " + from + "-" + (size - 1) + "/" + size);
  }

  private static ObjectNode resource(String key, Stored stored) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("name", key);
    json.put("size", String.valueOf(stored.bytes().length));
    json.put("generation", String.valueOf(stored.generation()));
    json.put("crc32c", Crcs.of(stored.bytes()));
    json.set("metadata", stored.metadata().path("metadata"));
    return json;
  }

  private Reply put(Request request) throws IOException {
    Matcher boundary = BOUNDARY.matcher(request.header("Content-Type"));
    if (!boundary.find()) {
      return Reply.error(400, "badContent", "No boundary");
    }
    String[] parts =
        request
            .body()
            .split("(?:\r\n)?--" + Pattern.quote(boundary.group(1)) + "(?:\r\n|--\r\n)", -1);
    JsonNode description = MAPPER.readTree(latin(content(parts[1])));
    byte[] bytes = damage.apply(latin(content(parts[2])));
    String promised = description.path("crc32c").asText("");
    if (!promised.isEmpty() && !promised.equals(Crcs.of(bytes))) {
      return damaged(promised, bytes);
    }
    return store(description, bytes, request.query().containsKey("ifGenerationMatch"));
  }

  private static Reply damaged(String promised, byte[] bytes) {
    return Reply.error(
        400,
        "invalid",
        "Provided CRC32C '"
            + promised
            + "' doesn't match calculated CRC32C '"
            + Crcs.of(bytes)
            + "'.");
  }

  private static String content(String part) {
    return part.substring(part.indexOf("\r\n\r\n") + 4);
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private Reply store(JsonNode description, byte[] bytes, boolean exclusive) {
    String key = description.path("name").asText();
    if (exclusive && objects.containsKey(key)) {
      return Reply.error(
          412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
    }
    Stored stored = new Stored(bytes, generations++, description);
    objects.put(key, stored);
    return Reply.json(200, resource(key, stored).toString());
  }

  private Reply begin(Request request) throws IOException {
    String id = "secret-" + begun++;
    sessions.put(
        id,
        new Session(
            MAPPER.readTree(request.bytes()), request.query().containsKey("ifGenerationMatch")));
    // A host that only the inside knows: clients go on at the endpoint that they were given.
    return new Reply(
        200,
        Map.of(
            "Location",
            "http://inside.invalid/upload/storage/v1/b/"
                + BUCKET
                + "/o?uploadType=resumable&upload_id="
                + id),
        new byte[0]);
  }

  private Reply session(Request request) {
    Session session = sessions.get(request.query().get("upload_id"));
    if (session == null) {
      return Reply.error(404, "notFound", "Not Found");
    }
    if (request.method().equals("DELETE")) {
      sessions.remove(request.query().get("upload_id"));
      return new Reply(499, Map.of(), new byte[0]);
    }
    if (session.end != null) {
      return session.end;
    }
    Matcher range = RANGE.matcher(request.header("Content-Range"));
    if (!range.matches()) {
      return Reply.error(400, "badRequest", "Bad range");
    }
    long total = range.group(3) == null ? -1 : Long.parseLong(range.group(3));
    if (range.group(1) != null) {
      long from = Long.parseLong(range.group(1));
      int count = (int) (Long.parseLong(range.group(2)) + 1 - from);
      if (from != session.bytes.length
          || count != request.bytes().length
          || total < 0 && count % UNIT != 0) {
        return Reply.error(400, "badRequest", "Not what comes now: " + request);
      }
      int kept = count <= keeps ? count : keeps / UNIT * UNIT;
      byte[] more = java.util.Arrays.copyOf(session.bytes, session.bytes.length + kept);
      System.arraycopy(request.bytes(), 0, more, session.bytes.length, kept);
      session.bytes = more;
    }
    if (total == session.bytes.length) {
      session.end = end(session, request);
      return session.end;
    }
    Reply goOn = new Reply(308, Map.of(), new byte[0]);
    return session.bytes.length == 0
        ? goOn
        : goOn.with("Range", "bytes=0-" + (session.bytes.length - 1));
  }

  private Reply end(Session session, Request request) {
    byte[] bytes = damage.apply(session.bytes);
    String promised = request.header("X-Goog-Hash").replace("crc32c=", "");
    if (checksHashes && !promised.isEmpty() && !promised.equals(Crcs.of(bytes))) {
      return damaged(promised, bytes);
    }
    return store(session.description, bytes, session.exclusive);
  }

  /** Whether the hash at the end of a resumable upload is looked at. */
  volatile boolean checksHashes = true;

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
