package org.asbeam.storage.gcs;

import static org.asbeam.storage.gcs.Fixture.CHUNK;
import static org.asbeam.storage.gcs.Fixture.failure;
import static org.asbeam.storage.gcs.Fixture.pattern;
import static org.asbeam.storage.gcs.Fixture.settings;
import static org.asbeam.storage.gcs.Fixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreOutput;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.gcs.StubGcs.Reply;
import org.asbeam.storage.gcs.StubGcs.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes over the wire, against a stub that checks more than fake-gcs-server. */
@Timeout(120)
final class GcsProtocolTest {
  private StubGcs stub;

  @BeforeEach
  void start() {
    stub = StubGcs.start();
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  private StoreSettings stubSettings() {
    return settings(stub.endpoint());
  }

  private Store open() throws StoreException {
    return Fixture.open(stub.folder(), stubSettings());
  }

  @Test
  void openingTouchesNothing() throws Exception {
    Fixture.open("gs://bucket/x", StoreSettings.NONE).close();
    open().close();
    assertThat(stub.requests()).isEmpty();
  }

  @Test
  void closingLeavesNoConnection() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Store store =
          Fixture.open("gs://bucket/x", settings("http://127.0.0.1:" + server.getLocalPort()));
      Future<Integer> end =
          CompletableFuture.supplyAsync(
              () -> {
                try (Socket socket = server.accept()) {
                  socket.setSoTimeout(60_000);
                  String ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
                  socket.getInputStream().read(new byte[10_000]);
                  socket.getOutputStream().write(ok.getBytes(StandardCharsets.US_ASCII));
                  // The second request comes over the same connection, and then its end.
                  socket.getInputStream().read(new byte[10_000]);
                  socket.getOutputStream().write(ok.getBytes(StandardCharsets.US_ASCII));
                  return socket.getInputStream().read();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      assertThat(store.list("")).isEmpty();
      assertThat(store.list("")).isEmpty();
      assertThat(end).isNotDone();
      store.close();
      assertThat(end.get()).isEqualTo(-1);
      assertThat(failure(StoreException.Kind.OTHER, () -> store.list("")))
          .hasMessageContaining("closed");
    }
  }

  @Test
  void anUploadKeepsTheProtocol() throws Exception {
    byte[] content = pattern(2 * CHUNK + 5);
    try (Store store = open()) {
      write(store, "file.asb", content);
      assertThat(store.get("file.asb")).isEqualTo(content);
    }
    Request begin = stub.requests("POST", "/upload/").get(0);
    assertThat(begin.query())
        .containsEntry("uploadType", "resumable")
        .containsEntry("ifGenerationMatch", "0");
    assertThat(begin.body()).contains("\"name\":\"x/file.asb\"", "\"asbeam\":\"");
    List<Request> chunks = stub.requests("PUT", "/upload/");
    assertThat(chunks)
        .extracting(it -> it.header("Content-Range"))
        .containsExactly("bytes 0-262143/*", "bytes 262144-524287/*", "bytes 524288-524292/524293");
    assertThat(chunks)
        .extracting(it -> it.header("X-Goog-Hash"))
        .containsExactly("", "", "crc32c=" + Crcs.of(content));
    assertThat(stub.requests("GET", "/o/").get(1).header("Accept-Encoding")).isEqualTo("identity");
    assertThat(stub.requests("GET", "/o/").get(1).header("Range")).isEmpty();
  }

  @Test
  void aPutCarriesItsChecksum() throws Exception {
    byte[] content = pattern(1000);
    try (Store store = open()) {
      store.put("file", content);
      store.putIfAbsent("other", content);
    }
    List<Request> puts = stub.requests("POST", "/upload/");
    assertThat(puts.get(0).body()).contains("\"crc32c\":\"" + Crcs.of(content) + "\"");
    assertThat(puts.get(0).query()).doesNotContainKey("ifGenerationMatch");
    assertThat(puts.get(1).query()).containsEntry("ifGenerationMatch", "0");
  }

  @Test
  void checksumsCanBeSwitchedOff() throws Exception {
    stub.damage = bytes -> flipped(bytes);
    try (Store store =
        Fixture.open(stub.folder(), stubSettings().with(GcsSettings.CHECKSUM, "false"))) {
      store.put("file", pattern(1000));
      write(store, "file.asb", pattern(CHUNK + 5));
    }
    assertThat(stub.requests()).noneMatch(it -> it.body().contains("crc32c"));
    assertThat(stub.requests()).noneMatch(it -> !it.header("X-Goog-Hash").isEmpty());
  }

  private static byte[] flipped(byte[] bytes) {
    byte[] other = bytes.clone();
    other[other.length / 2] ^= 1;
    return other;
  }

  @Test
  void aPutThatWasDamagedOnItsWayIsSentAgain() throws Exception {
    AtomicInteger damages = new AtomicInteger(2);
    stub.damage = bytes -> damages.getAndDecrement() > 0 ? flipped(bytes) : bytes;
    try (Store store = open()) {
      store.put("file", pattern(1000));
      assertThat(store.get("file")).isEqualTo(pattern(1000));
    }
    assertThat(stub.requests("POST", "/upload/")).hasSize(3);
  }

  @Test
  void anUploadThatWasDamagedOnItsWayFails() throws Exception {
    stub.damage = GcsProtocolTest::flipped;
    for (boolean serverLooks : new boolean[] {true, false}) {
      stub.checksHashes = serverLooks;
      try (Store store = open();
          StoreOutput output = store.create("file.asb")) {
        byte[] content = pattern(2 * CHUNK + 5);
        output.write(content, 0, content.length);
        assertThat(failure(StoreException.Kind.TRANSIENT, output::commit))
            .hasMessageContaining("the upload is lost")
            .hasMessageContaining("write the file again");
      }
      assertThat(stub.keys()).as("server looks: " + serverLooks).isEmpty();
    }
  }

  @Test
  void whatTheStoreKeptOfAChunkIsNotSentAgain() throws Exception {
    byte[] content = pattern(10 * CHUNK + 5);
    stub.keeps = CHUNK;
    try (Store store =
        Fixture.open(
            stub.folder(),
            stubSettings().with(GcsSettings.CHUNK_SIZE, String.valueOf(4 * CHUNK)))) {
      write(store, "file.asb", content);
      stub.keeps = Integer.MAX_VALUE;
      assertThat(store.get("file.asb")).isEqualTo(content);
    }
  }

  @Test
  void anUploadGoesOnWhereAFailureLeftIt() throws Exception {
    byte[] content = pattern(4 * CHUNK + 5);
    for (int failing = 0; failing < 5; failing++) {
      for (boolean effect : new boolean[] {true, false}) {
        String name = "file-" + failing + effect;
        failOnce(failing, effect);
        try (Store store = open()) {
          write(store, name, content);
          assertThat(store.get(name)).as(name).isEqualTo(content);
        }
      }
    }
    assertThat(stub.requests("PUT", "/upload/"))
        .extracting(it -> it.header("Content-Range"))
        .contains("bytes */*", "bytes */" + content.length);
  }

  /** Fails the chunk of a number, with or without that it arrived. */
  private void failOnce(int number, boolean effect) {
    AtomicInteger chunks = new AtomicInteger();
    stub.before =
        request -> {
          boolean chunk = request.method().equals("PUT") && request.bytes().length > 0;
          if (!chunk || chunks.getAndIncrement() != number) {
            return null;
          }
          if (effect) {
            stub.pass(request);
          }
          return Reply.error(503, "backendError", "Backend Error");
        };
  }

  @Test
  void aSessionThatIsGoneIsSaid() throws Exception {
    byte[] content = pattern(2 * CHUNK + 5);
    try (Store store = open();
        StoreOutput output = store.create("file.asb")) {
      output.write(content, 0, CHUNK + 1);
      stub.forgetSessions();
      assertThat(
              failure(
                  StoreException.Kind.TRANSIENT,
                  () -> {
                    output.write(content, CHUNK + 1, CHUNK);
                    output.commit();
                  }))
          .hasMessageContaining("the upload is lost, its session is gone")
          .hasMessageNotContaining("secret-");
    }
    assertThat(stub.keys()).isEmpty();
  }

  @Test
  void aSessionThatDidItsWorkMayBeForgotten() throws Exception {
    byte[] content = pattern(CHUNK + 5);
    stub.before =
        request -> {
          if (!request.header("Content-Range").endsWith("/" + content.length)) {
            return null;
          }
          stub.before = other -> null;
          stub.pass(request);
          stub.forgetSessions();
          return Reply.error(500, "backendError", "Backend Error");
        };
    try (Store store = open()) {
      write(store, "file.asb", content);
      assertThat(store.get("file.asb")).isEqualTo(content);
    }
  }

  @Test
  void aSessionThatFoundAnothersObjectMayBeForgotten() throws Exception {
    byte[] content = pattern(CHUNK + 5);
    try (Store store = open();
        StoreOutput output = store.create("file.asb")) {
      output.write(content, 0, content.length);
      stub.before =
          request -> {
            if (!request.header("Content-Range").endsWith("/" + content.length)) {
              return null;
            }
            stub.before = other -> null;
            stub.overwrite("x/file.asb", pattern(3));
            stub.forgetSessions();
            return Reply.error(500, "backendError", "Backend Error");
          };
      failure(StoreException.Kind.EXISTS, output::commit);
    }
    assertThat(stub.keys()).containsExactly("x/file.asb");
  }

  @Test
  void aFileThatIsGivenUpEndsItsSession() throws Exception {
    byte[] content = pattern(2 * CHUNK + 5);
    try (Store store = open()) {
      try (StoreOutput output = store.create("file.asb")) {
        output.write(content, 0, content.length);
      }
    }
    assertThat(stub.requests("DELETE", "/upload/")).hasSize(1);
    assertThat(stub.openSessions()).isZero();
    assertThat(stub.keys()).isEmpty();
  }

  @Test
  void aFileThatCameToBeBeforeItWasGivenUpIsDeleted() throws Exception {
    byte[] content = pattern(CHUNK + 5);
    stub.before =
        request -> {
          if (request.header("Content-Range").endsWith("/" + content.length)) {
            stub.pass(request);
            return Reply.error(403, "forbidden", "No more.");
          }
          return null;
        };
    try (Store store = open()) {
      failure(StoreException.Kind.DENIED, () -> write(store, "file.asb", content));
    }
    assertThat(stub.keys()).isEmpty();
  }

  @Test
  void refusalsSayWhatTheStoreSays() throws Exception {
    try (Store store = open()) {
      refuse(403, "forbidden", "a@b does not have storage.objects.get access.");
      assertThat(failure(StoreException.Kind.DENIED, () -> store.get("file")))
          .hasMessageContaining("403 forbidden: a@b does not have storage.objects.get access.");
      refuse(403, "retentionPolicyNotMet", "is subject to the bucket's retention policy");
      assertThat(failure(StoreException.Kind.DENIED, () -> store.delete("file")))
          .hasMessageContaining("retention policy");
      refuse(401, "required", "Anonymous caller does not have access.");
      failure(StoreException.Kind.DENIED, () -> store.get("file"));
      refuse(400, "invalid", "Invalid\\nbucket name");
      assertThat(failure(StoreException.Kind.OTHER, () -> store.list("")))
          .hasMessageContaining("400 invalid: Invalid bucket name");
      refuse(404, "notFound", "The specified bucket does not exist.");
      assertThat(failure(StoreException.Kind.NOT_FOUND, () -> store.get("file")))
          .hasMessageContaining("no such bucket");
      refuse(403, "rateLimitExceeded", "Slow down");
      assertThat(failure(StoreException.Kind.TRANSIENT, () -> store.get("file")))
          .hasMessageContaining("too many requests")
          .hasMessageContaining("tried 6 times");
    }
  }

  private void refuse(int status, String reason, String message) {
    stub.before = request -> Reply.error(status, reason, message);
  }

  @Test
  void passingErrorsPass() throws Exception {
    for (int status : new int[] {408, 409, 429, 500, 502, 503, 504}) {
      AtomicInteger times = new AtomicInteger(2);
      stub.before =
          request ->
              times.getAndDecrement() > 0
                  ? Reply.error(status, "backendError", "Later").with("Retry-After", "0")
                  : null;
      try (Store store = open()) {
        store.put("file", pattern(10));
        assertThat(store.get("file")).as("status %s", status).isEqualTo(pattern(10));
      }
      assertThat(times.get()).isNegative();
    }
  }

  @Test
  void whatIsNoAnswerOfTheStoreIsSaid() throws Exception {
    stub.before = request -> new Reply(200, Map.of(), "<html>Log in</html>".getBytes());
    try (Store store = open()) {
      assertThat(failure(StoreException.Kind.OTHER, () -> store.list("")))
          .hasMessageContaining("no JSON");
    }
  }

  @Test
  void encodedObjectsAreRefused() throws Exception {
    stub.overwrite("x/file", pattern(100));
    stub.before =
        request ->
            request.query().containsKey("alt")
                ? new Reply(200, Map.of(), pattern(100))
                    .with("X-Goog-Stored-Content-Encoding", "gzip")
                : null;
    try (Store store = open()) {
      assertThat(failure(StoreException.Kind.OTHER, () -> store.get("file")))
          .hasMessageContaining("content encoding gzip");
    }
  }

  @Test
  void aBodyThatWasReadLeavesItsConnectionToTheNextRequest() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        Store store =
            Fixture.open("gs://bucket/x", settings("http://127.0.0.1:" + server.getLocalPort()))) {
      Future<?> served =
          CompletableFuture.runAsync(
              () -> {
                try (Socket socket = server.accept()) {
                  for (int i = 0; i < 3; i++) {
                    answer(socket, 5, "01234");
                  }
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      for (int i = 0; i < 3; i++) {
        assertThat(store.get("file")).asString().isEqualTo("01234");
      }
      served.get();
    }
  }

  @Test
  void aBodyThatIsClosedEarlyEndsItsConnection() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        Store store =
            Fixture.open("gs://bucket/x", settings("http://127.0.0.1:" + server.getLocalPort()))) {
      Future<Boolean> ended =
          CompletableFuture.supplyAsync(
              () -> {
                try (Socket socket = server.accept()) {
                  answer(socket, Long.MAX_VALUE / 2, "x".repeat(1 << 20));
                  return socket.getInputStream().read() < 0;
                } catch (IOException e) {
                  // A reset is an end, too.
                  return true;
                }
              });
      try (InputStream in = store.read("file", 0)) {
        assertThat(in.readNBytes(10)).asString().isEqualTo("xxxxxxxxxx");
        assertThat(ended).isNotDone();
      }
      assertThat(ended.get()).isTrue();
    }
  }

  /** Reads a request, and sends the start of a body. */
  private static void answer(Socket socket, long length, String begin) throws IOException {
    socket.getInputStream().read(new byte[10_000]);
    String head = "HTTP/1.1 200 OK\r\nX-Goog-Generation: 1\r\nContent-Length: " + length;
    byte[] bytes = (head + "\r\n\r\n" + begin).getBytes(StandardCharsets.US_ASCII);
    socket.getOutputStream().write(bytes);
  }
}
