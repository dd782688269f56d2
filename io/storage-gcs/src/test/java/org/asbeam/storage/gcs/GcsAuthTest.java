package org.asbeam.storage.gcs;

import static org.asbeam.storage.gcs.Fixture.failure;
import static org.asbeam.storage.gcs.Fixture.pattern;
import static org.asbeam.storage.gcs.Fixture.settings;
import static org.asbeam.storage.gcs.Fixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreOutput;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.gcs.StubGcs.Reply;
import org.asbeam.storage.remote.Problem;
import org.asbeam.storage.secrets.Secrets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys, tokens, and who gets in with them. */
@Timeout(120)
final class GcsAuthTest {
  private static final String ALICE = "alice@p.iam.gserviceaccount.com";
  private static final String BOB = "bob@p.iam.gserviceaccount.com";

  private StubGcs stub;
  @TempDir Path folder;

  @BeforeEach
  void start() {
    stub = StubGcs.start();
    stub.tokens = Set.of("Bearer alices-token");
    stub.account(ALICE, "alices-token");
    stub.account(BOB, "bobs-token");
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  private StoreSettings with(String key) {
    return settings(stub.endpoint()).with(GcsSettings.KEY, key);
  }

  private Path file(String key) throws Exception {
    return Files.writeString(Files.createTempFile(folder, "key", ".json"), key);
  }

  @Test
  void aKeyBringsATokenOnce() throws Exception {
    String key = Keys.make(stub, ALICE);
    String base64 = Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    for (String given :
        List.of(
            file(key).toString(),
            "file:" + file(key),
            "b64:" + base64,
            Secrets.keep(key.getBytes(StandardCharsets.UTF_8)))) {
      int before = stub.requests("POST", "/token").size();
      try (Store store = Fixture.open(stub.folder(), with(given))) {
        assertThat(stub.requests("POST", "/token")).as("opening").hasSize(before);
        write(store, "file", pattern(3 * Fixture.CHUNK));
        assertThat(store.get("file")).isEqualTo(pattern(3 * Fixture.CHUNK));
        store.delete("file");
      }
      assertThat(stub.requests("POST", "/token")).hasSize(before + 1);
    }
    assertThat(new String(Base64.getUrlDecoder().decode(assertion()), StandardCharsets.UTF_8))
        .contains("\"scope\":\"https://www.googleapis.com/auth/devstorage.read_write\"");
  }

  private String assertion() {
    String body = stub.requests("POST", "/token").get(0).body();
    return body.replaceFirst(".*assertion=", "").split("\\.")[1];
  }

  @Test
  void storesWithDifferentKeysDoNotMix() throws Exception {
    Path alices = file(Keys.make(stub, ALICE));
    Path bobs = file(Keys.make(stub, BOB));
    try (Store alice = Fixture.open(stub.folder(), with(alices.toString()));
        Store bob = Fixture.open(stub.folder(), with(bobs.toString()))) {
      for (int i = 0; i < 3; i++) {
        alice.put("file", pattern(10));
        failure(StoreException.Kind.DENIED, () -> bob.put("file", pattern(10)));
        failure(StoreException.Kind.DENIED, () -> bob.get("file"));
        assertThat(alice.get("file")).isEqualTo(pattern(10));
      }
    }
    assertThat(stub.requests("POST", "/token")).hasSize(2);
  }

  @Test
  void withoutRightsEverythingIsDeniedInOneLine() throws Exception {
    String secret = Keys.make(stub, BOB);
    StoreSettings settings = with(file(secret).toString());
    try (Store store = Fixture.open(stub.folder(), settings)) {
      for (StoreException denied :
          List.of(
              failure(StoreException.Kind.DENIED, () -> store.create("file")),
              failure(StoreException.Kind.DENIED, () -> store.put("file", new byte[1])),
              failure(StoreException.Kind.DENIED, () -> store.putIfAbsent("file", new byte[1])),
              failure(StoreException.Kind.DENIED, () -> store.get("file")),
              failure(StoreException.Kind.DENIED, () -> store.size("file")),
              failure(StoreException.Kind.DENIED, () -> store.delete("file")))) {
        assertThat(denied)
            .hasMessageContaining("not allowed (401 authError: Invalid Credentials)")
            .hasMessageNotContaining("tried");
      }
      assertThat(store.toString()).doesNotContain("token");
    }
    assertThat(settings.toString()).doesNotContain(folder.toString());
    assertThat(GcsSettings.of(settings).toString()).doesNotContain(folder.toString());
  }

  @Test
  void aKeyThatIsRefusedIsSaid() throws Exception {
    try (Store store =
        Fixture.open(stub.folder(), with(file(Keys.make(stub, "eve@x")).toString()))) {
      StoreException denied = failure(StoreException.Kind.DENIED, () -> store.get("file"));
      assertThat(denied)
          .hasMessageContaining("the token was refused: 400 invalid_grant: Invalid JWT Signature.")
          .hasMessageNotContaining("/token");
    }
    assertThat(stub.requests("POST", "/token")).as("no second try").hasSize(1);
  }

  @Test
  void aTokenThatIsNoLongerGoodIsReplaced() throws Exception {
    try (Store store = Fixture.open(stub.folder(), with(file(Keys.make(stub, ALICE)).toString()))) {
      store.put("file", pattern(10));
      stub.tokens = Set.of("Bearer another-token");
      stub.account(ALICE, "another-token");
      assertThat(store.get("file")).isEqualTo(pattern(10));
      stub.tokens = Set.of("Bearer a-third-token");
      failure(StoreException.Kind.DENIED, () -> store.get("file"));
    }
    assertThat(stub.requests("POST", "/token")).hasSize(3);
  }

  @Test
  void requestsThatAreRefusedTogetherShareTheNextToken() throws Exception {
    int readers = 4;
    ExecutorService threads = Executors.newFixedThreadPool(readers);
    try (Store store = Fixture.open(stub.folder(), with(file(Keys.make(stub, ALICE)).toString()))) {
      store.put("file", pattern(10));
      stub.tokens = Set.of("Bearer another-token");
      stub.account(ALICE, "another-token");
      CyclicBarrier together = new CyclicBarrier(readers);
      stub.before =
          request -> {
            if (request.header("Authorization").equals("Bearer alices-token")) {
              await(together);
            }
            return null;
          };
      List<Future<byte[]>> gets = new ArrayList<>();
      for (int i = 0; i < readers; i++) {
        gets.add(threads.submit(() -> store.get("file")));
      }
      for (Future<byte[]> get : gets) {
        assertThat(get.get()).isEqualTo(pattern(10));
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(stub.requests("POST", "/token")).hasSize(2);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aTokenServerMayFailForAWhile() throws Exception {
    int[] times = {0};
    stub.before =
        request ->
            request.path().equals("/token") && times[0]++ < 2
                ? Reply.json(times[0] == 1 ? 503 : 429, "busy")
                : null;
    try (Store store = Fixture.open(stub.folder(), with(file(Keys.make(stub, ALICE)).toString()))) {
      store.put("file", pattern(10));
    }
    assertThat(stub.requests("POST", "/token")).hasSize(3);
    // Google's library tries nothing again by itself.
    stub.before = request -> Reply.json(503, "busy");
    StoreSettings once = with(file(Keys.make(stub, ALICE)).toString());
    try (Store store = Fixture.open(stub.folder(), once.with(GcsSettings.ATTEMPTS, "1"))) {
      assertThat(failure(StoreException.Kind.TRANSIENT, () -> store.get("file")))
          .hasMessageContaining("the token was refused: 503");
    }
    assertThat(stub.requests("POST", "/token")).hasSize(4);
  }

  @Test
  void whatIsNoKeyIsSaid() throws Exception {
    String secret = "{\"type\":\"service_account\",\"private_key\":\"hidden-thing\"}";
    for (String given :
        List.of(
            file("hidden-thing").toString(),
            file(secret).toString(),
            "env:ASBEAM_TEST_GCS_KEY",
            "b64:aGlkZGVuLXRoaW5n")) {
      try (Store store = Fixture.open(stub.folder(), with(given))) {
        assertThat(failure(StoreException.Kind.DENIED, () -> store.get("file")))
            .hasMessageContaining("gcp-key-path gives no key of a service account")
            .hasMessageNotContaining("hidden")
            .hasMessageNotContaining("no key at all");
      }
    }
    try (Store store = Fixture.open(stub.folder(), with("/no/such/key.json"))) {
      assertThat(failure(StoreException.Kind.DENIED, () -> store.get("file")))
          .hasMessageContaining("gcp-key-path can't be read: /no/such/key.json");
    }
    try (Store store = Fixture.open(stub.folder(), with("env:ASBEAM_TEST_UNSET"))) {
      assertThat(failure(StoreException.Kind.DENIED, () -> store.get("file")))
          .hasMessageContaining("ASBEAM_TEST_UNSET is not set");
    }
    assertThat(stub.requests()).isEmpty();
  }

  @Test
  void withoutAKeyAnotherEndpointIsAskedWithoutToken() throws Exception {
    stub.tokens = Set.of();
    try (Store store = Fixture.open(stub.folder(), settings(stub.endpoint()))) {
      store.put("file", pattern(10));
    }
    assertThat(stub.requests()).allMatch(it -> it.header("Authorization").isEmpty());
    assertThat(isAnonymous("https://storage.me-central2.rep.googleapis.com")).isFalse();
    assertThat(isAnonymous("https://googleapis.com.example.org")).isTrue();
  }

  private static boolean isAnonymous(String endpoint) {
    return GcsSettings.of(settings(endpoint)).isAnonymous();
  }

  @Test
  void googleIsAskedWithTheCredentialsOfTheSurroundings() throws Exception {
    Path surroundings = Path.of(System.getenv("GOOGLE_APPLICATION_CREDENTIALS"));
    Files.deleteIfExists(surroundings);
    StoreAccess access = StoreAccess.DEFAULT;
    URI google = URI.create(GcsSettings.GOOGLE);
    GcsAuth without = new GcsAuth(GcsSettings.of(access.settings()), access);
    assertThatThrownBy(() -> without.headers(google))
        .isInstanceOfSatisfying(
            GcsProblem.class,
            e -> {
              assertThat(e.problem().kind()).isEqualTo(Problem.Kind.DENIED);
              assertThat(e.problem().text())
                  .contains("gcp-key-path", "GOOGLE_APPLICATION_CREDENTIALS");
            });
    Files.writeString(surroundings, Keys.make(stub, ALICE));
    try {
      assertThat(without.headers(google).get("Authorization"))
          .containsExactly("Bearer alices-token");
    } finally {
      Files.delete(surroundings);
    }
  }

  @Test
  void theAddressOfASessionIsNotShown() throws Exception {
    stub.tokens = Set.of();
    stub.before =
        request ->
            request.path().contains("/upload/") && request.method().equals("PUT")
                ? Reply.error(403, "forbidden", "No.")
                : null;
    try (Store store = Fixture.open(stub.folder(), settings(stub.endpoint()));
        StoreOutput output = store.create("file")) {
      byte[] content = pattern(2 * Fixture.CHUNK);
      output.write(content, 0, content.length);
      StoreException denied = failure(StoreException.Kind.DENIED, output::commit);
      for (Throwable cause = denied; cause != null; cause = cause.getCause()) {
        assertThat(String.valueOf(cause.getMessage())).doesNotContain("upload_id", "secret-");
      }
    }
  }
}
