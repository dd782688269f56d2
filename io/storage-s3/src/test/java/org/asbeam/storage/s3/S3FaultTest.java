package org.asbeam.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreOutput;
import org.asbeam.storage.testing.Dialect;
import org.asbeam.storage.testing.Fault;
import org.asbeam.storage.testing.FaultRules;
import org.asbeam.storage.testing.FaultyProxy;
import org.asbeam.storage.testing.ProxyRequest;
import org.asbeam.storage.testing.S3ProxyServer;
import org.asbeam.storage.testing.StoreKind;
import org.asbeam.storage.testing.StoreServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S3 that fails as networks and busy stores do. */
class S3FaultTest {
  private static final byte[] SMALL = "small".getBytes(StandardCharsets.UTF_8);

  private static S3ProxyServer server;
  private FaultyProxy proxy;
  private Bucket bucket;
  private Store store;

  @BeforeAll
  static void startServer() {
    StoreServers.require(StoreKind.S3);
    server = S3ProxyServer.shared();
  }

  @BeforeEach
  void openStore() throws Exception {
    proxy = FaultyProxy.start(server.endpoint());
    bucket = Bucket.on(server.through(proxy));
    store = bucket.open();
  }

  @AfterEach
  void closeStore() {
    store.close();
    proxy.close();
  }

  /** What hits the first so many requests of a kind. */
  private static FaultRules first(int count, Predicate<ProxyRequest> which, Fault fault) {
    AtomicInteger hits = new AtomicInteger();
    return request -> which.test(request) && hits.incrementAndGet() <= count ? fault : Fault.PASS;
  }

  private static boolean isPut(ProxyRequest request) {
    return request.method().equals("PUT");
  }

  private static boolean isGet(ProxyRequest request) {
    return request.method().equals("GET");
  }

  @Test
  void errorsInsideTheStorePass() throws Exception {
    proxy.rules(first(5, S3FaultTest::isPut, Dialect.S3.broken()));
    assertThat(store.putIfAbsent("file", SMALL)).isTrue();
    assertThat(proxy.faults()).containsEntry("status 500", 5L);
  }

  @Test
  void throttlesPass() throws Exception {
    proxy.rules(first(5, request -> true, Dialect.S3.throttled()));
    store.put("file", SMALL);
    assertThat(proxy.faults()).containsEntry("status 503", 5L);
    assertThat(store.get("file")).isEqualTo(SMALL);
  }

  @Test
  void whoFailsTooOftenIsGivenUp() throws Exception {
    proxy.rules(first(1000, request -> true, Dialect.S3.throttled()));
    try (Store impatient = bucket.with("s3-retry-max-attempts", "4").open()) {
      assertThat(Bucket.failure(StoreException.Kind.TRANSIENT, () -> impatient.list("")))
          .hasMessageContaining("SlowDown, HTTP 503: Please reduce your request rate")
          .hasMessageContaining("tried 4 times");
    }
    assertThat(proxy.requestCount()).as("the SDK tries nothing by itself").isEqualTo(4);
  }

  @Test
  void droppedConnectionsPass() throws Exception {
    proxy.rules(first(3, request -> true, Fault.dropRequest()));
    store.put("file", SMALL);
    proxy.rules(first(3, S3FaultTest::isGet, Fault.dropResponse()));
    assertThat(store.get("file")).isEqualTo(SMALL);
    assertThat(proxy.faults()).containsEntry("drop request", 3L).containsEntry("drop response", 3L);
  }

