package org.asbeam.storage.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreException.Kind;
import org.asbeam.storage.StoreOutput;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.StoredFile;
import org.asbeam.storage.Stores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What HDFS does beside the contract. */
class HdfsBehaviourTest {
  private static final String DECOMPOSED = "e\u0301";

  private static final List<String> ODD =
      List.of(
          "a b",
          "%41",
          "x#y",
          "a+b",
          "[x]",
          "a?b=c",
          "ü€",
          "{a}",
          "a\\b",
          "*",
          "'q\"",
          "a&b;c=d",
          "~",
          "😀",
          ".hidden",
          "%",
          "%2F",
          "a%20b",
          "<x>",
          DECOMPOSED,
          " ",
          "tail ",
          "l\u00a0i");

  @TempDir static Path local;

  private static Cluster cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster = Cluster.start(local);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hdfs", "webhdfs"})
  void namesAreTakenAsTheyAre(String scheme) throws Exception {
    String address = scheme.equals("hdfs") ? cluster.address() : cluster.webAddress();
    for (String odd : ODD) {
      if (scheme.equals("webhdfs") && odd.equals(DECOMPOSED)) {
        continue;
      }
      String folder = cluster.newFolder();
      String location = scheme + "://" + address + folder + "/" + odd;
      StoreAccess access = StoreAccess.of(Cluster.IMPATIENT);
      try (Store store = Stores.open(location, access)) {
        assertThat(store.location()).isEqualTo(location);
        store.put(odd, bytes("put"));
        try (StoreOutput output = store.create(odd + "/1")) {
          output.commit();
        } catch (StoreException e) {
          assertThat(e.kind()).isEqualTo(Kind.WRONG_TYPE);
        }
        store.put("f" + odd + "/" + odd, bytes("in a folder"));
        assertThat(store.list(""))
            .as(odd)
            .containsExactlyInAnyOrder(
                new StoredFile(odd, 3, false), new StoredFile("f" + odd, 0, true));
        assertThat(store.list("f" + odd))
            .containsExactly(new StoredFile("f" + odd + "/" + odd, 11, false));
        assertThat(store.get("f" + odd + "/" + odd)).isEqualTo(bytes("in a folder"));
        assertThat(store.size(odd)).isEqualTo(3);
        try (InputStream in = store.read(odd, 1)) {
          assertThat(in.readAllBytes()).isEqualTo(bytes("ut"));
        }
        assertThat(store.putIfAbsent(odd, bytes("other"))).isFalse();
        assertThat(namesIn(folder)).as("on the server").containsExactly(odd);
        assertThat(namesIn(folder + "/" + odd)).containsExactlyInAnyOrder(odd, "f" + odd);
        store.delete(odd);
        assertThat(store.list("")).containsExactly(new StoredFile("f" + odd, 0, true));
      }
    }
  }

  /** As the NameNode has them, without any path of the client between. */
  private static List<String> namesIn(String folder) throws IOException {
    return List.of(
            cluster
                .mini()
                .getNameNodeRpc()
                .getListing(folder, new byte[0], false)
                .getPartialListing())
        .stream()
        .map(status -> status.getLocalName())
        .toList();
  }

  @Test
  void colonsAreRefused() throws Exception {
    try (Store store = cluster.open(cluster.newFolder())) {
      for (Callable<?> call :
          List.<Callable<?>>of(
              () -> store.create("a:b"),
              () -> store.createWhole("a:b", true),
              () -> store.putIfAbsent("x/a:b", new byte[0]),
              () -> store.size("a:b"),
              () -> store.list("a:b"))) {
        assertThat(failure(Kind.OTHER, call)).contains("colon");
      }
    }
  }

  @Test
  void whatTheWebInterfaceWouldChangeIsRefused() throws Exception {
    String location = "webhdfs://" + cluster.webAddress() + cluster.newFolder();
    try (Store store = Stores.open(location, StoreAccess.of(Cluster.IMPATIENT))) {
      assertThat(failure(Kind.OTHER, () -> putInto(store, DECOMPOSED))).contains("accents");
      failure(Kind.OTHER, () -> Stores.open(location + "/" + DECOMPOSED));
    }
  }

