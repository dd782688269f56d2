package org.asbeam.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asbeam.cli.NodeMain;
import org.asbeam.storage.testing.ChildProcess;

/** The process of {@link NodeMain}. */
final class NodeProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ChildProcess process;
  private final int port;
  private int asked;

  private NodeProcess(ChildProcess process) throws IOException {
    this.process = process;
    this.port = Integer.parseInt(said("listens at port (\\d+)"));
  }

  /** Starts a node with so many records in namespace {@code test}. */
  static NodeProcess start(Path scratch, int records) throws IOException {
    return start(scratch, records, 1);
  }

  /** A cluster of several nodes, all in that process. */
  static NodeProcess start(Path scratch, int records, int nodes) throws IOException {
    Path folder = Files.createDirectories(scratch.resolve("node"));
    return new NodeProcess(
        ChildProcess.start(
            new ChildProcess.Launch(
                List.of(
                    Jvm.program(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    NodeMain.class.getName(),
                    Integer.toString(records),
                    Integer.toString(nodes)),
                Map.of(),
                true),
            folder,
            folder.resolve("output")));
  }

  int port() {
    return port;
  }

  /** Does what {@link NodeMain} takes a line for, and returns its answer. */
  synchronized String ask(String line) throws IOException {
    process.tell(line);
    return said("(?m)^" + ++asked + " (.*)$");
  }

  private String said(String pattern) throws IOException {
    Matcher matcher =
        process
            .says(Pattern.compile(pattern), PATIENCE)
            .orElseThrow(() -> new IllegalStateException("the node does not answer"));
    return matcher.group(1);
  }

  @Override
  public void close() {
    process.close();
  }
}
