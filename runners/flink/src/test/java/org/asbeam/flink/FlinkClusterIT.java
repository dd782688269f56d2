package org.asbeam.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asbeam.flink.RunFolder.Receipt;
import org.asbeam.storage.testing.ChildProcess;
import org.asbeam.storage.testing.Fault;
import org.asbeam.storage.testing.FaultyProxy;
import org.asbeam.storage.testing.S3ProxyServer;
import org.asbeam.transforms.work.ErrorCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the jar on a cluster of Flink, whose TaskManagers die at the worst times. The cluster, its
 * workers and the node of Aerospike are processes of their own.
 */
class FlinkClusterIT {
  private static final Path JAR = Path.of("target", "asbeam-flink.jar").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int TASK_MANAGERS = 2;
  private static final int SLOTS = 2;
  private static final int ALL_SLOTS = TASK_MANAGERS * SLOTS;
  private static final int RECORDS = 5_000;
  private static final int JOBS_IN_A_ROW = 10;

  /** So many slices are done before a TaskManager dies. */
  private static final int SOME_SLICES = 8;

  /** So slow that slices are seen one by one. */
  private static final int SHORT_MILLIS = 50;

  /** Longer than all that happens between the last scan or batch before a death and that death. */
  private static final int LONG_MILLIS = 10_000;

  /** A job's classes take about 20 MB. */
  private static final long LESS_THAN_A_JOB_BYTES = 15_000_000;

  private static final Pattern METASPACE = Pattern.compile("Metaspace +used (\\d+)K");

  /** That of the last job, and of the job before as long as Flink has not let go of it. */
  private static final int CLASS_LOADERS = 3;

  @TempDir static Path scratch;

