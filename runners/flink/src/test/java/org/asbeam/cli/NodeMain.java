package org.asbeam.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.EmbeddedNamespace;
import org.asbeam.embedded.Fault;
import org.asbeam.embedded.InjectedFault;
import org.asbeam.embedded.NewRecord;
import org.asbeam.embedded.StoredRecord;

/**
 * An embedded cluster in a process of its own, with the records of the demo in namespace {@code
 * test} and an empty namespace {@code copy}. It does what lines of its input say, answers each with
 * a line that begins with the number of the line, and ends with its input.
 */
public final class NodeMain {
  private final EmbeddedCluster cluster;
  private InjectedFault fault;

  /** What happened to requests before the fault that is in effect now. */
  private long before;

  private NodeMain(EmbeddedCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Runs until the input ends.
   *
   * @param args the number of records, and of nodes if there are more than one
   */
  public static void main(String[] args) throws IOException {
    try (EmbeddedCluster cluster =
            EmbeddedCluster.builder()
                .nodes(args.length > 1 ? Integer.parseInt(args[1]) : 1)
                .namespace("test")
                .namespace("copy")
                .start();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      DemoData.fill(cluster, "test", Integer.parseInt(args[0]));
      makeImmortal(cluster.namespace("test"));
      System.out.println("listens at port " + cluster.port(0));
      NodeMain node = new NodeMain(cluster);
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println(++number + " " + node.answer(line.split(" ")));
      }
    }
  }

  /** A client says how long a record is to live, so one whose write is late lives longer. */
  private static void makeImmortal(EmbeddedNamespace namespace) {
    List<StoredRecord> mortal = new ArrayList<>();
    namespace.forEach(
        record -> {
          if (record.voidTime() != 0) {
            mortal.add(record);
          }
        });
    for (StoredRecord record : mortal) {
      NewRecord immortal =
          NewRecord.ofDigest(record.set(), record.digest()).generation(record.generation());
      if (record.hasKey()) {
        immortal.rawKey(record.keyType(), record.key());
      }
      record.bins().forEach(immortal::bin);
      namespace.put(immortal);
    }
  }

  private String answer(String[] words) {
    return switch (words[0]) {
      case "delay" -> delay(words[1], Long.parseLong(words[2]));
      case "slow" -> slow(words[1], Integer.parseInt(words[2]), Long.parseLong(words[3]));
      case "hits" -> Long.toString(before + fault.hits());
      case "connections" -> Long.toString(connections());
      case "compare" -> compare();
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  /**
   * Answers all requests of a kind late from now on. Says how many have come so far since the first
   * of these commands.
   */
  private String delay(String kind, long milliseconds) {
    InjectedFault earlier = fault;
    fault =
        cluster.inject(
            Fault.on(Fault.Target.valueOf(kind.toUpperCase(Locale.ROOT)))
                .always()
                .delay(Duration.ofMillis(milliseconds)));
    if (earlier != null) {
      // The earlier one counts as long as it is there, so none is missed and none counts twice.
      earlier.close();
      before += earlier.hits();
    }
    return Long.toString(before);
  }

  /** Answers scans of a node, or of the request with a partition, late from now on. */
  private String slow(String what, int which, long milliseconds) {
    Fault scans = Fault.on(Fault.Target.SCAN).always();
    cluster.inject(
        (what.equals("node") ? scans.node(which) : scans.partition(which))
            .delay(Duration.ofMillis(milliseconds)));
    return "slow";
  }

  /** Connections of clients; each has a thread. */
  private static long connections() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("asbeam-embedded-.*-client-.*"))
        .count();
  }

  private String compare() {
    NamespaceComparison comparison =
        NamespaceComparison.of(cluster.namespace("test"), cluster.namespace("copy"));
    return "equal " + comparison.equal() + " different " + comparison.different();
  }
}
