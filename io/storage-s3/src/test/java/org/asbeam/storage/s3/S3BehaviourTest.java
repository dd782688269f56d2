package org.asbeam.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreOutput;
import org.asbeam.storage.StoredFile;
import org.asbeam.storage.testing.FaultyProxy;
import org.asbeam.storage.testing.ProxyRequest;
import org.asbeam.storage.testing.S3ProxyServer;
import org.asbeam.storage.testing.StoreKind;
import org.asbeam.storage.testing.StoreServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a folder in S3 does beyond the contract of stores. */
class S3BehaviourTest {
  private static final byte[] SMALL = "small".getBytes(StandardCharsets.UTF_8);

  /** Big-endian, in base64, by another implementation than the one under test. */
  private static final String CRC_OF_SMALL = "ft35SQ==";

  private static S3ProxyServer server;
  private Bucket bucket;

  @BeforeAll
  static void startServer() {
    StoreServers.require(StoreKind.S3);
    server = S3ProxyServer.shared();
  }

  @BeforeEach
  void makeFolder() {
    bucket = Bucket.on(server);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "3"})
  void aLargeFileIsWrittenInParts(String atOnce) throws Exception {
    byte[] content = Bucket.content(4 * Bucket.PART + 12_345, 1);
    try (Store store = bucket.with("s3-upload-concurrency", atOnce).open()) {
      Bucket.write(store, "large.asb", content);
      assertThat(store.get("large.asb")).isEqualTo(content);
      assertThat(store.size("large.asb")).isEqualTo(content.length);
      int position = 2 * Bucket.PART + 7;
      try (InputStream in = store.read("large.asb", position)) {
        assertThat(in.readAllBytes())
            .isEqualTo(Arrays.copyOfRange(content, position, content.length));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Bucket.PART, 2 * Bucket.PART})
  void partsThatAreJustFullMakeAFile(int size) throws Exception {
    byte[] content = Bucket.content(size, 2);
    try (Store store = bucket.open()) {
      Bucket.write(store, "full.asb", content);
      assertThat(store.get("full.asb")).isEqualTo(content);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofTwoUploadsTheFirstToCompleteWins(boolean firstWins) throws Exception {
    byte[] one = Bucket.content(Bucket.PART + 1, 1);
    byte[] other = Bucket.content(Bucket.PART + 2, 2);
    try (Store store = bucket.open();
        StoreOutput first = store.create("race.asb");
        StoreOutput second = store.create("race.asb")) {
      first.write(one, 0, one.length);
      second.write(other, 0, other.length);
      StoreOutput winner = firstWins ? first : second;
      StoreOutput loser = firstWins ? second : first;
      winner.commit();
      Bucket.failure(
          StoreException.Kind.EXISTS,
          () -> {
            loser.commit();
            return null;
          });
      assertThat(store.get("race.asb")).isEqualTo(firstWins ? one : other);
    }
  }

  @Test
  void aLargeFileCanReplaceAnother() throws Exception {
    byte[] large = Bucket.content(Bucket.PART + 1, 1);
    try (Store store = bucket.open()) {
      store.put("file.asb", SMALL);
      try (StoreOutput output = store.createWhole("file.asb", true)) {
        output.write(large, 0, large.length);
        output.commit();
      }
      assertThat(store.get("file.asb")).isEqualTo(large);
    }
  }

  @Test
  void anUploadThatIsGivenUpLeavesNothing() throws Exception {
    byte[] content = Bucket.content(3 * Bucket.PART, 1);
    try (Store store = bucket.with("s3-upload-concurrency", "2").open();
        S3Connection look = bucket.connection()) {
      StoreOutput output = store.create("given-up.asb");
      output.write(content, 0, content.length);
      String name = bucket.name();
      assertThat(look.client().listMultipartUploads(r -> r.bucket(name)).uploads()).hasSize(1);
      output.close();
      assertThat(look.client().listMultipartUploads(r -> r.bucket(name)).uploads()).isEmpty();
      assertThat(store.list("")).isEmpty();
    }
  }

  @Test
  void wrongKeysAreDenied() throws Exception {
    Bucket wrongSecret = bucket.with(S3Settings.SECRET_KEY, "not-the-secret");
    Bucket wrongId = bucket.with(S3Settings.KEY_ID, "NOT-THE-ID");
    for (Bucket wrong : List.of(wrongSecret, wrongId)) {
      try (Store store = wrong.open()) {
        for (StoreException e : failures(store, StoreException.Kind.DENIED)) {
          assertThat(e)
              .hasMessageStartingWith(bucket.folder())
              .hasMessageContaining("check credentials and rights");
        }
      }
    }
  }

  @Test
  void noSecretIsSaid() throws Exception {
    String id = server.settings().get(S3Settings.KEY_ID);
    String secret = "a-secret-that-nobody-sees";
    try (Store store = bucket.with(S3Settings.SECRET_KEY, secret).open()) {
      for (StoreException e : failures(store, StoreException.Kind.DENIED)) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
          assertThat(cause.toString()).doesNotContain(secret);
        }
        assertThat(e.getMessage()).doesNotContain(id);
      }
      assertThat(store.toString()).doesNotContain(secret);
    }
  }

  @Test
  void aBucketThatIsNotThereIsNamed() throws Exception {
    String missing = "s3://asbeam-no-such-bucket/x";
    try (Store store = bucket.at(missing).open()) {
      List<StoreException> failures = new ArrayList<>();
      failures.add(Bucket.failure(StoreException.Kind.NOT_FOUND, () -> store.list("")));
      failures.add(Bucket.failure(StoreException.Kind.NOT_FOUND, () -> store.get("file")));
      failures.add(
          Bucket.failure(StoreException.Kind.NOT_FOUND, () -> store.putIfAbsent("file", SMALL)));
      failures.add(
          Bucket.failure(
              StoreException.Kind.NOT_FOUND,
              () -> {
                store.put("file", SMALL);
                return null;
              }));
      failures.add(
          Bucket.failure(
              StoreException.Kind.NOT_FOUND,
              () -> {
                Bucket.write(store, "file", SMALL);
                return null;
              }));
      failures.add(
          Bucket.failure(
              StoreException.Kind.NOT_FOUND,
              () -> {
                Bucket.write(store, "file", Bucket.content(Bucket.PART + 1, 1));
                return null;
              }));
      for (StoreException e : failures) {
        assertThat(e).hasMessageStartingWith(missing).hasMessageContaining("no such bucket");
      }
    }
  }

  @Test
  void whereNobodyAnswersItIsSaidSoon() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    try (Store store = bucket.with("s3-endpoint-override", "http://127.0.0.1:" + port).open()) {
      assertThat(Bucket.failure(StoreException.Kind.TRANSIENT, () -> store.list("")))
          .hasMessageContaining("nobody answers")
          .hasMessageContaining("check endpoint and network")
          .hasMessageContaining("tried 3 times");
    }
    try (Store store =
        bucket.with("s3-endpoint-override", "http://no-such-host.invalid:9000").open()) {
      assertThat(Bucket.failure(StoreException.Kind.TRANSIENT, () -> store.list("")))
          .hasMessageContaining("there is no host no-such-host.invalid")
          .hasMessageContaining("tried 3 times");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        " a",
        "a+b",
        "a%41b",
        "100%",
        "a%2Fb",
        "a#b",
        "a?b=c&d",
        "ünïcödé",
        "日本語",
        "e\u0301",
        "[a]{b}",
        "a'b\"c",
        "a<b>&amp;c",
        "a\\b",
        "a\tb\u0001c",
        "a;b:c,d@e!f$g(h)*i=j~k|l^m`n",
      })
  void anyNameGoesBothWays(String name) throws Exception {
    String file = name + "/" + name + ".asb";
    try (Store store = bucket.open();
        Store inside = bucket.at(bucket.folder() + "/" + name).open()) {
      store.put(file, SMALL);
      assertThat(store.list("")).containsExactly(new StoredFile(name, 0, true));
      assertThat(store.list(name)).containsExactly(new StoredFile(file, SMALL.length, false));
      assertThat(store.get(file)).isEqualTo(SMALL);
      assertThat(inside.list(""))
          .containsExactly(new StoredFile(name + ".asb", SMALL.length, false));
      assertThat(inside.get(name + ".asb")).isEqualTo(SMALL);
      assertThat(store.putIfAbsent(file, SMALL)).isFalse();
      store.delete(file);
      assertThat(store.list(name)).isEmpty();
    }
  }

  @Test
  void theTopOfABucketIsAFolderToo() throws Exception {
    try (Store top = bucket.at("s3://" + bucket.name()).open();
        Store folder = bucket.open()) {
      folder.put("file", SMALL);
      top.put("above", SMALL);
      assertThat(top.list(""))
          .containsExactly(
              new StoredFile("above", SMALL.length, false), new StoredFile("x", 0, true));
      assertThat(top.get("x/file")).isEqualTo(SMALL);
      assertThat(folder.list("")).containsExactly(new StoredFile("file", SMALL.length, false));
    }
  }

  @Test
  void anotherStoreIsAskedForBucketsByPath() throws Exception {
    // By the name of a host; numbers are never put behind the name of a bucket.
    String endpoint = server.endpoint().replace("127.0.0.1", "localhost");
    try (Store store = bucket.with("s3-endpoint-override", endpoint).open()) {
      store.put("file", SMALL);
      assertThat(store.get("file")).isEqualTo(SMALL);
    }
  }

  @Test
  void manyFilesAreListedPageByPage() throws Exception {
    int files = 2500;
    List<String> names = IntStream.range(0, files).mapToObj(i -> "f/" + (10_000 + i)).toList();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (FaultyProxy proxy = FaultyProxy.start(server.endpoint());
        Store store = bucket.open();
        Store watched =
            bucket.with("s3-endpoint-override", server.through(proxy).endpoint()).open()) {
      List<Future<?>> puts = new ArrayList<>();
      for (String name : names) {
        puts.add(
            threads.submit(
                () -> {
                  store.put(name, SMALL);
                  return null;
                }));
      }
      for (Future<?> put : puts) {
        put.get();
      }
      assertThat(watched.list("f").stream().map(StoredFile::name)).isEqualTo(names);
      assertThat(proxy.requests()).containsEntry("GET", 3L);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void checksumsTravelWithUploads() throws Exception {
    Wire wire = wire(bucket);
    assertThat(wire.puts()).hasSize(4);
    assertThat(wire.puts())
        .allSatisfy(
            put -> {
              assertThat(put.headers()).containsKey("x-amz-checksum-crc32c");
              assertThat(put.headers()).doesNotContainKey("content-md5");
            });
    assertThat(wire.puts().get(0).headers())
        .as("crc32c of 'small'")
        .containsEntry("x-amz-checksum-crc32c", CRC_OF_SMALL);
    assertThat(wire.starts())
        .singleElement()
        .satisfies(
            start ->
                assertThat(start.headers()).containsEntry("x-amz-checksum-algorithm", "CRC32C"));
    List<ProxyRequest> ends = wire.all(Wire::isCompletion);
    assertThat(ends).singleElement();
    assertThat(ends.get(0).body())
        .contains("<ChecksumCRC32C>" + wire.puts().get(2).headers().get("x-amz-checksum-crc32c"));
  }

  @Test
  void checksumsCanBeSwitchedOff() throws Exception {
    Wire wire = wire(bucket.with("s3-calculate-checksum", "false"));
    assertThat(wire.puts()).hasSize(4);
    assertThat(wire.all(request -> true))
        .allSatisfy(
            request ->
                assertThat(String.join(" ", request.headers().keySet()).toLowerCase())
                    .doesNotContain("checksum")
                    .doesNotContain("content-md5"));
  }

  @Test
  void theStorageClassIsThatOfBackupFilesOnly() throws Exception {
    Wire wire = wire(bucket.with("s3-storage-class", "STANDARD_IA"));
    List<ProxyRequest> puts = wire.puts();
    assertThat(puts.get(0).headers()).as("small").doesNotContainKey("x-amz-storage-class");
    assertThat(puts.get(1).headers())
        .as("backup file")
        .containsEntry("x-amz-storage-class", "STANDARD_IA");
    assertThat(wire.starts().get(0).headers()).containsEntry("x-amz-storage-class", "STANDARD_IA");
    assertThat(wire(bucket.at(Bucket.on(server).folder())).all(request -> true))
        .as("the bucket's default")
        .allSatisfy(
            request -> assertThat(request.headers()).doesNotContainKey("x-amz-storage-class"));
  }

  @Test
  void exclusiveIsWhatTheStoreMakesSo() throws Exception {
    Wire wire = wire(bucket);
    List<ProxyRequest> puts = wire.puts();
    assertThat(puts.get(0).headers()).doesNotContainKey("if-none-match");
    assertThat(puts.get(1).headers()).containsEntry("if-none-match", "*");
    assertThat(puts.get(2).headers()).as("a part").doesNotContainKey("if-none-match");
    assertThat(wire.all(Wire::isCompletion).get(0).headers()).containsEntry("if-none-match", "*");
  }

  /** Puts a small file, creates a small one, and one of two parts. */
  private Wire wire(Bucket where) throws Exception {
    Wire wire = new Wire();
    try (FaultyProxy proxy = FaultyProxy.start(server.endpoint());
        Store store = where.with("s3-endpoint-override", server.through(proxy).endpoint()).open()) {
      proxy.rules(wire);
      store.put("put", SMALL);
      Bucket.write(store, "created", SMALL);
      Bucket.write(store, "large", Bucket.content(Bucket.PART + 1, 1));
    }
    return wire;
  }

  @Test
  void twoStoresKeepTheirCredentialsApart() throws Exception {
    try (Store good = bucket.open();
        Store bad = bucket.with(S3Settings.SECRET_KEY, "not-the-secret").open()) {
      for (int i = 0; i < 3; i++) {
        good.put("file", SMALL);
        Bucket.failure(StoreException.Kind.DENIED, () -> bad.get("file"));
        assertThat(good.get("file")).isEqualTo(SMALL);
      }
    }
  }

  @Test
  void aClosedStoreLeavesNoThread() throws Exception {
    try (Store store = bucket.open()) {
      store.put("file", SMALL);
      assertThat(sdkThreads()).as("the names that are looked for").isNotEmpty();
    }
    Thread[] left = sdkThreads().toArray(Thread[]::new);
    for (Thread thread : left) {
      thread.join(10_000);
    }
    assertThat(sdkThreads()).isEmpty();
  }

  private static List<Thread> sdkThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .filter(thread -> thread.getName().matches("(?i).*(sdk|aws|idle-conn).*"))
        .toList();
  }

  private static List<StoreException> failures(Store store, StoreException.Kind kind) {
    return List.of(
        Bucket.failure(kind, () -> store.list("")),
        Bucket.failure(kind, () -> store.get("file")),
        Bucket.failure(kind, () -> store.size("file")),
        Bucket.failure(kind, () -> store.putIfAbsent("file", SMALL)),
        Bucket.failure(kind, () -> store.create("file")),
        Bucket.failure(
            kind,
            () -> {
              store.delete("file");
              return null;
            }));
  }
}