  @Test
  void anExclusivePutWhoseAnswerIsLostIsOurOwn() throws Exception {
    proxy.rules(first(1, S3FaultTest::isPut, Fault.dropResponse()));
    assertThat(store.putIfAbsent("file", SMALL)).isTrue();
    assertThat(proxy.faults()).containsEntry("drop response", 1L);
    assertThat(proxy.requests()).as("tried again").containsEntry("PUT", 2L);
    assertThat(store.putIfAbsent("file", SMALL)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCompletionWhoseAnswerIsLostIsOurOwn(boolean exclusive) throws Exception {
    byte[] content = Bucket.content(2 * Bucket.PART + 1, 3);
    proxy.rules(first(1, Wire::isCompletion, Fault.dropResponse()));
    try (StoreOutput output = store.createWhole("large.asb", !exclusive)) {
      output.write(content, 0, content.length);
      output.commit();
    }
    assertThat(proxy.faults()).containsEntry("drop response", 1L);
    assertThat(store.get("large.asb")).isEqualTo(content);
  }

  /** S3Proxy answers a repeated completion as the first one; S3 does that only for a while. */
  @ParameterizedTest
  @CsvSource({
    "404, NoSuchUpload, true",
    "404, NoSuchUpload, false",
    "412, PreconditionFailed, true"
  })
  void theTokenTellsThatACompletionWasOurOwn(int status, String code, boolean exclusive)
      throws Exception {
    byte[] content = Bucket.content(Bucket.PART + 1, 3);
    AtomicInteger completions = new AtomicInteger();
    Fault refusal = refusal(status, code);
    proxy.rules(
        request -> {
          if (!Wire.isCompletion(request)) {
            return Fault.PASS;
          }
          return completions.incrementAndGet() == 1 ? Fault.dropResponse() : refusal;
        });
    try (StoreOutput output = store.createWhole("large.asb", !exclusive)) {
      output.write(content, 0, content.length);
      output.commit();
    }
    assertThat(completions).hasValue(2);
    assertThat(store.get("large.asb")).isEqualTo(content);
  }

  @Test
  void aCompletionThatLostIsNotTakenForOurOwn() throws Exception {
    byte[] content = Bucket.content(Bucket.PART + 1, 3);
    try (StoreOutput output = store.create("large.asb")) {
      output.write(content, 0, content.length);
      store.put("large.asb", SMALL);
      proxy.rules(first(1, Wire::isCompletion, refusal(412, "PreconditionFailed")));
      Bucket.failure(
          StoreException.Kind.EXISTS,
          () -> {
            output.commit();
            return null;
          });
    }
    assertThat(store.get("large.asb")).isEqualTo(SMALL);
  }

  private static Fault refusal(int status, String code) {
    return Fault.status(
        status,
        Map.of("Content-Type", "application/xml"),
        "<Error><Code>" + code + "</Code><Message>No.</Message></Error>");
  }

  @Test
  void aPartWhoseAnswerIsLostIsSentAgain() throws Exception {
    byte[] content = Bucket.content(3 * Bucket.PART + 1, 4);
    proxy.rules(first(2, S3FaultTest::isPut, Fault.dropResponse()));
    Bucket.write(store, "large.asb", content);
    assertThat(proxy.requests()).containsEntry("PUT", 6L);
    assertThat(store.get("large.asb")).isEqualTo(content);
  }

  @Test
  void anErrorInsideASuccessIsAnError() throws Exception {
    byte[] content = Bucket.content(Bucket.PART + 1, 5);
    String error =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<Error><Code>InternalError</Code><Message>We broke.</Message></Error>";
    proxy.rules(
        first(
            2,
            Wire::isCompletion,
            Fault.status(200, Map.of("Content-Type", "application/xml"), error)));
    Bucket.write(store, "large.asb", content);
    assertThat(proxy.faults()).containsEntry("status 200", 2L);
    assertThat(store.get("large.asb")).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   \n", "<html><body>Log in!</body></html>"})
  void aSuccessThatSaysNothingIsNone(String answer) throws Exception {
    byte[] content = Bucket.content(Bucket.PART + 1, 5);
    Fault nothing = Fault.status(200, Map.of("Content-Type", "application/xml"), answer);
    proxy.rules(
        first(2, Wire::isCompletion, nothing)
            .or(first(2, S3FaultTest::isPut, nothing))
            .or(first(2, request -> request.path().contains("list-type"), nothing)));
    Bucket.write(store, "large.asb", content);
    assertThat(store.get("large.asb")).isEqualTo(content);
    assertThat(store.putIfAbsent("small", SMALL)).isTrue();
    assertThat(store.list("")).hasSize(2);
    assertThat(proxy.faults()).containsEntry("status 200", 6L);
  }

  @Test
  void whatIsNoS3IsGivenUpSoon() throws Exception {
    proxy.rules(request -> Fault.status(200, Map.of(), "<html>Welcome!<br></html>"));
    assertThat(Bucket.failure(StoreException.Kind.TRANSIENT, () -> store.list("")))
        .hasMessageContaining("does not speak S3's protocol")
        .hasMessageContaining("tried 3 times");
  }

  @Test
  void aConflictOfConditionsPasses() throws Exception {
    String error =
        "<Error><Code>ConditionalRequestConflict</Code><Message>Conflict</Message></Error>";
    proxy.rules(
        first(
            2,
            S3FaultTest::isPut,
            Fault.status(409, Map.of("Content-Type", "application/xml"), error)));
    assertThat(store.putIfAbsent("file", SMALL)).isTrue();
    assertThat(proxy.faults()).containsEntry("status 409", 2L);
  }

  @Test
  void anErrorWithoutABodyHasItsStatus() throws Exception {
    proxy.rules(first(1, request -> true, Fault.status(403, Map.of(), "")));
    assertThat(Bucket.failure(StoreException.Kind.DENIED, () -> store.size("file")))
        .hasMessageContaining("HTTP 403");
    proxy.rules(first(1, request -> true, Fault.status(502, Map.of(), "<html>Bad Gateway</html>")));
    assertThat(store.list("")).isEmpty();
    assertThat(proxy.faults()).containsEntry("status 502", 1L);
  }

  @Test
  void aBodyThatIsCutIsReadOn() throws Exception {
    byte[] content = Bucket.content(3_000_000, 6);
    store.put("file", content);
    proxy.rules(first(2, S3FaultTest::isGet, Fault.cutResponseAfter(1_000_000)));
    assertThat(store.get("file")).isEqualTo(content);
    assertThat(proxy.faults()).containsEntry("cut response", 2L);
    proxy.rules(first(1, S3FaultTest::isGet, Fault.cutResponseAfter(700_000)));
    try (var in = store.read("file", 500_000)) {
      assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 500_000, content.length));
    }
    assertThat(proxy.faults()).containsEntry("cut response", 3L);
  }

  @Test
  void aListingThatIsCutIsReadAgain() throws Exception {
    for (int i = 0; i < 20; i++) {
      store.put("file" + i, SMALL);
    }
    proxy.rules(first(2, S3FaultTest::isGet, Fault.cutResponseAfter(500)));
    assertThat(store.list("")).hasSize(20);
    assertThat(proxy.faults()).containsEntry("cut response", 2L);
  }

  @Test
  void nothingIsReadOnOfAnotherContent() throws Exception {
    byte[] content = Bucket.content(3_000_000, 6);
    store.put("file", content);
    proxy.rules(first(1, S3FaultTest::isGet, Fault.cutResponseAfter(1_000_000)));
    try (var in = store.read("file", 0)) {
      in.readNBytes(500_000);
      store.put("file", Bucket.content(3_000_000, 7));
      Bucket.failure(StoreException.Kind.EXISTS, in::readAllBytes);
    }
  }

  @Test
  void whatHangsEndsByTheLimit() throws Exception {
    // Loading the SDK takes longer than that limit.
    store.put("file", SMALL);
    proxy.resetCounts();
    proxy.rules(request -> Fault.hang());
    try (Store impatient =
        bucket.with("s3-request-timeout", "PT0.5S").with("s3-retry-max-attempts", "2").open()) {
      assertThat(Bucket.failure(StoreException.Kind.TRANSIENT, () -> impatient.list("")))
          .hasMessageContaining("tried 2 times");
      assertThat(proxy.requestCount()).isEqualTo(2);
    }
  }

  @Test
  void aThousandCutsLoseNothing() throws Exception {
    proxy.rules(FaultyProxy.randomly(Dialect.S3, 20_261_127, 0.25, 0.1));
    byte[] large = Bucket.content(2 * Bucket.PART + 100, 8);
    try (Store concurrent =
        bucket.with("s3-upload-concurrency", "2").with("s3-retry-read-max-attempts", "30").open()) {
      for (int i = 0; i < 5; i++) {
        Bucket.write(concurrent, "large" + i, large);
        assertThat(concurrent.get("large" + i)).isEqualTo(large);
      }
      for (int i = 0; i < 100; i++) {
        assertThat(concurrent.putIfAbsent("small" + i, Bucket.content(100, i))).isTrue();
        assertThat(concurrent.putIfAbsent("small" + i, SMALL)).isFalse();
        assertThat(concurrent.get("small" + i)).isEqualTo(Bucket.content(100, i));
      }
      assertThat(concurrent.list("")).hasSize(105);
    }
    assertThat(proxy.faultCount()).isGreaterThan(50);
  }

  @Test
  void ofRacersWhoseAnswersAreLostOneWins() throws Exception {
    // Every second answer to a write is lost, after the effect.
    AtomicInteger writes = new AtomicInteger();
    proxy.rules(
        request ->
            (isPut(request) || Wire.isCompletion(request)) && writes.incrementAndGet() % 2 == 0
                ? Fault.dropResponse()
                : Fault.PASS);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      for (int race = 0; race < 20; race++) {
        // Some of one request, some of several.
        int size = race % 4 == 0 ? Bucket.PART + 10 : 1000;
        String name = "race" + race;
        CyclicBarrier start = new CyclicBarrier(3);
        List<Future<Boolean>> racers = new ArrayList<>();
        for (int racer = 0; racer < 3; racer++) {
          byte[] content = Bucket.content(size, racer);
          racers.add(
              threads.submit(
                  () -> {
                    start.await();
                    try {
                      Bucket.write(store, name, content);
                      return true;
                    } catch (StoreException e) {
                      assertThat(e.kind()).as(e.getMessage()).isEqualTo(StoreException.Kind.EXISTS);
                      return false;
                    }
                  }));
        }
        List<Integer> winners = new ArrayList<>();
        for (int racer = 0; racer < 3; racer++) {
          if (racers.get(racer).get()) {
            winners.add(racer);
          }
        }
        assertThat(winners).as(name).hasSize(1);
        assertThat(store.get(name)).isEqualTo(Bucket.content(size, winners.get(0)));
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(proxy.faultCount()).isGreaterThan(20);
  }
}
