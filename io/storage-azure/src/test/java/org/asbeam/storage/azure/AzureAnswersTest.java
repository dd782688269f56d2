package org.asbeam.storage.azure;

import static org.asbeam.storage.azure.Azurite.failure;
import static org.asbeam.storage.azure.Azurite.open;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.asbeam.storage.Archive;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException.Kind;
import org.asbeam.storage.StoreOutput;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.StoredFile;
import org.asbeam.storage.azure.Stub.Answer;
import org.asbeam.storage.remote.ObjectPage;
import org.asbeam.storage.remote.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/** What a real service answers, and an emulator does not. */
class AzureAnswersTest {
  private Stub stub;

  @BeforeEach
  void start() throws Exception {
    stub = new Stub();
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  private AzureClient client(AzureSigner signer, String... settings) throws Exception {
    Duration limit = Duration.ofSeconds(20);
    Map<String, String> map = new TreeMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      map.put(settings[i], settings[i + 1]);
    }
    AzureSettings all = AzureSettings.of("x", StoreSettings.of(map));
    AzureHttp http =
        new AzureHttp(
            URI.create(stub.endpoint()), signer, new JdkHttp(limit), limit, all.mostRequests());
    return new AzureClient(http, "con", all);
  }

  private Problem problem(Callable<?> call, AzureClient client) {
    try {
      call.call();
    } catch (Exception e) {
      return client.explain(e);
    }
    throw new AssertionError("it succeeded");
  }

  @ParameterizedTest
  @CsvSource({
    "400, InvalidHeaderValue, OTHER",
    "400, Md5Mismatch, TRANSIENT",
    "401, InvalidAuthenticationInfo, DENIED",
    "403, AuthenticationFailed, DENIED",
    "403, AuthorizationFailure, DENIED",
    "403, InsufficientAccountPermissions, DENIED",
    "404, BlobNotFound, NOT_FOUND",
    "404, ContainerNotFound, NO_BUCKET",
    "404, '', NOT_FOUND",
    "408, RequestTimeout, TRANSIENT",
    "409, BlobAlreadyExists, EXISTS",
    "409, BlobArchived, ARCHIVED",
    "409, BlobBeingRehydrated, ARCHIVED",
    "409, BlobImmutableDueToPolicy, DENIED",
    "409, ContainerBeingDeleted, TRANSIENT",
    "409, SnapshotsPresent, OTHER",
    "412, ConditionNotMet, EXISTS",
    "412, LeaseIdMissing, OTHER",
    "416, InvalidRange, OTHER",
    "429, TooManyRequests, THROTTLED",
    "500, InternalError, TRANSIENT",
    "500, OperationTimedOut, TRANSIENT",
    "501, NotImplemented, OTHER",
    "502, '', TRANSIENT",
    "503, ServerBusy, THROTTLED",
    "507, '', NO_SPACE",
  })
  void refusalsAreUnderstood(int status, String code, Problem.Kind kind) throws Exception {
    try (AzureClient client = client(new SasSigner("sig=x"))) {
      Answer answer = Answer.error(status, code).with("Retry-After", "7");
      // The code of an error is in a header, and in the body as well.
      for (Answer one :
          List.of(answer, new Answer(status, Map.of("Retry-After", "7"), answer.body()))) {
        stub.script = request -> one;
        Problem problem = problem(() -> client.read("key", 0, ""), client);
        assertThat(problem.kind()).as(problem.text()).isEqualTo(kind);
        assertThat(problem.text()).startsWith(status + (code.isEmpty() ? "" : " " + code));
        assertThat(problem.text()).endsWith(": What it says.");
        assertThat(problem.pause()).isEqualTo(Duration.ofSeconds(7));
      }
    }
  }

  @Test
  void aMessageWithASignatureIsNotRepeated() throws Exception {
    try (AzureClient client = client(new SasSigner("sv=1&sig=SECRET"))) {
      stub.script =
          request ->
              new Answer(
                  403,
                  Map.of("x-ms-error-code", "AuthenticationFailed"),
                  "<Error><Message>" + request.getRequestURI() + "</Message></Error>");
      Problem problem = problem(() -> client.list("", ""), client);
      assertThat(problem.text()).isEqualTo("403 AuthenticationFailed");
      assertThat(stub.requests().get(0)).endsWith("&sv=1&sig=SECRET");
    }
  }

