package org.asbeam.storage.azure;

import static org.asbeam.storage.azure.Azurite.failure;
import static org.asbeam.storage.azure.Azurite.open;
import static org.asbeam.storage.azure.Azurite.pattern;
import static org.asbeam.storage.azure.Azurite.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreException.Kind;
import org.asbeam.storage.StoreOutput;
import org.asbeam.storage.testing.AzuriteServer;
import org.asbeam.storage.testing.Dialect;
import org.asbeam.storage.testing.Fault;
import org.asbeam.storage.testing.FaultyProxy;
import org.asbeam.storage.testing.ProxyRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AzureFaultsTest {
  private static final Predicate<ProxyRequest> PUTS = r -> r.method().equals("PUT");
  private static final Predicate<ProxyRequest> COMPLETIONS =
      PUTS.and(r -> r.path().contains("comp=blocklist"));
  private static final String[] SMALL_BLOCKS = {AzureSettings.BLOCK_SIZE, "65536"};

  private static AzuriteServer azurite;
  private FaultyProxy proxy;
  private AzuriteServer server;
  private String folder;

  @BeforeAll
  static void startServer() {
    azurite = Azurite.server();
  }

  @BeforeEach
  void startProxy() {
    proxy = FaultyProxy.start(azurite.endpoint());
    server = azurite.through(proxy);
    folder = azurite.newFolder();
  }

  @AfterEach
  void stopProxy() {
    proxy.close();
  }

  /** Does something to the first request of a kind. */
  private void once(Predicate<ProxyRequest> which, Fault fault) {
    AtomicBoolean done = new AtomicBoolean();
    proxy.resetCounts();
    proxy.rules(
        request -> which.test(request) && done.compareAndSet(false, true) ? fault : Fault.PASS);
  }

  @Test
  void aBadNetworkChangesNothing() throws Exception {
    try (Store store =
        open(
            server,
            folder,
            AzureSettings.BLOCK_SIZE,
            "65536",
            AzureSettings.UPLOAD_CONCURRENCY,
            "2",
            "azure-retry-read-max-attempts",
            "50")) {
      store.list("");
      for (int seed = 0; seed < 6; seed++) {
        proxy.rules(FaultyProxy.randomly(Dialect.AZURE, seed, 0.25, 0.1));
        String name = "f" + seed;
        byte[] content = pattern(500_000, seed);
        write(store, "blocks/" + name, content);
        assertThat(store.putIfAbsent("small/" + name, pattern(1000, seed))).isTrue();
        assertThat(store.putIfAbsent("small/" + name, pattern(1000, 99))).isFalse();
        store.put("put/" + name, pattern(2000, seed));
        assertThat(store.get("blocks/" + name)).isEqualTo(content);
        assertThat(store.get("small/" + name)).isEqualTo(pattern(1000, seed));
        assertThat(store.get("put/" + name)).isEqualTo(pattern(2000, seed));
        assertThat(store.list("blocks")).hasSize(seed + 1);
        try (InputStream in = store.read("blocks/" + name, 123_456)) {
          assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 123_456, 500_000));
        }
        store.delete("put/" + name);
        assertThat(store.list("put")).isEmpty();
      }
    }
    assertThat(proxy.faults()).containsKeys("status 500", "status 503", "drop request");
    assertThat(proxy.faults()).containsKeys("drop response", "cut response");
  }

  @Test
  void aPutWhoseAnswerIsLostIsOurs() throws Exception {
    try (Store store = open(server, folder)) {
      once(PUTS, Fault.dropResponse());
      assertThat(store.putIfAbsent("receipt", pattern(10, 1))).isTrue();
      assertThat(proxy.faults()).isEqualTo(Map.of("drop response", 1L));
      assertThat(store.putIfAbsent("receipt", pattern(10, 2))).isFalse();
      assertThat(store.get("receipt")).isEqualTo(pattern(10, 1));
    }
  }

  @Test
  void aCompletionWhoseAnswerIsLostIsOurs() throws Exception {
    for (boolean replace : new boolean[] {false, true}) {
      try (Store store = open(server, folder, SMALL_BLOCKS);
          StoreOutput output = store.createWhole("file" + replace, replace)) {
        output.write(pattern(200_000, 1), 0, 200_000);
        once(COMPLETIONS, Fault.dropResponse());
        output.commit();
        assertThat(proxy.faults()).isEqualTo(Map.of("drop response", 1L));
        assertThat(store.get("file" + replace)).isEqualTo(pattern(200_000, 1));
      }
    }
  }

  @Test
  void ofRacersWithLostAnswersOneWins() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try (Store store = open(server, folder, SMALL_BLOCKS)) {
      store.list("");
      proxy.rules(
          request ->
              PUTS.test(request) && request.number() % 3 != 0 ? Fault.dropResponse() : Fault.PASS);
      for (int race = 0; race < 10; race++) {
        String name = "race-" + race;
        CyclicBarrier start = new CyclicBarrier(3);
        List<Future<Boolean>> racers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          // One of them writes by one request, the others in blocks.
          byte[] content = pattern(i == 0 ? 1000 : 150_000, i);
          racers.add(
              threads.submit(
                  () -> {
                    start.await();
                    try {
                      write(store, name, content);
                      return true;
                    } catch (StoreException e) {
                      assertThat(e.kind()).as(e.getMessage()).isEqualTo(Kind.EXISTS);
                      return false;
                    }
                  }));
        }
        List<Integer> winners = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          if (racers.get(i).get()) {
            winners.add(i);
          }
        }
        assertThat(winners).hasSize(1);
        int winner = winners.get(0);
        assertThat(store.get(name)).isEqualTo(pattern(winner == 0 ? 1000 : 150_000, winner));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aBodyThatIsCutIsReadOn() throws Exception {
    byte[] content = pattern(3_000_000, 1);
    try (Store store = open(server, folder)) {
      store.put("file", content);
      proxy.rules(
          request ->
              request.method().equals("GET") && request.number() % 3 != 2
                  ? Fault.cutResponseAfter(700_001)
                  : Fault.PASS);
      assertThat(store.get("file")).isEqualTo(content);
      assertThat(proxy.faults()).containsKey("cut response");
    }
  }

  @Test
  void aFileThatChangesWhileItIsReadIsAnError() throws Exception {
    try (Store direct = open(azurite, folder);
        Store store = open(server, folder)) {
      direct.put("file", pattern(3_000_000, 1));
      proxy.rules(
          request -> request.number() == 0 ? Fault.cutResponseAfter(2_000_000) : change(direct));
      try (InputStream in = store.read("file", 0)) {
        assertThat(failure(Kind.EXISTS, in::readAllBytes)).hasMessageContaining("it has changed");
      }
    }
  }

  /** Writes another content just before a request is passed on. */
  private static Fault change(Store store) {
    try {
      store.put("file", pattern(3_000_000, 2));
      return Fault.PASS;
    } catch (StoreException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anAnswerThatDoesNotComeIsNotWaitedFor() throws Exception {
    try (Store store =
        open(
            server,
            folder,
            AzureSettings.REQUEST_TIMEOUT,
            "PT0.5S",
            AzureSettings.RETRY_MAX_ATTEMPTS,
            "2")) {
      store.list("");
      once(PUTS, Fault.hang());
      store.put("file", pattern(100_000, 1));
      assertThat(store.get("file")).isEqualTo(pattern(100_000, 1));
      proxy.rules(request -> Fault.hang());
      assertThat(failure(Kind.TRANSIENT, () -> store.get("file")))
          .hasMessageContaining("no answer")
          .hasMessageContaining("tried 2 times");
    }
  }

  @Test
  void aRefusalToDeleteIsSaid() throws Exception {
    try (Store store = open(server, folder)) {
      store.put("file", new byte[1]);
      proxy.rules(FaultyProxy.denyDeletes(Dialect.AZURE));
      assertThat(failure(Kind.DENIED, () -> store.delete("file")))
          .hasMessageContaining("AuthorizationPermissionMismatch");
      store.delete("nothing");
    }
  }
}
