package org.asbeam.cli;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.pipelines.options.OptionValues;
import org.asbeam.pipelines.options.Options;
import org.asbeam.pipelines.options.UsageException;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.WorkException;

/** {@code asbeam node}: an embedded cluster to play with. */
final class NodeCommand implements Subcommand {
  private final Terminal terminal;

  NodeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int run(OptionValues values) throws UsageException, WorkException, InterruptedException {
    values.check();
    List<String> namespaces = List.of(values.get(Options.NODE_NAMESPACES).split(","));
    int port = values.get(Options.NODE_PORT);
    int nodes = values.get(Options.NODES);
    if (port != 0 && port + nodes - 1 > 65535) {
      throw new UsageException(
          List.of("--port " + port + " leaves no room for " + nodes + " nodes - give a lower one"));
    }
    EmbeddedCluster.Builder builder = EmbeddedCluster.builder().nodes(nodes).port(port);
    try {
      namespaces.forEach(builder::namespace);
    } catch (IllegalArgumentException e) {
      throw new UsageException(List.of("--namespace: " + e.getMessage()));
    }
    try (EmbeddedCluster cluster = start(builder, port)) {
      if (values.get(Options.DEMO_DATA)) {
        terminal.print("filling namespace " + namespaces.get(0) + " ...");
        DemoData.fill(
            cluster,
            namespaces.get(0),
            Integer.parseInt(Options.DEMO_RECORDS.defaultText().orElseThrow()));
      }
      terminal.print(
          "an embedded cluster listens at "
              + cluster.seeds()
              + ", namespaces "
              + String.join(", ", namespaces)
              + "; Ctrl-C ends it, and its records are gone then");
      terminal.out().flush();
      // The signal's handler ends the process.
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private static EmbeddedCluster start(EmbeddedCluster.Builder builder, int port)
      throws WorkException {
    try {
      return builder.start();
    } catch (UncheckedIOException e) {
      throw new WorkException(
          ErrorCode.USAGE,
          "--port " + port + ": a node can't listen there: " + e.getCause().getMessage(),
          "choose another with --port, or 0 for any that is free",
          e);
    }
  }
}