  @Test
  void aListingIsRead() throws Exception {
    stub.script =
        request ->
            new Answer(
                200,
                Map.of(),
                "\ufeff<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults><Prefix>x/</Prefix>"
                    + "<Blobs><Blob><Name>x/ a &amp; b </Name><Properties><Content-Length>5"
                    + "</Content-Length><AccessTier>Archive</AccessTier><ArchiveStatus>"
                    + "rehydrate-pending-to-hot</ArchiveStatus></Properties></Blob><Blob><Name"
                    + " Encoded=\"true\">x/%EF%BF%BE%2B+</Name><Properties><Content-Length>12345678901"
                    + "</Content-Length><AccessTier>Hot</AccessTier></Properties></Blob><Blob><Name>x/dir"
                    + "</Name><Properties><Content-Length>0</Content-Length><ResourceType>directory"
                    + "</ResourceType></Properties></Blob><BlobPrefix><Name>x/dir/</Name></BlobPrefix>"
                    + "</Blobs><NextMarker>2!92!+/=&amp;</NextMarker></EnumerationResults>");
    try (AzureClient client = client(new SasSigner("sig=x"))) {
      ObjectPage page = client.list("x/", "a+b/=&");
      assertThat(page.objects())
          .containsExactly(
              new ObjectPage.Entry("x/ a & b ", 5, true),
              new ObjectPage.Entry("x/\ufffe++", 12345678901L, false));
      assertThat(page.prefixes()).containsExactly("x/dir/");
      assertThat(page.next()).isEqualTo("2!92!+/=&");
      assertThat(stub.requests().get(0))
          .contains("&marker=a%2Bb%2F%3D%26&")
          .contains("prefix=x%2F");
      stub.script = request -> new Answer(200, Map.of(), "<html>Log in</html>");
      assertThat(problem(() -> client.list("", ""), client).kind())
          .isEqualTo(Problem.Kind.TRANSIENT);
    }
  }

  @Test
  void anEmptyPageIsNotTheEnd() throws Exception {
    AtomicInteger pages = new AtomicInteger();
    stub.script =
        request ->
            new Answer(
                200,
                Map.of(),
                pages.incrementAndGet() < 3
                    ? "<EnumerationResults><Blobs/><NextMarker>m</NextMarker></EnumerationResults>"
                    : "<EnumerationResults><Blobs><Blob><Name>x/f</Name><Properties><Content-Length>1"
                        + "</Content-Length></Properties></Blob></Blobs><NextMarker/>"
                        + "</EnumerationResults>");
    try (Store store = open(stub.settings(), "azfs://acct/con/x")) {
      assertThat(store.list("")).containsExactly(new StoredFile("f", 1, false));
      assertThat(pages).hasValue(3);
    }
  }

  @Test
  void aBlobIsTakenOutOfTheArchive() throws Exception {
    List<String> tiers = new ArrayList<>();
    String[] state = {"Archive", ""};
    stub.script =
        request -> {
          if (request.getRequestMethod().equals("HEAD")) {
            Answer answer = Answer.of(200, "Content-Length", "5", "x-ms-access-tier", state[0]);
            return state[1].isEmpty() ? answer : answer.with("x-ms-archive-status", state[1]);
          }
          if (request.getRequestMethod().equals("GET")) {
            return Answer.error(409, "BlobArchived");
          }
          tiers.add(
              request.getRequestURI().getQuery()
                  + " "
                  + request.getRequestHeaders().getFirst("x-ms-access-tier")
                  + " "
                  + request.getRequestHeaders().getFirst("x-ms-rehydrate-priority"));
          if (tiers.size() > 1) {
            return Answer.error(409, "BlobBeingRehydrated");
          }
          return Answer.of(202);
        };
    try (Store store =
        open(
            stub.settings(),
            "azfs://acct/con/x",
            AzureSettings.ACCESS_TIER,
            "cool",
            AzureSettings.REHYDRATE_POLL,
            "PT5S")) {
      Archive archive = store.archive().orElseThrow();
      assertThat(archive.mayRequest()).isTrue();
      assertThat(archive.pollInterval()).isEqualTo(Duration.ofSeconds(5));
      assertThat(archive.expectation()).contains("15 hours").contains("tier Cool");
      failure(Kind.ARCHIVED, () -> store.get("f"));
      archive.request("f");
      assertThat(tiers).containsExactly("comp=tier Cool Standard");
      archive.request("f");
      assertThat(tiers).as("refused quietly").hasSize(2);
      state[1] = "rehydrate-pending-to-cool";
      archive.request("f");
      assertThat(tiers).as("on its way").hasSize(2);
      assertThat(archive.isReadable("f")).isFalse();
      state[0] = "Cool";
      state[1] = "";
      assertThat(archive.isReadable("f")).isTrue();
      archive.request("f");
      assertThat(tiers).as("a blob that is not archived keeps its tier").hasSize(2);
    }
  }

