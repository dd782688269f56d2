package org.asbeam.flink;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.asbeam.storage.testing.ChildProcess;

/**
 * A standalone cluster of Flink as its distribution starts it: one JobManager and TaskManagers,
 * each a process of its own on the loopback address, that know nothing of asbeam.
 */
final class StockCluster implements AutoCloseable {
  static final Path CLASS_PATH = Path.of("..", "flink-cluster", "target", "classpath");
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int ATTEMPTS = 3;

  private final Path folder;
  private final Map<String, String> environment;
  private final String classPath;
  private final TaskManagerMemory memory;
  private final int slots;
  private final int rpcPort;
  private final int restPort;
  private final FlinkRest rest;
  private final ChildProcess jobManager;
  private final Map<String, ChildProcess> taskManagers = new LinkedHashMap<>();
  private int started;
  private int submitted;

  private StockCluster(Path folder, int slots, Map<String, String> environment) throws IOException {
    this.folder = folder;
    this.environment = environment;
    classPath = Files.readString(CLASS_PATH).strip();
    memory = TaskManagerMemory.of(slots);
    this.slots = slots;
    rpcPort = freePort();
    restPort = freePort();
    rest = new FlinkRest(restPort);
    Files.createDirectories(conf());
    Files.writeString(conf().resolve("config.yaml"), config());
    Files.writeString(conf().resolve("log4j.properties"), logging());
    jobManager =
        start(
            "jobmanager",
            List.of("-Xmx384m", "-XX:MaxMetaspaceSize=256m"),
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
            List.of("--configDir", conf().toString()));
  }

  /**
   * Starts a cluster and waits until it takes jobs.
   *
   * @param scratch a folder for its files
   * @param slots of each TaskManager
   * @param environment of all processes
   */
  static StockCluster start(
      Path scratch, int taskManagers, int slots, Map<String, String> environment) throws Exception {
    for (int attempt = 1; ; attempt++) {
      StockCluster cluster =
          new StockCluster(
              Files.createDirectories(scratch.resolve("flink-" + attempt)), slots, environment);
      try {
        // Somebody may have taken one of the ports meanwhile, then another one helps.
        if (!cluster.isUp() && attempt < ATTEMPTS) {
          cluster.close();
          continue;
        }
        for (int i = 0; i < taskManagers; i++) {
          cluster.startTaskManager();
        }
        cluster.awaitSlots(taskManagers * slots);
        return cluster;
      } catch (Exception | Error e) {
        System.err.println(cluster.jobManager.tail());
        cluster.close();
        throw e;
      }
    }
  }

  private boolean isUp() throws IOException {
    return jobManager.says(Pattern.compile("Rest endpoint listening at"), PATIENCE).isPresent();
  }

  /** What {@code docs/flink.md} asks of a cluster, and what lets a test not wait for long. */
  private String config() {
    return String.join(
        "\n",
        "jobmanager.rpc.address: 127.0.0.1",
        "jobmanager.rpc.port: " + rpcPort,
        "jobmanager.bind-host: 127.0.0.1",
        "taskmanager.host: 127.0.0.1",
        "taskmanager.bind-host: 127.0.0.1",
        "rest.address: 127.0.0.1",
        "rest.bind-address: 127.0.0.1",
        "rest.port: " + restPort,
        "restart-strategy.type: fixed-delay",
        "restart-strategy.fixed-delay.attempts: 5",
        "restart-strategy.fixed-delay.delay: 500ms",
        "heartbeat.interval: 500",
        "heartbeat.timeout: 8000",
        "io.tmp.dirs: " + folder,
        "blob.storage.directory: " + folder,
        "blob.service.cleanup.interval: 5",
        "web.tmpdir: " + folder,
        "parallelism.default: " + 2 * slots,
        "");
  }

  private static String logging() {
    return String.join(
        "\n",
        "rootLogger.level = INFO",
        "rootLogger.appenderRef.console.ref = Console",
        "appender.console.name = Console",
        "appender.console.type = Console",
        "appender.console.layout.type = PatternLayout",
        "appender.console.layout.pattern = %d{HH:mm:ss,SSS} %-5p %c{1} [%t] %m%n",
        "");
  }

  /** The port of the REST interface, which is also that of the master. */
  int port() {
    return restPort;
  }

  FlinkRest rest() {
    return rest;
  }

  /**
   * Starts one more TaskManager.
   *
   * @return its id
   */
  String startTaskManager() throws IOException {
    String id = "tm-" + ++started;
    List<String> arguments = new ArrayList<>(List.of("--configDir", conf().toString()));
    arguments.add("-Dtaskmanager.resource-id=" + id);
    arguments.add("-Dtaskmanager.numberOfTaskSlots=" + slots);
    arguments.add("-Dtaskmanager.cpu.cores=" + slots);
    memory.options().forEach((key, mib) -> arguments.add("-D" + key + "=" + mib + "m"));
    taskManagers.put(
        id,
        start(
            id,
            List.of(
                "-Xmx" + memory.heap() + "m",
                "-XX:MaxDirectMemorySize=" + memory.direct() + "m",
                "-XX:MaxMetaspaceSize=" + memory.metaspace() + "m"),
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
            arguments));
    return id;
  }

