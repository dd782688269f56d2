package org.asbeam.storage.gcs;

import static org.asbeam.storage.gcs.Fixture.CHUNK;
import static org.asbeam.storage.gcs.Fixture.failure;
import static org.asbeam.storage.gcs.Fixture.pattern;
import static org.asbeam.storage.gcs.Fixture.settings;
import static org.asbeam.storage.gcs.Fixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.testing.Dialect;
import org.asbeam.storage.testing.Fault;
import org.asbeam.storage.testing.FaultyProxy;
import org.asbeam.storage.testing.ProxyRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A network that fails. Behind it is the stub: fake-gcs-server appends a chunk that comes again,
 * and takes a question for the state of an upload for its end.
 */
@Timeout(180)
final class GcsFaultTest {
  private StubGcs stub;
  private FaultyProxy proxy;

  @BeforeEach
  void start() {
    stub = StubGcs.start();
    proxy = FaultyProxy.start(stub.endpoint());
  }

  @AfterEach
  void stop() {
    proxy.close();
    stub.close();
  }

  private StoreSettings throughProxy() {
    return settings(proxy.endpoint()).with(GcsSettings.ATTEMPTS, "30");
  }

  private Store open() throws StoreException {
    return Fixture.open(stub.folder(), throughProxy());
  }

  /** Does something to the first request of a kind. */
  private void once(Predicate<ProxyRequest> kind, Fault fault) {
    int[] times = {0};
    proxy.rules(
        request -> {
          synchronized (times) {
            return kind.test(request) && times[0]++ == 0 ? fault : Fault.PASS;
          }
        });
  }

  private static boolean isPut(ProxyRequest request) {
    return request.path().contains("uploadType=multipart");
  }

  private static boolean isLast(ProxyRequest request) {
    return request.headers().getOrDefault("Content-Range", "").matches("bytes \\d.*/\\d+");
  }

  @Test
  void aPutWhoseAnswerWasLostIsOurs() throws Exception {
    once(GcsFaultTest::isPut, Fault.dropResponse());
    try (Store store = open()) {
      assertThat(store.putIfAbsent("file", pattern(10))).isTrue();
      assertThat(store.putIfAbsent("file", pattern(11))).isFalse();
      assertThat(store.get("file")).isEqualTo(pattern(10));
    }
    assertThat(proxy.faultCount()).isEqualTo(1);
  }

  @Test
  void anUploadWhoseLastAnswerWasLostIsOurs() throws Exception {
    once(GcsFaultTest::isLast, Fault.dropResponse());
    byte[] content = pattern(3 * CHUNK + 1);
    try (Store store = open()) {
      write(store, "file", content);
      assertThat(store.get("file")).isEqualTo(content);
      failure(StoreException.Kind.EXISTS, () -> write(store, "file", content));
    }
    assertThat(proxy.faultCount()).isEqualTo(1);
    assertThat(stub.openSessions()).isZero();
  }

  @Test
  void anEmptyFileWhoseAnswerWasLostIsOurs() throws Exception {
    once(GcsFaultTest::isPut, Fault.dropResponse());
    try (Store store = open()) {
      write(store, "file", new byte[0]);
      assertThat(store.size("file")).isZero();
    }
  }

  @Test
  void everyRequestOfAnUploadMayFailInEveryWay() throws Exception {
    byte[] content = pattern(3 * CHUNK + 1);
    List<Fault> faults =
        List.of(
            Fault.dropRequest(),
            Fault.dropResponse(),
            Dialect.GCS.broken(),
            Dialect.GCS.throttled(),
            Fault.status(503, Map.of("Retry-After", "0"), "upstream connect error"));
    for (Fault fault : faults) {
      // Looking for it, the session, four chunks.
      for (int failing = 0; failing < 6; failing++) {
        int number = failing;
        String name = fault.label() + "-" + failing;
        proxy.rules(request -> request.number() == number ? fault : Fault.PASS);
        try (Store store = open()) {
          write(store, name, content);
          assertThat(store.get(name)).as(name).isEqualTo(content);
        }
      }
    }
    assertThat(proxy.faultCount()).isEqualTo(faults.size() * 6L);
  }

  @Test
  void bodiesThatAreCutAreReadOn() throws Exception {
    byte[] content = pattern(5 << 20);
    stub.overwrite("x/file", content);
    proxy.rules(
        request ->
            request.path().contains("alt=media") ? Fault.cutResponseAfter(700_000) : Fault.PASS);
    try (Store store = open()) {
      assertThat(store.get("file")).isEqualTo(content);
      try (InputStream in = store.read("file", 1)) {
        assertThat(in.readAllBytes()).hasSize(content.length - 1);
      }
    }
    assertThat(proxy.faultCount()).isGreaterThan(10);
  }

