package org.asbeam.storage.azure;

import static org.asbeam.storage.azure.Azurite.container;
import static org.asbeam.storage.azure.Azurite.failure;
import static org.asbeam.storage.azure.Azurite.open;
import static org.asbeam.storage.azure.Azurite.pattern;
import static org.asbeam.storage.azure.Azurite.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.asbeam.storage.Archive;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreException.Kind;
import org.asbeam.storage.StoreOutput;
import org.asbeam.storage.StoredFile;
import org.asbeam.storage.testing.AzuriteServer;
import org.asbeam.storage.testing.FaultyProxy;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AzureBehaviourTest {
  private static final String[] SMALL_BLOCKS = {AzureSettings.BLOCK_SIZE, "65536"};

  private static AzuriteServer server;
  private String folder;

  @BeforeAll
  static void startServer() {
    server = Azurite.server();
  }

  @BeforeEach
  void newFolder() {
    folder = server.newFolder();
  }

  @Test
  void aFileInSeveralBlocksIsWhole() throws Exception {
    byte[] content = pattern(1_000_000, 0);
    for (String atOnce : List.of("1", "3")) {
      try (Store store =
          open(
              server,
              folder,
              AzureSettings.BLOCK_SIZE,
              "65536",
              AzureSettings.UPLOAD_CONCURRENCY,
              atOnce)) {
        write(store, "big" + atOnce, content);
        assertThat(store.get("big" + atOnce)).isEqualTo(content);
        assertThat(store.size("big" + atOnce)).isEqualTo(content.length);
        try (InputStream in = store.read("big" + atOnce, 999_990)) {
          assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 999_990, 1_000_000));
        }
      }
    }
  }

  @Test
  void blocksOfTwoWritersDontMix() throws Exception {
    try (Store store = open(server, folder, SMALL_BLOCKS)) {
      for (boolean firstComesFirst : new boolean[] {true, false}) {
        String name = "race-" + firstComesFirst;
        byte[] one = pattern(200_000, 1);
        byte[] other = pattern(200_000, 2);
        try (StoreOutput first = store.create(name);
            StoreOutput second = store.create(name)) {
          for (int from = 0; from < 200_000; from += 50_000) {
            first.write(one, from, 50_000);
            second.write(other, from, 50_000);
          }
          StoreOutput winner = firstComesFirst ? first : second;
          StoreOutput loser = firstComesFirst ? second : first;
          winner.commit();
          failure(Kind.EXISTS, loser::commit);
        }
        assertThat(store.get(name)).isEqualTo(firstComesFirst ? one : other);
      }
    }
  }

  @Test
  void anUploadLosesAgainstAFileOfOneRequest() throws Exception {
    for (byte[] small : List.of(pattern(10, 2), new byte[0])) {
      String name = "file" + small.length;
      try (Store store = open(server, folder, SMALL_BLOCKS);
          StoreOutput output = store.create(name)) {
        output.write(pattern(200_000, 1), 0, 200_000);
        assertThat(store.putIfAbsent(name, small)).isTrue();
        failure(Kind.EXISTS, output::commit);
        assertThat(store.get(name)).isEqualTo(small);
        assertThat(store.putIfAbsent(name, pattern(10, 3))).isFalse();
      }
    }
  }

  @Test
  void aFileInBlocksReplacesAnother() throws Exception {
    byte[] content = pattern(200_000, 1);
    try (Store store = open(server, folder, SMALL_BLOCKS)) {
      store.put("file", pattern(10, 2));
      try (StoreOutput output = store.createWhole("file", true)) {
        output.write(content, 0, content.length);
        assertThat(store.get("file")).hasSize(10);
        output.commit();
      }
      assertThat(store.get("file")).isEqualTo(content);
    }
  }

  @Test
  void anUploadThatIsGivenUpIsNotSeen() throws Exception {
    try (Store store = open(server, folder, SMALL_BLOCKS)) {
      try (StoreOutput output = store.create("given-up")) {
        output.write(pattern(300_000, 1), 0, 300_000);
      }
      assertThat(store.list("")).isEmpty();
      failure(Kind.NOT_FOUND, () -> store.size("given-up"));
      write(store, "given-up", pattern(200_000, 2));
      assertThat(store.get("given-up")).isEqualTo(pattern(200_000, 2));
    }
  }

  @Test
  void aWrongKeyIsDenied() throws Exception {
    String key = Base64.getEncoder().encodeToString("no key of this account".getBytes("US-ASCII"));
    try (Store store = open(server, folder, AzureSettings.ACCOUNT_KEY, key)) {
      for (StoreException e :
          List.of(
              failure(Kind.DENIED, () -> store.list("")),
              failure(Kind.DENIED, () -> store.get("x")),
              failure(Kind.DENIED, () -> store.create("x")),
              failure(Kind.DENIED, () -> store.put("x", new byte[1])),
              failure(Kind.DENIED, () -> store.delete("x")))) {
        assertThat(e).hasMessageContaining("check credentials").hasMessageContaining("403");
        assertThat(e.getMessage()).doesNotContain(key).doesNotContain("SharedKey");
      }
    }
  }

  @Test
  void aMissingContainerIsNamed() throws Exception {
    try (Store store = open(server, "azfs://asbeam/no-such-container/x")) {
      for (StoreException e :
          List.of(
              failure(Kind.NOT_FOUND, () -> store.list("")),
              failure(Kind.NOT_FOUND, () -> store.get("x")),
              failure(Kind.NOT_FOUND, () -> store.size("x")),
              failure(Kind.NOT_FOUND, () -> store.create("x")),
              failure(Kind.NOT_FOUND, () -> store.putIfAbsent("x", new byte[1])),
              failure(Kind.NOT_FOUND, () -> store.put("x", new byte[1])))) {
        assertThat(e).hasMessageContaining("no such bucket or container");
      }
    }
  }

  @Test
  void aServerThatIsDownIsTriedThreeTimes() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String endpoint = "http://127.0.0.1:" + port + "/asbeam";
    try (Store store = open(server, folder, AzureSettings.ENDPOINT, endpoint)) {
      assertThat(failure(Kind.TRANSIENT, () -> store.list("")))
          .hasMessageContaining("nobody answers (127.0.0.1:" + port)
          .hasMessageContaining("tried 3 times");
    }
    try (Store store =
        open(server, folder, AzureSettings.ENDPOINT, "https://no-such-host.invalid")) {
      assertThat(failure(Kind.TRANSIENT, () -> store.get("x")))
          .hasMessageContaining("no-such-host.invalid: there is no host of that name")
          .hasMessageContaining("tried 3 times");
    }
  }

  @Test
  void namesKeepTheirCharacters() throws Exception {
    List<String> names =
        List.of(
            "a b",
            "a+b",
            "a%41b",
            "100%",
            "a#b",
            "a?b=c&d",
            "[x]{y}",
            "ünïcödé-日本-🙂",
            "'q\"<&>",
            "semi;colon:@$!*()",
            "~tilde^caret`",
            "..x",
            "x..",
            "%2F",
            "tab\there");
    try (Store store = open(server, folder + "/odd +%41#?/fol der")) {
      for (String name : names) {
        store.put(name, name.getBytes("UTF-8"));
        store.put("in/" + name + "/file", name.getBytes("UTF-8"));
      }
      List<String> expected = new ArrayList<>(names);
      expected.add("in");
      assertThat(store.list("").stream().map(StoredFile::name))
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(store.list("in").stream().map(StoredFile::name))
          .containsExactlyInAnyOrderElementsOf(names.stream().map(name -> "in/" + name).toList());
      for (String name : names) {
        assertThat(store.get(name)).asString().isEqualTo(name);
        assertThat(store.list("in/" + name)).hasSize(1);
        store.delete(name);
        store.delete("in/" + name + "/file");
      }
      assertThat(store.list("")).isEmpty();
    }
  }

  @Test
  void manyFilesAreListedByPages() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (FaultyProxy proxy = FaultyProxy.start(server.endpoint());
        Store store = open(server.through(proxy), folder)) {
      List<Future<?>> writes = new ArrayList<>();
      for (int i = 0; i < 2500; i++) {
        String name = String.format("many/file-%04d", i);
        writes.add(
            threads.submit(
                () -> {
                  store.put(name, new byte[3]);
                  return null;
                }));
      }
      for (Future<?> one : writes) {
        one.get();
      }
      proxy.resetCounts();
      List<StoredFile> files = store.list("many");
      assertThat(files).hasSize(2500);
      assertThat(files.get(0)).isEqualTo(new StoredFile("many/file-0000", 3, false));
      assertThat(files.get(2499)).isEqualTo(new StoredFile("many/file-2499", 3, false));
      assertThat(proxy.requests()).isEqualTo(Map.of("GET", 3L));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void checksumsGoAlongUnlessTheyAreSwitchedOff() throws Exception {
    byte[] content = pattern(100_000, 1);
    for (boolean on : new boolean[] {true, false}) {
      try (Wire wire = new Wire(server)) {
        try (Store store =
            open(
                wire.server(),
                server.newFolder(),
                AzureSettings.BLOCK_SIZE,
                "65536",
                AzureSettings.CALCULATE_CHECKSUM,
                Boolean.toString(on))) {
          store.put("small", content);
          write(store, "blocks", content);
        }
        assertThat(wire.sent("PUT", "content-md5").stream().filter(md5 -> !md5.isEmpty()))
            .hasSize(on ? 5 : 0);
        assertThat(wire.sent("PUT", "content-md5")).hasSize(5);
      }
    }
  }

  @Test
  void theTierIsThatOfDataOnly() throws Exception {
    byte[] content = pattern(100_000, 1);
    try (Store store =
            open(
                server,
                folder,
                AzureSettings.ACCESS_TIER,
                "archive",
                AzureSettings.BLOCK_SIZE,
                "65536");
        Store reader = open(server, folder)) {
      write(store, "blocks.asb", content);
      write(store, "sub/small.asb", pattern(10, 1));
      store.put("manifest.json", pattern(10, 2));
      assertThat(store.putIfAbsent("receipt.json", pattern(10, 3))).isTrue();
      assertThat(reader.get("manifest.json")).hasSize(10);
      assertThat(reader.get("receipt.json")).hasSize(10);
      assertThat(failure(Kind.ARCHIVED, () -> reader.get("blocks.asb")))
          .hasMessageContaining("archive");
      Archive archive = reader.archive().orElseThrow();
      assertThat(archive.archived("")).containsExactly("blocks.asb");
      assertThat(archive.archived("sub")).containsExactly("sub/small.asb");
      assertThat(archive.mayRequest()).isFalse();
      assertThat(archive.expectation()).contains("azure-access-tier").contains("15 hours");
      assertThat(store.archive().orElseThrow().mayRequest()).as("Archive is no way out").isFalse();
    }
    try (Store hot = open(server, folder, AzureSettings.ACCESS_TIER, "HOT")) {
      Archive archive = hot.archive().orElseThrow();
      assertThat(archive.mayRequest()).isTrue();
      archive.request("blocks.asb");
      archive.request("blocks.asb");
      // This server needs no time for it.
      assertThat(archive.isReadable("blocks.asb")).isTrue();
      assertThat(archive.archived("")).isEmpty();
      assertThat(archive.archived("sub")).containsExactly("sub/small.asb");
      assertThat(hot.get("blocks.asb")).isEqualTo(content);
    }
  }

  @Test
  void storesWithOtherCredentialsDontMix() throws Exception {
    String container = container(folder);
    try (Store all = open(server, folder);
        Store reader =
            open(
                server,
                folder,
                AzureSettings.ACCOUNT_KEY,
                "",
                AzureSettings.SAS_TOKEN,
                server.sas(container, "rl"));
        Store nobody = open(server, folder, AzureSettings.ACCOUNT_KEY, "bm9ib2R5")) {
      for (int i = 0; i < 3; i++) {
        all.put("file", pattern(10, i));
        assertThat(reader.get("file")).isEqualTo(pattern(10, i));
        failure(Kind.DENIED, () -> reader.put("file", new byte[1]));
        failure(Kind.DENIED, () -> nobody.get("file"));
      }
    }
  }

  @Test
  void aSignatureThatOnlyCreatesIsEnough() throws Exception {
    String token = server.sas(container(folder), "rcl");
    for (String sas : List.of(token, "?" + token)) {
      try (Store all = open(server, folder);
          Store store =
              open(
                  server,
                  folder,
                  AzureSettings.ACCOUNT_KEY,
                  "",
                  AzureSettings.SAS_TOKEN,
                  sas,
                  AzureSettings.BLOCK_SIZE,
                  "65536")) {
        assertThat(store.putIfAbsent("receipt", pattern(10, 1))).isTrue();
        assertThat(store.putIfAbsent("receipt", pattern(10, 2))).isFalse();
        write(store, "data.asb", pattern(65536, 1));
        failure(Kind.EXISTS, () -> write(store, "data.asb", pattern(5, 1)));
        store.put("manifest", pattern(10, 3));
        assertThat(store.get("data.asb")).isEqualTo(pattern(65536, 1));
        assertThat(store.list("")).hasSize(3);
        store.delete("not-there-and-not-asked-for");
        failure(Kind.DENIED, () -> store.delete("receipt"));
        assertThat(failure(Kind.DENIED, () -> write(store, "two-blocks", pattern(65537, 1))))
            .hasMessageContaining("azure-block-size");
        for (StoredFile file : all.list("")) {
          all.delete(file.name());
        }
      }
    }
  }

  @Test
  void noMessageHasASecretInIt() throws Exception {
    String sas = server.sas(container(folder), "l");
    String signature = sas.substring(sas.indexOf("sig=") + 4, sas.indexOf("sig=") + 20);
    try (Store store =
        open(server, folder, AzureSettings.ACCOUNT_KEY, "", AzureSettings.SAS_TOKEN, sas)) {
      Throwable e = failure(Kind.DENIED, () -> store.get("file"));
      assertThat(store.toString() + store.location()).doesNotContain(signature);
      for (; e != null; e = e.getCause()) {
        assertThat(e.toString()).doesNotContain(signature);
      }
    }
  }

  @Test
  void closingEndsTheThreads() throws Exception {
    List<Thread> before = httpThreads();
    Store store = open(server, folder);
    store.put("file", pattern(100_000, 1));
    InputStream in = store.read("file", 0);
    in.read();
    in.close();
    List<Thread> threads = httpThreads();
    threads.removeAll(before);
    assertThat(threads).isNotEmpty();
    store.close();
    failureOfAClosedStore(store);
    store = null;
    in = null;
    for (Thread thread : threads) {
      // The JDK's client of Java 17 ends its one thread when it is collected.
      for (int i = 0; i < 60 && thread.isAlive(); i++) {
        System.gc();
        thread.join(1000);
      }
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
  }

  private static void failureOfAClosedStore(Store store) {
    assertThat(failure(Kind.OTHER, () -> store.get("file"))).hasMessageContaining("closed");
  }

  private static List<Thread> httpThreads() {
    List<Thread> threads = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("HttpClient-")
          || thread.getName().startsWith("asbeam-azure-")) {
        threads.add(thread);
      }
    }
    return threads;
  }
}
