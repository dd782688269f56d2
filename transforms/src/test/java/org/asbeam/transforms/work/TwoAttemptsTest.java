package org.asbeam.transforms.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.NewRecord;
import org.asbeam.embedded.StoredRecord;
import org.asbeam.storage.Compression;
import org.asbeam.storage.LocalStore;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoredFile;
import org.asbeam.storage.journal.BackupFolder;
import org.asbeam.storage.journal.FileReceipt;
import org.asbeam.storage.journal.FileSlice;
import org.asbeam.storage.journal.Journal;
import org.asbeam.storage.journal.Manifest;
import org.asbeam.storage.journal.PartitionSlice;
import org.asbeam.storage.journal.SliceReceipt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A runner may have a slice, or the commit, done by two workers at the same time: Dataflow does,
 * for slow ones. Here two workers with clients of their own meet at the last moment before one of
 * them can know of the other.
 */
class TwoAttemptsTest {
  private static final int RECORDS = 3_000;
  private static final String SOURCE = "source";
  private static final String TARGET = "target";

  @TempDir Path folder;

  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private EmbeddedCluster cluster;

  @BeforeEach
  void startCluster() {
    cluster = EmbeddedCluster.builder().namespace(SOURCE).namespace(TARGET).start();
    for (int i = 0; i < RECORDS; i++) {
      cluster
          .namespace(SOURCE)
          .put(
              NewRecord.of("set" + i % 3, (long) i)
                  .generation(1 + i % 5)
                  .bin("text", "value " + i));
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    cluster.close();
  }

  private ConnectionSpec connection() {
    return ConnectionSpec.of(cluster.seeds()).withTendIntervalMillis(250);
  }

  /**
   * The real ones, with a store in which both attempts wait for each other before they create some
   * file exclusively.
   *
   * @param parts of the names of these files
   */
  private static Backends meetingAt(String... parts) {
    CyclicBarrier both = new CyclicBarrier(2);
    Backends real = new RealBackends();
    return proxy(
        Backends.class,
        real,
        (method, arguments) ->
            method.getName().equals("openStore")
                ? proxy(
                    Store.class,
                    real.openStore((String) arguments[0]),
                    (inner, given) -> {
                      if (inner.getName().equals("putIfAbsent")
                          && Stream.of(parts).anyMatch(((String) given[0])::contains)) {
                        both.await(1, TimeUnit.MINUTES);
                      }
                      return null;
                    })
                : null);
  }

  /** What comes before a call. */
  @FunctionalInterface
  private interface Before {
    /** The answer, without the call; null: it is to be made. */
    Object answer(Method method, Object[] arguments) throws Exception;
  }

  private static <T> T proxy(Class<T> type, T real, Before before) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object answer = before.answer(method, arguments);
              try {
                return answer == null ? method.invoke(real, arguments) : answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  /** What two workers make of the same thing. */
  private record Both<T>(T one, T other) {}

  private <T> Both<T> atOnce(Callable<T> one, Callable<T> other) throws Exception {
    Future<T> first = threads.submit(one);
    Future<T> second = threads.submit(other);
    return new Both<>(first.get(2, TimeUnit.MINUTES), second.get(2, TimeUnit.MINUTES));
  }

  private BackupSpec backupSpec() {
    return BackupSpec.of(
            connection(),
            SOURCE,
            BackupOutput.folder(folder.toString())
                .withFileLimit(20_000)
                .withCompression(Compression.NONE))
        .withSlots(1)
        .withWaitStable(Duration.ofSeconds(5));
  }

  private BackupLaunch.Launched launchBackup() throws Exception {
    return new BackupLaunch(new RealBackends(), Surroundings.real())
        .start(backupSpec(), id -> "", "launcher");
  }

  private BackupWorker backupWorker(String runId, Backends backends, String name) throws Exception {
    return BackupWorker.join(folder.toString(), runId, backends, Surroundings.real(), name);
  }

  /** Both do every slice, and neither knows of the other's receipt before its own is written. */
  private List<SliceReceipt> backUpTwice(String runId) throws Exception {
    Backends meeting = meetingAt("/receipts/");
    List<SliceReceipt> receipts = new ArrayList<>();
    try (BackupWorker one = backupWorker(runId, meeting, "one");
        BackupWorker other = backupWorker(runId, meeting, "other");
        Store store = new LocalStore(folder)) {
      for (PartitionSlice slice : new Journal(store, runId).plan().slices()) {
        Both<Optional<SliceReceipt>> both = atOnce(() -> one.run(slice), () -> other.run(slice));
        assertThat(both.one()).as("one receipt counts").isEqualTo(both.other()).isPresent();
        receipts.add(both.one().get());
      }
    }
    return receipts;
  }

  private Set<String> filesThere() throws IOException {
    Set<String> names = new HashSet<>();
    try (Store store = new LocalStore(folder)) {
      for (StoredFile file : new BackupFolder(store).backupFiles()) {
        names.add(file.name());
      }
    }
    return names;
  }

  private static Set<String> names(List<FileReceipt> files) {
    Set<String> names = new HashSet<>();
    files.forEach(file -> names.add(file.name()));
    return names;
  }

  @Test
  void twoAttemptsOfASliceLeaveTheFilesOfOne() throws Exception {
    List<SliceReceipt> receipts = backUpTwice(launchBackup().runId());
    Set<String> listed = new HashSet<>();
    receipts.forEach(receipt -> listed.addAll(names(receipt.files())));
    assertThat(filesThere()).isEqualTo(listed);
    assertThat(receipts.stream().mapToLong(SliceReceipt::records).sum()).isEqualTo(RECORDS);
  }

  @Test
  void twoCommitsAtOncePublishTheSame() throws Exception {
    String runId = launchBackup().runId();
    backUpTwice(runId);
    Backends meeting = meetingAt("/intent.json");
    try (BackupWorker one = backupWorker(runId, meeting, "one");
        BackupWorker other = backupWorker(runId, meeting, "other")) {
      Both<Optional<Manifest>> both = atOnce(one::commit, other::commit);
      assertThat(both.one()).isPresent();
      assertThat(both.other()).isPresent();
      Manifest manifest = both.one().get();
      assertThat(both.other().get().files()).isEqualTo(manifest.files());
      assertThat(both.other().get().ended()).isEqualTo(manifest.ended());
      assertThat(manifest.records()).isEqualTo(RECORDS);
      assertThat(manifest.complete()).isTrue();
      assertThat(filesThere()).isEqualTo(names(manifest.files()));
    }
  }

  @Test
  void twoAttemptsOfARestoredSliceCountOnce() throws Exception {
    String runId = launchBackup().runId();
    backUpTwice(runId);
    try (BackupWorker worker = backupWorker(runId, new RealBackends(), "committer")) {
      assertThat(worker.commit()).isPresent();
    }
    RestoreSpec spec =
        RestoreSpec.of(connection(), SOURCE, RestoreInput.folder(folder.toString()))
            .withTargetNamespace(TARGET);
    Backends real = new RealBackends();
    try (OpenInputs inputs = OpenInputs.open(spec.input(), null, real)) {
      FileRun run =
          new RestoreLaunch(real, Surroundings.real())
              .launch(spec, inputs, real.lookAtTarget(spec), Workers.ELSEWHERE)
              .run();
      RecordCounts counts = RecordCounts.NONE;
      Backends meeting = meetingAt("/done/", "/end.json");
      try (RestoreWorker one = RestoreWorker.join(spec, run, meeting, Surroundings.real(), "one");
          RestoreWorker other =
              RestoreWorker.join(spec, run, meeting, Surroundings.real(), "other")) {
        for (FileSlice slice : inputs.slices(run.slots())) {
          Both<FileOutcome> both = atOnce(() -> one.run(slice), () -> other.run(slice));
          assertThat(both.one()).as("one outcome counts").isEqualTo(both.other());
          assertThat(both.one().failed()).isEmpty();
          counts = counts.plus(both.one().records());
        }
        Both<Optional<FileJobEnd>> ends = atOnce(one::end, other::end);
        assertThat(ends.one()).as("one end counts").isEqualTo(ends.other()).isPresent();
        assertThat(ends.one().get().records()).isEqualTo(counts);
      }
      assertThat(counts.addsUp()).isTrue();
      assertThat(counts.read()).isEqualTo(RECORDS);
      assertThat(counts.inserted() + counts.fresher()).isEqualTo(RECORDS);
      assertThat(contents(TARGET)).isEqualTo(contents(SOURCE));
    }
  }

  private Map<String, String> contents(String namespace) {
    Map<String, String> all = new TreeMap<>();
    cluster.namespace(namespace).forEach(record -> all.put(digest(record), text(record)));
    return all;
  }

  private static String digest(StoredRecord record) {
    return HexFormat.of().formatHex(record.digest());
  }

  private static String text(StoredRecord record) {
    StringBuilder text = new StringBuilder(record.set());
    record
        .bins()
        .forEach(
            bin ->
                text.append('|')
                    .append(bin.name())
                    .append(bin.type())
                    .append(HexFormat.of().formatHex(bin.value())));
    return text.toString();
  }
}
