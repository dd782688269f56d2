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
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreOutput;
import org.asbeam.storage.StoredFile;
import org.asbeam.storage.testing.FakeGcsServer;
import org.asbeam.storage.testing.Fault;
import org.asbeam.storage.testing.FaultyProxy;
import org.asbeam.storage.testing.StoreKind;
import org.asbeam.storage.testing.StoreServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a bucket does beyond the contract, against fake-gcs-server. */
@Timeout(120)
final class GcsBehaviourTest {
  private static FakeGcsServer server;

  @BeforeAll
  static void startServer() {
    StoreServers.require(StoreKind.GCS);
    server = FakeGcsServer.shared();
  }

  private static Store open(String folder) throws StoreException {
    return Fixture.open(folder, settings(server.settings()));
  }

  @Test
  void aFileOfSeveralPartsIsWhole() throws Exception {
    for (int size : new int[] {CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 12_345}) {
      byte[] content = pattern(size);
      try (Store store = open(server.newFolder())) {
        write(store, "parts.asb", content);
        assertThat(store.get("parts.asb")).as("%s bytes", size).isEqualTo(content);
        assertThat(store.size("parts.asb")).isEqualTo(size);
        try (InputStream in = store.read("parts.asb", CHUNK - 1)) {
          assertThat(in.readAllBytes())
              .isEqualTo(Arrays.copyOfRange(content, CHUNK - 1, content.length));
        }
      }
    }
  }

  @Test
  void ofTwoUploadsTheFirstToCommitWins() throws Exception {
    for (boolean firstFirst : new boolean[] {true, false}) {
      String folder = server.newFolder();
      byte[] content = pattern(2 * CHUNK + 7);
      try (Store store = open(folder);
          StoreOutput first = store.create("file.asb");
          StoreOutput second = store.create("file.asb")) {
        first.write(content, 0, content.length);
        second.write(content, 1, content.length - 1);
        StoreOutput winner = firstFirst ? first : second;
        StoreOutput loser = firstFirst ? second : first;
        winner.commit();
        failure(StoreException.Kind.EXISTS, loser::commit);
        loser.close();
        assertThat(store.size("file.asb")).isEqualTo(winner.position());
      }
    }
  }

  @Test
  void aWholeFileOfSeveralPartsReplacesAnother() throws Exception {
    byte[] content = pattern(2 * CHUNK + 7);
    try (Store store = open(server.newFolder())) {
      store.put("file.asb", pattern(3));
      try (StoreOutput output = store.createWhole("file.asb", true)) {
        output.write(content, 0, content.length);
        assertThat(store.size("file.asb")).isEqualTo(3);
        output.commit();
      }
      assertThat(store.get("file.asb")).isEqualTo(content);
    }
  }

  @Test
  void anUploadThatIsGivenUpLeavesNothing() throws Exception {
    byte[] content = pattern(2 * CHUNK + 7);
    try (Store store = open(server.newFolder())) {
      try (StoreOutput output = store.create("file.asb")) {
        output.write(content, 0, content.length);
      }
      assertThat(store.list("")).isEmpty();
      write(store, "file.asb", content);
    }
  }

  @Test
  void aMissingBucketIsSaid() throws Exception {
    try (Store store = open("gs://no-such-bucket/x")) {
      assertThat(failure(StoreException.Kind.NOT_FOUND, () -> store.list("")))
          .hasMessageContaining("no such bucket")
          .hasMessageContaining("gs://no-such-bucket/x");
      assertThat(failure(StoreException.Kind.NOT_FOUND, () -> store.put("a", new byte[1])))
          .hasMessageContaining("no such bucket");
      assertThat(failure(StoreException.Kind.NOT_FOUND, () -> store.putIfAbsent("a", new byte[1])))
          .hasMessageContaining("no such bucket");
      assertThat(failure(StoreException.Kind.NOT_FOUND, () -> write(store, "a", pattern(5))))
          .hasMessageContaining("no such bucket");
      assertThat(
              failure(StoreException.Kind.NOT_FOUND, () -> write(store, "a", pattern(3 * CHUNK))))
          .hasMessageContaining("no such bucket");
      failure(StoreException.Kind.NOT_FOUND, () -> store.get("a"));
    }
  }