  @Test
  void aRequestIsMadeAsOftenAsWasSaid() throws Exception {
    stub.overwrite("x/file", pattern(10));
    try (Store store =
        Fixture.open(stub.folder(), throughProxy().with(GcsSettings.ATTEMPTS, "1"))) {
      for (Fault fault : List.of(Fault.dropRequest(), Fault.dropResponse())) {
        assertThat(store.size("file")).isEqualTo(10);
        once(request -> true, fault);
        failure(StoreException.Kind.TRANSIENT, () -> store.size("file"));
      }
    }
  }

  @Test
  void aBodyThatNeverComesFails() throws Exception {
    stub.overwrite("x/file", pattern(5 << 20));
    proxy.rules(
        request -> request.path().contains("alt=media") ? Fault.cutResponseAfter(0) : Fault.PASS);
    try (Store store = open()) {
      assertThat(failure(StoreException.Kind.TRANSIENT, () -> store.get("file")))
          .hasMessageContaining("tried 3 times");
    }
  }

  @Test
  void aServerThatHangsIsLeft() throws Exception {
    proxy.rules(request -> Fault.hang());
    try (Store store =
        Fixture.open(
            stub.folder(),
            throughProxy()
                .with(GcsSettings.ATTEMPTS, "2")
                .with(GcsSettings.REQUEST_TIMEOUT, "PT0.2S"))) {
      assertThat(failure(StoreException.Kind.TRANSIENT, () -> store.list("")))
          .hasMessageContaining("no answer");
      assertThat(failure(StoreException.Kind.TRANSIENT, () -> store.put("file", pattern(10))))
          .hasMessageContaining("no answer");
      once(request -> true, Fault.hang());
      store.put("file", pattern(10));
      // A chunk that hangs is abandoned, and sent by another request.
      once(GcsFaultTest::isLast, Fault.hang());
      write(store, "long", pattern(2 * CHUNK + 1));
      proxy.rules(request -> Fault.PASS);
      assertThat(store.get("long")).isEqualTo(pattern(2 * CHUNK + 1));
    }
  }

  @Test
  void anAnswerThatTricklesInIsLeft() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        Store store =
            Fixture.open(
                stub.folder(),
                settings("http://127.0.0.1:" + server.getLocalPort())
                    // The next request waits for the connection of the one that was abandoned.
                    .with(GcsSettings.CONNECTIONS, "1")
                    .with(GcsSettings.REQUEST_TIMEOUT, "PT0.5S"))) {
      Future<?> trickle = threads.submit(() -> trickle(server.accept()));
      Future<?> answer = threads.submit(() -> answerOnce(trickle, server));
      assertThat(store.list("")).isEmpty();
      answer.get();
    } finally {
      threads.shutdownNow();
    }
  }

  /** Sends an answer that has no end, until the other side has enough. */
  private static Void trickle(Socket socket) throws Exception {
    try (socket) {
      socket.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
      while (true) {
        socket.getOutputStream().write('x');
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (SocketException e) {
      return null;
    }
  }

  private static Void answerOnce(Future<?> before, ServerSocket server) throws Exception {
    before.get();
    try (Socket socket = server.accept()) {
      socket.getInputStream().read(new byte[10_000]);
      String ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
      socket.getOutputStream().write(ok.getBytes(StandardCharsets.US_ASCII));
    }
    return null;
  }

  @Test
  void ofRacersInAStormOneWins() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int race = 0; race < 12; race++) {
        proxy.rules(FaultyProxy.randomly(Dialect.GCS, race, 0.15, 0.05));
        List<Future<Integer>> racers = new ArrayList<>();
        String name = "race-" + race;
        for (int racer = 0; racer < 4; racer++) {
          byte[] content = pattern(racer % 2 == 0 ? 2 * CHUNK + 1 + racer : 10 + racer);
          racers.add(threads.submit(() -> create(name, content) ? content.length : 0));
        }
        List<Integer> winners = new ArrayList<>();
        for (Future<Integer> racer : racers) {
          if (racer.get() > 0) {
            winners.add(racer.get());
          }
        }
        proxy.rules(request -> Fault.PASS);
        try (Store store = open()) {
          assertThat(winners).as(name).hasSize(1);
          assertThat(store.get(name)).isEqualTo(pattern(winners.get(0)));
        }
      }
      assertThat(proxy.faultCount()).isGreaterThan(20);
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean create(String name, byte[] content) throws StoreException {
    try (Store store = open()) {
      write(store, name, content);
      return true;
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.EXISTS) {
        throw e;
      }
      return false;
    }
  }

  @Test
  void refusedDeletesAreSaid() throws Exception {
    proxy.rules(FaultyProxy.denyDeletes(Dialect.GCS));
    try (Store store = open()) {
      store.put("file", pattern(10));
      assertThat(failure(StoreException.Kind.DENIED, () -> store.delete("file")))
          .hasMessageContaining("storage.objects.delete");
    }
  }
}