  /** Waits until the cluster has so many slots. */
  void awaitSlots(int slots) throws Exception {
    Eventually.get(
        slots + " slots",
        () -> rest.get("/overview").get("slots-total").asInt(),
        Integer.valueOf(slots)::equals);
  }

  /** The process of a TaskManager that was not killed. */
  ProcessHandle taskManager(String id) throws IOException {
    return taskManagers.get(id).handle();
  }

  /** The TaskManagers that were not killed. */
  List<String> taskManagers() {
    return List.copyOf(taskManagers.keySet());
  }

  /** Kills a TaskManager, as {@code kill -9} does. */
  void kill(String id) throws Exception {
    ChildProcess process = taskManagers.remove(id);
    process.kill();
    process.close();
  }

  /** Starts {@code flink run} in a process of its own. */
  ChildProcess run(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("run"));
    all.addAll(List.of(arguments));
    return start(
        "run-" + ++submitted, List.of("-Xmx256m"), "org.apache.flink.client.cli.CliFrontend", all);
  }

  /** Starts the command in a process of its own, with the jars of its build. */
  ChildProcess asbeam(String... arguments) throws IOException {
    Path target = Path.of("..", "cli", "target").toAbsolutePath();
    String jars = Files.readString(target.resolve("classpath")).strip();
    return start(
        "asbeam-" + ++submitted,
        target.resolve("asbeam-cli.jar")
            + ":"
            + jars.replaceAll("(^|:)lib/", "$1" + target.resolve("lib") + "/"),
        List.of("-Xmx512m"),
        "org.asbeam.cli.Main",
        List.of(arguments));
  }

  private ChildProcess start(String name, List<String> options, String main, List<String> arguments)
      throws IOException {
    return start(name, classPath, options, main, arguments);
  }

  private ChildProcess start(
      String name, String jars, List<String> options, String main, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(Jvm.program()));
    command.addAll(options);
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            // What is kept as long as there is memory is let go of at once.
            "-XX:SoftRefLRUPolicyMSPerMB=0",
            // Short start counts for more here than speed.
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + folder,
            "-Dlog4j.configurationFile=" + conf().resolve("log4j.properties"),
            "-cp",
            jars.replace(":", File.pathSeparator),
            main));
    command.addAll(arguments);
    Map<String, String> all = new LinkedHashMap<>(environment);
    if (jars.equals(classPath)) {
      all.put("FLINK_CONF_DIR", conf().toString());
    }
    return ChildProcess.start(
        new ChildProcess.Launch(command, all, false), folder, folder.resolve(name + ".log"));
  }

  /** The state of a job, such as RUNNING or FINISHED. */
  String state(String job) throws IOException, InterruptedException {
    return rest.get("/jobs/" + job).get("state").asText();
  }

  /** The id of a job that is at work. */
  Optional<String> runningJob() throws IOException, InterruptedException {
    for (JsonNode job : rest.get("/jobs/overview").get("jobs")) {
      if (job.get("state").asText().equals("RUNNING")) {
        return Optional.of(job.get("jid").asText());
      }
    }
    return Optional.empty();
  }

  /** The TaskManagers where subtasks of the vertices of a job run whose name has a text. */
  List<String> at(String job, String name) throws IOException, InterruptedException {
    List<String> found = new ArrayList<>();
    for (JsonNode vertex : rest.get("/jobs/" + job).get("vertices")) {
      if (!vertex.get("name").asText().contains(name)) {
        continue;
      }
      String path = "/jobs/" + job + "/vertices/" + vertex.get("id").asText();
      for (JsonNode subtask : rest.get(path).get("subtasks")) {
        if (subtask.get("status").asText().equals("RUNNING")) {
          found.add(subtask.get("taskmanager-id").asText());
        }
      }
    }
    return found;
  }

  /** The names of all threads of a TaskManager. */
  List<String> threads(String id) throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    for (JsonNode thread : rest.get("/taskmanagers/" + id + "/thread-dump").get("threadInfos")) {
      names.add(thread.get("threadName").asText());
    }
    return names;
  }

  ChildProcess jobManager() {
    return jobManager;
  }

  /** The JobManager and the TaskManagers that were not killed. */
  List<ChildProcess> processes() {
    List<ChildProcess> all = new ArrayList<>(taskManagers.values());
    all.add(jobManager);
    return all;
  }

  private Path conf() {
    return folder.resolve("conf");
  }

  @Override
  public void close() {
    taskManagers.values().forEach(ChildProcess::close);
    jobManager.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