  @Test
  void aServerThatIsDownIsSaidSoon() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = socket.getLocalPort();
    }
    try (Store store = Fixture.open("gs://bucket/x", settings("http://127.0.0.1:" + port))) {
      assertThat(failure(StoreException.Kind.TRANSIENT, () -> store.list("")))
          .hasMessageContaining("nobody answers")
          .hasMessageContaining("tried 3 times");
    }
    try (Store store = Fixture.open("gs://bucket/x", settings("http://no-such-host.invalid"))) {
      assertThat(failure(StoreException.Kind.TRANSIENT, () -> store.get("a")))
          .hasMessageContaining("no such host");
    }
  }

  @Test
  void aServerThatSpeaksNoTlsIsSaid() throws Exception {
    String https = server.endpoint().replace("http:", "https:");
    try (Store store = Fixture.open("gs://bucket/x", settings(https))) {
      assertThat(failure(StoreException.Kind.TRANSIENT, () -> store.list("")))
          .hasMessageContaining("nobody answers (TLS: ")
          .hasMessageContaining("tried 3 times");
    }
  }

  @Test
  void keysSurviveAnyCharacters() throws Exception {
    List<String> names =
        List.of(
            "a b",
            "a+b",
            "100%",
            "%41",
            "a#b",
            "what?",
            "a&b=c",
            "[x]{y}",
            "ö→🦉",
            "a\\b",
            "'q\"",
            "a;b,c",
            "~tilde^`|",
            "<tag>",
            "a:b@c$d!e*f(g)",
            "acl",
            "o");
    String bucket = server.newFolder();
    try (Store store = open(bucket + "/odd %41 + ö#?")) {
      for (String name : names) {
        store.put("in " + name + "/" + name, name.getBytes("UTF-8"));
      }
      // Through a resumable upload, too, whose session's address has the name.
      for (String name : names) {
        write(store, "long/" + name, pattern(CHUNK + 1));
      }
      assertThat(store.list("").stream().map(StoredFile::name))
          .hasSize(names.size() + 1)
          .contains("in %41", "in a b", "in ö→🦉");
      assertThat(store.list("long").stream().map(StoredFile::name))
          .containsExactlyInAnyOrderElementsOf(names.stream().map(it -> "long/" + it).toList());
      for (String name : names) {
        String file = "in " + name + "/" + name;
        assertThat(store.list("in " + name)).extracting(StoredFile::name).containsExactly(file);
        assertThat(store.get(file)).asString().isEqualTo(name);
        assertThat(store.size("long/" + name)).isEqualTo(CHUNK + 1);
        store.delete(file);
        failure(StoreException.Kind.NOT_FOUND, () -> store.get(file));
      }
    }
    try (Store store = open(bucket)) {
      assertThat(store.list("")).extracting(StoredFile::name).containsExactly("odd %41 + ö#?");
    }
  }

  @Test
  void longListingsComeInPages() throws Exception {
    try (FaultyProxy proxy = FaultyProxy.start(server.endpoint());
        Store store =
            Fixture.open(server.newFolder(), settings(server.through(proxy).settings()))) {
      IntStream.range(0, 2_500)
          .parallel()
          .forEach(
              i -> {
                try {
                  store.put("many/" + i, new byte[i % 3]);
                } catch (StoreException e) {
                  throw new IllegalStateException(e);
                }
              });
      proxy.resetCounts();
      List<StoredFile> files = store.list("many");
      assertThat(files).hasSize(2_500).doesNotHaveDuplicates();
      assertThat(files).contains(new StoredFile("many/1001", 1001 % 3, false));
      assertThat(proxy.requestCount()).isEqualTo(3);
    }
  }

  @Test
  void whatIsOverwrittenMeanwhileIsNotReadOn() throws Exception {
    byte[] content = pattern(3 << 20);
    try (FaultyProxy proxy = FaultyProxy.start(server.endpoint());
        Store direct = open(server.newFolder());
        Store store = Fixture.open(direct.location(), settings(server.through(proxy).settings()))) {
      direct.put("file", content);
      proxy.rules(request -> request.number() == 0 ? Fault.cutResponseAfter(1 << 20) : Fault.PASS);
      try (InputStream in = store.read("file", 0)) {
        in.readNBytes(1000);
        direct.put("file", content);
        assertThat(failure(StoreException.Kind.EXISTS, in::readAllBytes))
            .hasMessageContaining("changed");
      }
    }
  }
}