  @Test
  void twoUsersDontMix() throws Exception {
    String folder = cluster.newFolder("alice", 0700);
    try (Store alice = cluster.open(folder, Cluster.IMPATIENT.with(HdfsSettings.USER, "alice"));
        Store bob = cluster.open(folder, Cluster.IMPATIENT.with(HdfsSettings.USER, "bob"))) {
      alice.put("hers", bytes("x"));
      for (Callable<?> call :
          List.<Callable<?>>of(
              () -> bob.list(""),
              () -> bob.get("hers"),
              () -> bob.size("hers"),
              () -> bob.read("hers", 0),
              () -> bob.create("his"),
              () -> bob.putIfAbsent("his", new byte[0]),
              () -> putInto(bob, "his"),
              () -> putInto(bob, "new/folder/his"),
              () -> deleteFrom(bob, "hers"))) {
        assertThat(failure(Kind.DENIED, call)).contains("user=bob").doesNotContain("Exception");
      }
      alice.put("new/folder/hers", bytes("y"));
      assertThat(alice.list("").stream().map(StoredFile::name)).containsExactly("hers", "new");
    }
    FileStatus status = cluster.files().getFileStatus(path(folder + "/new/folder/hers"));
    assertThat(status.getOwner()).isEqualTo("alice");
  }

  @Test
  void anotherUserIsRefusedByTheWebInterfaceToo() throws Exception {
    String folder = cluster.newFolder("alice", 0700);
    StoreSettings asBob = Cluster.IMPATIENT.with(HdfsSettings.USER, "bob");
    try (Store bob =
        Stores.open("webhdfs://" + cluster.webAddress() + folder, StoreAccess.of(asBob))) {
      assertThat(failure(Kind.DENIED, () -> bob.create("his"))).contains("user=bob");
      assertThat(failure(Kind.DENIED, () -> bob.list(""))).contains("user=bob");
    }
  }

  @Test
  void aQuotaOfNamesIsNoSpace() throws Exception {
    String folder = cluster.newFolder();
    cluster.files().setQuota(path(folder), 1, HdfsConstants.QUOTA_DONT_SET);
    try (Store store = cluster.open(folder)) {
      assertThat(failure(Kind.NO_SPACE, () -> store.create("one"))).contains("quota");
      failure(Kind.NO_SPACE, () -> putInto(store, "one"));
    }
  }

  @Test
  void aQuotaOfBytesIsNoSpace() throws Exception {
    String folder = cluster.newFolder();
    cluster.files().setQuota(path(folder), HdfsConstants.QUOTA_DONT_SET, 3 << 20);
    try (Store store = cluster.open(folder)) {
      assertThat(
              failure(
                  Kind.NO_SPACE,
                  () -> {
                    try (StoreOutput output = store.create("large")) {
                      byte[] piece = new byte[1 << 20];
                      for (int i = 0; i < 6; i++) {
                        output.write(piece, 0, piece.length);
                      }
                      output.commit();
                    }
                    return null;
                  }))
          .contains("quota")
          .doesNotContain("Exception");
      assertThat(store.list("")).isEmpty();
      store.put("small", bytes("there is room again"));
    }
  }

