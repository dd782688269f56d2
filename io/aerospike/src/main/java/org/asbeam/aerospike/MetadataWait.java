package org.asbeam.aerospike;

import com.aerospike.client.cluster.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.format.SecondaryIndex;
import org.asbeam.format.UdfModule;

/** Waits until all nodes have what one node was told; as long as there is progress. */
final class MetadataWait {
  private static final long FIRST_POLL_MILLIS = 20;
  private static final long MAX_POLL_MILLIS = 1000;
  private static final long REPORT_SECONDS = 30;
  private static final int BUILT = 100;

  private final ClusterClient client;
  private final Duration stallTimeout;
  private final Consumer<String> report;
  private final BooleanSupplier stop;

  MetadataWait(
      ClusterClient client, Duration stallTimeout, Consumer<String> report, BooleanSupplier stop) {
    this.client = client;
    this.stallTimeout = stallTimeout;
    this.report = report;
    this.stop = stop;
  }

  /** Waits until an index is built on all nodes. */
  void untilBuilt(SecondaryIndex index) throws IOException {
    String command = "sindex/" + index.namespace() + "/" + index.name();
    until(
        "index '" + index.name() + "' of namespace '" + index.namespace() + "' is built",
        node -> {
          String answer = InfoClient.ask(client, node, command);
          // A node that does not know it yet answers 201.
          return InfoClient.isError(answer)
              ? 0
              : (int) InfoText.number(InfoText.pairs(answer, ';'), "load_pct", 0);
        });
  }

  /** Waits until no node has an index any more. */
  void untilDropped(SecondaryIndex index) throws IOException {
    String command = "sindex/" + index.namespace() + "/" + index.name();
    until(
        "index '" + index.name() + "' of namespace '" + index.namespace() + "' is dropped",
        node -> InfoClient.isError(InfoClient.ask(client, node, command)) ? BUILT : 0);
  }

  /** Waits until all nodes have a module with this content. */
  void untilRegistered(UdfModule module) throws IOException {
    until(
        "UDF '" + module.name() + "' is registered",
        node -> module.equals(MetadataReader.udf(client, node, module.name())) ? BUILT : 0);
  }

  private void until(String what, Progress progress) throws IOException {
    Map<String, Integer> last = new HashMap<>();
    long changed = System.nanoTime();
    long reported = changed;
    long poll = FIRST_POLL_MILLIS;
    while (true) {
      int least = BUILT;
      String slowest = "";
      for (Node node : client.nodes()) {
        int percent = percent(progress, node);
        if (!Integer.valueOf(percent).equals(last.put(node.getName(), percent))) {
          changed = System.nanoTime();
        }
        if (percent < least) {
          least = percent;
          slowest = node.toString();
        }
      }
      if (least >= BUILT) {
        return;
      }
      long now = System.nanoTime();
      if (now - changed > stallTimeout.toNanos()) {
        throw new ClusterException(
            Kind.TRANSIENT,
            "waited "
                + stallTimeout.toSeconds()
                + " s without progress until "
                + what
                + "; node "
                + slowest
                + " is at "
                + least
                + "%; see the server's log");
      }
      if (now - reported > TimeUnit.SECONDS.toNanos(REPORT_SECONDS)) {
        report.accept("waiting until " + what + ": " + least + "% on node " + slowest);
        reported = now;
      }
      Pause.until(now + TimeUnit.MILLISECONDS.toNanos(poll), stop);
      poll = Math.min(MAX_POLL_MILLIS, poll * 2);
      if (stop.getAsBoolean()) {
        throw new ClusterException(Kind.STOPPED, "stopped while waiting until " + what);
      }
    }
  }

  private static int percent(Progress progress, Node node) throws ClusterException {
    try {
      return progress.percent(node);
    } catch (ClusterException e) {
      if (!e.isTransient()) {
        throw e;
      }
      // A node that doesn't answer for a while is none that lost what it had.
      return 0;
    }
  }

  private interface Progress {
    /** 0 to 100. */
    int percent(Node node) throws ClusterException;
  }
}