  @Test
  void whoMayOnlyCreateFindsWhatExists() throws Exception {
    String[] token = {"another"};
    stub.script =
        request ->
            request.getRequestMethod().equals("HEAD")
                ? Answer.of(200, "Content-Length", "1", "x-ms-meta-asbeam", token[0])
                : Answer.error(403, "UnauthorizedBlobOverwrite");
    try (Store store = open(stub.settings(), "azfs://acct/con/x")) {
      assertThat(store.putIfAbsent("f", new byte[1])).isFalse();
      assertThat(failure(Kind.DENIED, () -> store.put("f", new byte[1])))
          .hasMessageContaining("UnauthorizedBlobOverwrite");
    }
  }

  @Test
  void aRefusalToWriteBlocksComesBeforeThem() throws Exception {
    stub.script =
        request ->
            request.getRequestMethod().equals("PUT")
                ? Answer.error(403, "AuthorizationPermissionMismatch")
                : Answer.error(404, "BlobNotFound");
    try (Store store =
            open(stub.settings(), "azfs://acct/con/x", AzureSettings.BLOCK_SIZE, "1000");
        StoreOutput output = store.create("f")) {
      assertThat(failure(Kind.DENIED, () -> output.write(new byte[2000], 0, 2000)))
          .hasMessageContaining("need the right to write");
      assertThat(stub.requests()).hasSize(2);
    }
  }

  @Test
  void aTokenIsFetchedOnceAndAgainWhenItIsRefused() throws Exception {
    AtomicInteger fetched = new AtomicInteger();
    OffsetDateTime[] end = {OffsetDateTime.now().plusHours(1)};
    BearerSigner signer =
        new BearerSigner(
            () ->
                new TokenCredential() {
                  @Override
                  public Mono<AccessToken> getToken(TokenRequestContext context) {
                    assertThat(context.getScopes())
                        .containsExactly("https://storage.azure.com/.default");
                    return Mono.just(new AccessToken("T" + fetched.incrementAndGet(), end[0]));
                  }
                });
    List<String> shown = new ArrayList<>();
    int[] status = {200};
    stub.script =
        request -> {
          shown.add(request.getRequestHeaders().getFirst("Authorization"));
          return Answer.of(status[0], "Content-Length", "1");
        };
    try (AzureClient client = client(signer)) {
      assertThat(fetched).as("nobody needs it yet").hasValue(0);
      client.info("a");
      client.info("b");
      status[0] = 401;
      assertThat(problem(() -> client.info("c"), client).kind()).isEqualTo(Problem.Kind.DENIED);
      status[0] = 200;
      end[0] = OffsetDateTime.now().plusMinutes(4);
      client.info("d");
      client.info("e");
      assertThat(shown)
          .containsExactly("Bearer T1", "Bearer T1", "Bearer T1", "Bearer T2", "Bearer T3");
    }
  }

  @Test
  void onlySoManyRequestsAreUnderWay() throws Exception {
    // None is answered before two are there; a third one must not come meanwhile.
    CyclicBarrier two = new CyclicBarrier(2);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    stub.script =
        request -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          await(two);
          now.decrementAndGet();
          return Answer.of(200, "Content-Length", "1");
        };
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (AzureClient client = client(new SasSigner("sig=x"), AzureSettings.MAX_CONNECTIONS, "2")) {
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        calls.add(threads.submit(() -> client.info("a")));
      }
      for (Future<?> call : calls) {
        call.get();
      }
      assertThat(most).hasValue(2);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IOException(e);
    }
  }
}