  @Test
  void nobodyThereIsToldSoon() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    StoreSettings settings = Cluster.IMPATIENT.with(HdfsSettings.MAX_ATTEMPTS, "100");
    for (String location :
        List.of("hdfs://127.0.0.1:" + port + "/x", "hdfs://nobody.invalid:8020/x")) {
      try (Store store = Stores.open(location, StoreAccess.of(settings))) {
        for (Callable<?> call :
            List.<Callable<?>>of(
                () -> store.list(""), () -> store.create("a"), () -> store.get("a"))) {
          assertThat(failure(Kind.TRANSIENT, call))
              .contains("nobody answers", "tried 3 times")
              .doesNotContain("Exception", "wiki");
        }
      }
    }
  }

  @Test
  void aSafeModeIsWaitedFor() throws Exception {
    String folder = cluster.newFolder();
    cluster.files().setSafeMode(org.apache.hadoop.fs.SafeModeAction.ENTER);
    try (Store impatient = cluster.open(folder);
        Store patient =
            cluster.open(folder, Cluster.IMPATIENT.with(HdfsSettings.MAX_ATTEMPTS, "100000"))) {
      assertThat(failure(Kind.TRANSIENT, () -> putInto(impatient, "a")))
          .contains("safe mode", "tried 4 times");
      CompletableFuture<Void> put =
          CompletableFuture.runAsync(
              () -> {
                try {
                  patient.put("a", bytes("x"));
                } catch (StoreException e) {
                  throw new IllegalStateException(e);
                }
              });
      cluster.files().setSafeMode(org.apache.hadoop.fs.SafeModeAction.LEAVE);
      put.get();
      assertThat(patient.get("a")).isEqualTo(bytes("x"));
    } finally {
      cluster.files().setSafeMode(org.apache.hadoop.fs.SafeModeAction.LEAVE);
    }
  }

  @Test
  void aFileIsNotSeenBeforeItIsWhole() throws Exception {
    String folder = cluster.newFolder();
    try (Store store = cluster.open(folder)) {
      StoreOutput output = store.create("half.asb");
      byte[] content = new byte[3 << 20];
      output.write(content, 0, content.length);
      failure(Kind.NOT_FOUND, () -> store.size("half.asb"));
      assertThat(store.list(""))
          .hasSize(1)
          .allSatisfy(file -> assertThat(file.name()).matches("\\.tmp-[0-9a-f]{32}"));
      output.commit();
      assertThat(store.list("")).containsExactly(new StoredFile("half.asb", 3 << 20, false));
    }
    FileStatus status = cluster.files().getFileStatus(path(folder + "/half.asb"));
    assertThat(status.getBlockSize()).as("of the cluster, not of the client").isEqualTo(1 << 20);
    assertThat(status.getReplication()).as("of the cluster").isEqualTo((short) 1);
    assertThat(status.getPermission().toShort()).isEqualTo((short) 0644);
  }

  @Test
  void anInterruptedWriterLeavesNothing() throws Exception {
    try (Store store = cluster.open(cluster.newFolder())) {
      for (int i = 0; i < 20; i++) {
        StoreOutput output = store.create("folder/given_up.asb");
        output.write(new byte[1000], 0, 1000);
        Thread.currentThread().interrupt();
        failure(Kind.TRANSIENT, () -> commit(output));
        output.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(store.list("folder")).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exclusive", "replacing", "small", "small, replacing"})
  void aRenameWhoseAnswerIsLostCounts(String how) throws Exception {
    String folder = cluster.newFolder();
    boolean replace = how.endsWith("replacing");
    try (LossyProxy proxy = new LossyProxy(cluster.mini().getNameNodePort(), "rename2", 1);
        Store store =
            Stores.open(
                "hdfs://127.0.0.1:" + proxy.port() + folder, StoreAccess.of(Cluster.IMPATIENT))) {
      if (replace) {
        try (Store direct = cluster.open(folder)) {
          direct.put("file", bytes("what was there"));
        }
      }
      if (how.startsWith("small")) {
        if (replace) {
          store.put("file", bytes("mine"));
        } else {
          assertThat(store.putIfAbsent("file", bytes("mine"))).isTrue();
        }
      } else {
        try (StoreOutput output = store.createWhole("file", replace)) {
          output.write(bytes("mine"), 0, 4);
          output.commit();
        }
      }
      assertThat(proxy.lossesLeft()).isZero();
      assertThat(store.get("file")).isEqualTo(bytes("mine"));
      assertThat(store.list("")).containsExactly(new StoredFile("file", 4, false));
      assertThat(store.putIfAbsent("file", bytes("mine"))).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "complete", "getFileInfo", "getListing", "delete", "addBlock"})
  void aRequestWhoseAnswerIsLostIsMadeAgain(String method) throws Exception {
    String folder = cluster.newFolder();
    try (LossyProxy proxy = new LossyProxy(cluster.mini().getNameNodePort(), method, 1);
        Store store =
            Stores.open(
                "hdfs://127.0.0.1:" + proxy.port() + folder, StoreAccess.of(Cluster.IMPATIENT))) {
      store.put("a/file", bytes("x"));
      assertThat(store.list("a").stream().map(StoredFile::name)).contains("a/file");
      assertThat(store.get("a/file")).isEqualTo(bytes("x"));
      store.delete("a/file");
      failure(Kind.NOT_FOUND, () -> store.get("a/file"));
      assertThat(proxy.lossesLeft()).isZero();
    }
  }

  @Test
  void readingGoesOnWhereADataNodeLeftIt() throws Exception {
    byte[] content = new byte[5 << 20];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31 + (i >>> 8));
    }
    try (Store store = cluster.open(cluster.newFolder())) {
      store.put("file", content);
      try (InputStream in = store.read("file", 1)) {
        byte[] start = in.readNBytes(1000);
        assertThat(start).isEqualTo(java.util.Arrays.copyOfRange(content, 1, 1001));
        cluster.mini().restartDataNode(0, true);
        cluster.mini().waitActive();
        assertThat(in.readAllBytes())
            .isEqualTo(java.util.Arrays.copyOfRange(content, 1001, content.length));
      }
    }
  }

  @Test
  void noDataNodeMayPass() throws Exception {
    try (Store store = cluster.open(cluster.newFolder())) {
      var stopped = cluster.mini().stopDataNode(0);
      cluster.mini().setDataNodeDead(stopped.getDatanode().getDatanodeId());
      assertThat(failure(Kind.TRANSIENT, () -> putInto(store, "file")))
          .contains("0 datanode(s) running")
          .doesNotContain("Exception");
      assertThat(store.list("")).isEmpty();
      cluster.mini().restartDataNode(stopped, true);
      cluster.mini().waitActive();
      store.put("file", bytes("x"));
    }
  }

  @Test
  void aFileThatIsReplacedIsNotReadOn() throws Exception {
    Path soon = cluster.configuration("dfs.client.retry.window.base", "10");
    StoreSettings settings = Cluster.IMPATIENT.with(HdfsSettings.CONFIG, soon.toString());
    try (Store store = cluster.open(cluster.newFolder(), settings)) {
      // More than the buffers of a connection hold: what is in them could be read to its end.
      byte[] other = new byte[64 << 20];
      java.util.Arrays.fill(other, (byte) 1);
      store.put("file", new byte[other.length]);
      try (InputStream in = store.read("file", 0)) {
        in.readNBytes(10);
        store.put("file", other);
        // The DataNode ends the connection, and is told then to drop the old blocks.
        cluster.mini().restartDataNode(0, true);
        cluster.mini().waitActive();
        cluster.mini().triggerHeartbeats();
        cluster.mini().triggerDeletionReports();
        // Until the DataNode has dropped them, the old blocks can be read to their end.
        try {
          assertThat(in.readAllBytes()).isEqualTo(new byte[other.length - 10]);
        } catch (StoreException e) {
          assertThat(e).hasMessageContaining("replaced");
        }
      }
    }
  }

  @Test
  void smallFilesAreWholeWhileTheyAreReplaced() throws Exception {
    String folder = cluster.newFolder();
    try (Store writer = cluster.open(folder);
        Store reader =
            cluster.open(folder, Cluster.IMPATIENT.with(HdfsSettings.MAX_ATTEMPTS, "1000"))) {
      writer.put("live", new byte[0]);
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 60; i++) {
                  byte[] content = new byte[i * 10];
                  java.util.Arrays.fill(content, (byte) i);
                  try {
                    writer.put("live", content);
                  } catch (StoreException e) {
                    throw new IllegalStateException(e);
                  }
                }
              });
      while (!writing.isDone()) {
        byte[] content = reader.get("live");
        if (content.length > 0) {
          assertThat(content).hasSize(content[0] * 10).containsOnly(content[0]);
        }
      }
      writing.get();
    }
  }

  @Test
  void foldersAndFilesAreToldApart() throws Exception {
    try (Store store = cluster.open(cluster.newFolder())) {
      store.put("folder/file", bytes("x"));
      failure(Kind.WRONG_TYPE, () -> store.size("folder"));
      failure(Kind.WRONG_TYPE, () -> store.get("folder"));
      failure(Kind.WRONG_TYPE, () -> store.list("folder/file"));
      failure(Kind.WRONG_TYPE, () -> putInto(store, "folder/file/x"));
      failure(Kind.NOT_FOUND, () -> store.get("folder/file/x"));
      failure(Kind.EXISTS, () -> store.createWhole("folder", true));
      assertThat(failure(Kind.OTHER, () -> deleteFrom(store, "folder"))).contains("not empty");
      failure(Kind.OTHER, () -> putInto(store, "folder"));
      store.delete("folder/file");
      failure(Kind.OTHER, () -> putInto(store, "folder"));
      assertThat(store.list("")).containsExactly(new StoredFile("folder", 0, true));
      store.delete("folder");
      assertThat(store.list("")).isEmpty();
    }
  }

  @Test
  void theConfigurationNamesTheClusterAndItsValues() throws Exception {
    Path file =
        cluster.configuration("fs.defaultFS", "hdfs://" + cluster.address(), "dfs.blocksize", "2m");
    String folder = cluster.newFolder();
    StoreSettings settings = Cluster.IMPATIENT.with(HdfsSettings.CONFIG, file.toString());
    try (Store store = Stores.open("hdfs://" + folder, StoreAccess.of(settings))) {
      assertThat(store.location()).isEqualTo("hdfs://" + folder);
      store.put("file", bytes("x"));
      assertThat(store.get("file")).isEqualTo(bytes("x"));
    }
    assertThat(cluster.files().getFileStatus(path(folder + "/file")).getBlockSize())
        .isEqualTo(2 << 20);
  }

  @Test
  void aMountTableLeadsToTheCluster() throws Exception {
    String folder = cluster.newFolder();
    Path file =
        cluster.configuration(
            "fs.viewfs.mounttable.table.link./backups", "hdfs://" + cluster.address() + folder);
    StoreSettings settings = Cluster.IMPATIENT.with(HdfsSettings.CONFIG, file.toString());
    try (Store store = Stores.open("viewfs://table/backups/a %41", StoreAccess.of(settings))) {
      assertThat(store.putIfAbsent("x/file", bytes("x"))).isTrue();
      assertThat(store.putIfAbsent("x/file", bytes("y"))).isFalse();
      store.put("x/file", bytes("z"));
      try (StoreOutput output = store.create("x/larger")) {
        output.write(new byte[1000], 0, 1000);
        output.commit();
      }
      assertThat(store.get("x/file")).isEqualTo(bytes("z"));
      assertThat(store.list("x").stream().map(StoredFile::name))
          .containsExactly("x/file", "x/larger");
    }
    assertThat(namesIn(folder + "/a %41/x")).containsExactly("file", "larger");
    try (Store store = Stores.open("viewfs://table/elsewhere", StoreAccess.of(settings))) {
      failure(Kind.OTHER, () -> store.list(""));
      failure(Kind.OTHER, () -> store.create("a"));
    }
  }

  @Test
  void manyFilesAreListed() throws Exception {
    String folder = cluster.newFolder();
    for (int i = 0; i < 2500; i++) {
      cluster.files().create(path(folder + "/" + i)).close();
    }
    try (Store store = cluster.open(folder)) {
      assertThat(store.list("")).hasSize(2500);
    }
  }

  private static String failure(Kind kind, Callable<?> call) {
    StoreException failure = catchThrowableOfType(StoreException.class, call::call);
    assertThat(failure).as("failure of kind " + kind).isNotNull();
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
    assertThat(failure.getMessage()).doesNotContain("\n").contains(failure.path());
    return failure.getMessage();
  }

  private static Void putInto(Store store, String name) throws StoreException {
    store.put(name, bytes("x"));
    return null;
  }

  private static Void deleteFrom(Store store, String name) throws StoreException {
    store.delete(name);
    return null;
  }

  private static Void commit(StoreOutput output) throws StoreException {
    output.commit();
    return null;
  }

  private static org.apache.hadoop.fs.Path path(String path) {
    return new org.apache.hadoop.fs.Path(path);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