  private static NodeProcess node;
  private static S3ProxyServer s3;
  private static FaultyProxy proxy;
  private static StockCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    node = NodeProcess.start(scratch, RECORDS);
    s3 = S3ProxyServer.start();
    proxy = FaultyProxy.start(s3.endpoint());
    cluster = StockCluster.start(scratch, TASK_MANAGERS, SLOTS, environment());
  }

  /** Of all processes of Flink: where the node and the store are. */
  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    s3.through(proxy)
        .settings()
        .forEach(
            (name, value) ->
                environment.put(
                    "ASBEAM_" + name.replace('-', '_').toUpperCase(Locale.ROOT), value));
    // The credentials themselves stay where they are: a job has their names.
    for (String secret : List.of("ASBEAM_S3_ACCESS_KEY_ID", "ASBEAM_S3_SECRET_ACCESS_KEY")) {
      String name = secret.replace("ASBEAM", "MY");
      environment.put(name, environment.put(secret, "env:" + name));
    }
    environment.put("ASBEAM_PORT", Integer.toString(node.port()));
    environment.put("ASBEAM_PARALLEL", Integer.toString(ALL_SLOTS));
    return environment;
  }

  @AfterAll
  static void end() {
    cluster.close();
    proxy.close();
    s3.close();
    node.close();
  }

  /** Hands a job to the cluster by {@code flink run -d}, and returns its id. */
  private static String submit(Class<?> main, String... flags) throws Exception {
    List<String> words = new ArrayList<>(List.of("-d", "-c", main.getName(), JAR.toString()));
    words.addAll(List.of(flags));
    try (ChildProcess client = cluster.run(words.toArray(String[]::new))) {
      assertThat(client.await(PATIENCE)).as(() -> tail(client)).hasValue(0);
    }
    return Eventually.get("a running job", cluster::runningJob, Optional::isPresent).orElseThrow();
  }

  private static void awaitEnd(String job) throws Exception {
    String state =
        Eventually.get(
            "the end of " + job,
            () -> cluster.state(job),
            now -> Set.of("FINISHED", "FAILED", "CANCELED").contains(now));
    assertThat(state).as(() -> tail(cluster.jobManager())).isEqualTo("FINISHED");
  }

  private static String tail(ChildProcess process) {
    try {
      return process.tail();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the command says in this process, whose exit code must be 0. */
  private static String asbeam(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    int code = org.asbeam.cli.Main.run(args, print, print);
    assertThat(code).as(() -> out.toString(StandardCharsets.UTF_8)).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  /**
   * Lets a TaskManager die while each of its slots is in a slice that begins with a slow request.
   *
   * @param kind of the requests to the node that are slow
   * @return the receipts that there were
   */
  private static Map<Integer, Receipt> killInTheMiddle(RunFolder folder, String kind)
      throws Exception {
    Eventually.get("receipts", folder::receipts, receipts -> receipts.size() >= SOME_SLICES);
    long before = Long.parseLong(node.ask("delay " + kind + " " + LONG_MILLIS));
    Eventually.get(
        "slow requests of all slots",
        () -> Long.parseLong(node.ask("hits")),
        hits -> hits >= before + ALL_SLOTS);
    Map<Integer, Receipt> done = folder.receipts();
    cluster.kill(cluster.taskManagers().get(0));
    node.ask("delay " + kind + " 0");
    cluster.startTaskManager();
    return done;
  }

  @Test
  void aTaskManagerDiesInTheMiddleOfABackup() throws Exception {
    Path directory = scratch.resolve("backup");
    RunFolder folder = new RunFolder(directory);
    long first = Long.parseLong(node.ask("delay scan " + SHORT_MILLIS));
    String job = submit(Backup.class, "--namespace", "test", "--directory", directory.toString());
    Map<Integer, Receipt> done = killInTheMiddle(folder, "scan");
    awaitEnd(job);

    Map<Integer, Receipt> all = folder.receipts();
    assertThat(all).containsAllEntriesOf(done);
    // A slice is scanned by one request, but for that of the metadata.
    long scans = Long.parseLong(node.ask("hits")) - first;
    assertThat(scans).isEqualTo(all.size() - 1 + SLOTS);
    assertThat(asbeam("cleanup", "--force", directory.toString())).contains("removed");
    assertThat(folder.backupFiles()).isEqualTo(folder.published());
    assertThat(asbeam("verify", directory.toString())).contains("records=" + RECORDS);
  }

  @Test
  void aTaskManagerDiesInTheMiddleOfARestore() throws Exception {
    Path directory = scratch.resolve("restored");
    asbeam(
        "backup",
        "--port",
        Integer.toString(node.port()),
        "--namespace",
        "test",
        "--directory",
        directory.toString(),
        "--parallel",
        Integer.toString(ALL_SLOTS));
    RunFolder folder = new RunFolder(directory);
    long first = Long.parseLong(node.ask("delay batch " + SHORT_MILLIS));
    String job =
        submit(Restore.class, "--namespace", "test,copy", "--directory", directory.toString());
    Map<Integer, Receipt> done = killInTheMiddle(folder, "batch");
    awaitEnd(job);

    Map<Integer, Receipt> all = folder.receipts();
    assertThat(all).containsAllEntriesOf(done);
    // A file has fewer records than a batch takes, and that of the metadata has none.
    long batches = Long.parseLong(node.ask("hits")) - first;
    assertThat(batches).isEqualTo(folder.published().size() - 1 + SLOTS);
    assertThat(all.values().stream().filter(Receipt::again)).hasSize(SLOTS);
    assertThat(node.ask("compare")).isEqualTo("equal " + RECORDS + " different 0");
    asbeam("cleanup", "--force", directory.toString());
    assertThat(folder.backupFiles()).isEqualTo(folder.published());
  }

  @Test
  void aTaskManagerDiesInTheMiddleOfACommit() throws Exception {
    String directory = s3.newFolder();
    RunFolder folder = new RunFolder(s3.buckets().resolve(directory.substring("s3://".length())));
    proxy.resetCounts();
    // The last thing that a commit does: what it is to publish is fixed by then.
    proxy.rules(
        request ->
            request.method().equals("PUT") && request.path().contains("/backup.manifest.json")
                ? Fault.hang()
                : Fault.PASS);
    String job = submit(Backup.class, "--namespace", "test", "--directory", directory);
    Eventually.get("a commit that hangs", proxy::faults, faults -> faults.containsKey("hang"));
    assertThat(folder.isFinished()).isFalse();
    Map<Integer, Receipt> done = folder.receipts();
    cluster.kill(cluster.at(job, "Commit").get(0));
    proxy.rules(request -> Fault.PASS);
    cluster.startTaskManager();
    awaitEnd(job);

    assertThat(folder.receipts()).isEqualTo(done);
    assertThat(folder.backupFiles()).isEqualTo(folder.published());
    assertThat(folder.records()).isEqualTo(RECORDS);
  }

  @Test
  void tenJobsInARowLeaveNothing() throws Exception {
    String jar = cluster.rest().upload(JAR);
    Map<String, Long> afterThree = new HashMap<>();
    for (int i = 1; i <= JOBS_IN_A_ROW; i++) {
      String directory = scratch.resolve("many-" + i).toString();
      String job =
          cluster
              .rest()
              .post(
                  "/jars/" + jar + "/run",
                  Map.of(
                      "entryClass",
                      Backup.class.getName(),
                      "programArgsList",
                      List.of("--namespace", "test", "--directory", directory)))
              .get("jobid")
              .asText();
      awaitEnd(job);
      if (i == 3) {
        afterThree.putAll(metaspace());
      }
    }
    Eventually.get("no connections", () -> node.ask("connections"), "0"::equals);
    for (String id : cluster.taskManagers()) {
      Eventually.get("no threads", () -> ours(cluster.threads(id)), List::isEmpty);
    }
    for (ChildProcess process : cluster.processes()) {
      // What has a finalizer outlives a collection.
      Eventually.get(
          "the class loaders of jobs that have ended go",
          () -> classLoaders(process.handle()),
          count -> count <= CLASS_LOADERS);
    }
    // As above: a collection may only make ready what the next one takes.
    Eventually.get(
        "the metaspace after ten jobs is that after three",
        FlinkClusterIT::metaspace,
        afterAll ->
            afterAll.entrySet().stream()
                .allMatch(
                    used ->
                        used.getValue() - afterThree.get(used.getKey()) < LESS_THAN_A_JOB_BYTES));
  }

  @Test
  void aCommandThatFailsSaysWhyInOneLine() throws Exception {
    String why = "asbeam: --directory is required";
    try (ChildProcess client =
        cluster.run("-c", Backup.class.getName(), JAR.toString(), "--namespace", "test")) {
      assertThat(client.await(PATIENCE)).hasValue(ErrorCode.USAGE.exitCode());
      assertThat(client.output()).contains(why).doesNotContain("ProgramInvocationException");
    }
    String jar = cluster.rest().upload(JAR);
    Map<String, Object> run =
        Map.of("entryClass", Backup.class.getName(), "programArgsList", List.of("-n", "test"));
    assertThatThrownBy(() -> cluster.rest().post("/jars/" + jar + "/run", run))
        .hasMessageContaining(CommandFailedException.class.getName() + ": " + why);
    assertThat(cluster.jobManager().isAlive()).isTrue();
  }

  @Test
  void theCommandsOfThePageWork() throws Exception {
    int ran = 0;
    for (String command : commands()) {
      String words =
          command
              .replace("/backups/", scratch.resolve("page") + "-")
              .replace("asbeam-flink.jar", JAR.toString())
              .replace("jobmanager:8081", "127.0.0.1:" + cluster.port());
      // The build made the jar.
      if (words.startsWith("mvn ") || words.startsWith("cp ")) {
        continue;
      }
      try (ChildProcess process = process(words)) {
        assertThat(process.await(PATIENCE)).as(() -> command + "\n" + tail(process)).hasValue(0);
        assertThat(process.output()).as("this cluster has one").doesNotContain("restart strategy");
      }
      ran++;
    }
    assertThat(ran).isGreaterThan(5);
  }

  private static ChildProcess process(String words) throws IOException {
    String[] all = words.split(" ");
    if (words.startsWith("flink run ")) {
      return cluster.run(Arrays.copyOfRange(all, 2, all.length));
    }
    assertThat(words).startsWith("./asbeam ");
    return cluster.asbeam(Arrays.copyOfRange(all, 1, all.length));
  }

  private static List<String> commands() throws IOException {
    return Pattern.compile("(?s)```sh\n(.*?)```")
        .matcher(Files.readString(Path.of("..", "..", "docs", "flink.md")))
        .results()
        .flatMap(block -> block.group(1).lines())
        .toList();
  }

  private static List<String> ours(List<String> threads) {
    return threads.stream().filter(name -> name.matches("(asbeam|tend|secret-agent).*")).toList();
  }

  /** The metaspace that each TaskManager uses after a collection of garbage, in bytes. */
  private static Map<String, Long> metaspace() throws Exception {
    Map<String, Long> used = new HashMap<>();
    for (String id : cluster.taskManagers()) {
      jcmd(cluster.taskManager(id), "GC.run");
      // What Flink's metrics tell may be from before.
      Matcher matcher = METASPACE.matcher(jcmd(cluster.taskManager(id), "GC.heap_info"));
      assertThat(matcher.find()).isTrue();
      used.put(id, Long.parseLong(matcher.group(1)) * 1024);
    }
    return used;
  }

  /** How many jobs' classes a process has after a collection of garbage. */
  private static int classLoaders(ProcessHandle process) throws Exception {
    return jcmd(process, "GC.class_histogram")
        .lines()
        .filter(line -> line.endsWith(" org.apache.flink.util.ChildFirstClassLoader"))
        .mapToInt(line -> Integer.parseInt(line.strip().split("\\s+")[1]))
        .sum();
  }

  private static String jcmd(ProcessHandle process, String command) throws Exception {
    Process jcmd =
        new ProcessBuilder(Jvm.program("jcmd"), Long.toString(process.pid()), command).start();
    String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jcmd.waitFor()).as(said).isZero();
    return said;
  }
}
