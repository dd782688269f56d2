package org.asbeam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.asbeam.embedded.EmbeddedCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Backs up the zoo with some options, verifies and restores it with others, and compares every
 * record: so many times that each pair of values of two options meets once.
 */
class MatrixTest {
  private static final Path GOLDEN = Path.of("../../io/format/src/test/resources/golden");
  private static final Path KEYS = Path.of("../../io/storage/src/test/resources/golden/keys");
  private static final int SEED = 2;

  private static EmbeddedCluster cluster;
  private static long records;

  @TempDir Path temp;

  /**
   * One of the ways to do a thing.
   *
   * @param backup flags of the backup
   * @param read flags of verify and restore
   * @param restore flags of the restore alone
   */
  private record Way(String backup, String read, String restore) {
    static Way backup(String flags) {
      return new Way(flags, "", "");
    }

    static Way restore(String flags) {
      return new Way("", "", flags);
    }
  }

  private static final String PKCS1 = "--encryption-key-file " + KEYS.resolve("key-pkcs1.pem");
  private static final String PKCS8 = "--encryption-key-file " + KEYS.resolve("key-pkcs8.pem");

  /** The dimensions; DIR and FILE stand for places of the run. */
  private static final List<List<Way>> DIMENSIONS =
      List.of(
          List.of(
              new Way("-d DIR", "-d DIR", ""),
              new Way("-o FILE", "-i FILE", ""),
              new Way("-d DIR --file-limit 64KiB", "--directory-list DIR", ""),
              new Way(
                  "-d DIR --output-file-prefix zoo",
                  "--directory-list b --parent-directory TEMP",
                  "")),
          List.of(
              Way.backup(""),
              Way.backup("--compress zstd"),
              Way.backup("-z ZSTD --compression-level 19"),
              Way.backup("-z ZSTD --compression-level -5")),
          List.of(
              Way.backup(""),
              new Way("--encrypt aes128 " + PKCS8, PKCS1, ""),
              new Way("--encrypt AES256 " + PKCS1, "--encrypt AES256 " + PKCS8, "")),
          List.of(Way.backup(""), Way.backup("--compact")),
          List.of(Way.backup("-w 1"), Way.backup("-w 3 --nice 50"), Way.backup("-L 500000")),
          List.of(
              Way.restore("--replace"),
              Way.restore("--unique"),
              Way.restore("-g --disable-batch-writes"),
              Way.restore("--batch-size 7 --max-async-batches 3")),
          List.of(
              Way.restore(""),
              Way.restore("--apply-metadata-last"),
              Way.restore("-w 4 -L 500000 --nice 50")));

  /** The choices of one run, an index into each dimension. */
  record Choice(int[] ways) {
    @Override
    public String toString() {
      return flags(Way::backup) + " | " + flags(Way::read) + " | " + flags(Way::restore);
    }

    String flags(java.util.function.Function<Way, String> part) {
      List<String> flags = new ArrayList<>();
      for (int d = 0; d < ways.length; d++) {
        flags.add(part.apply(DIMENSIONS.get(d).get(ways[d])));
      }
      return String.join(" ", flags).strip().replaceAll(" +", " ");
    }

    Set<String> pairs() {
      Set<String> pairs = new HashSet<>();
      for (int a = 0; a < ways.length; a++) {
        for (int b = a + 1; b < ways.length; b++) {
          pairs.add(a + "=" + ways[a] + "," + b + "=" + ways[b]);
        }
      }
      return pairs;
    }
  }

  @BeforeAll
  static void fill() {
    cluster = EmbeddedCluster.builder().nodes(2).namespace("bar").namespace("copy").start();
    // The Go tools turn some particle types into others; the C tool spoils two of the indexes.
    records = restore("bar", "--no-indexes -d " + GOLDEN.resolve("c-plain")).number("inserted");
    restore("bar", "--no-records -d " + GOLDEN.resolve("absctl-plain"));
    assertThat(records).isGreaterThan(2_000);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void empty() {
    cluster.namespace("copy").clear();
  }

  private static Asbeam.Result restore(String namespaces, String flags) {
    return run("restore -p " + cluster.port(0) + " -n " + namespaces + " " + flags).succeeds();
  }

  private static Asbeam.Result run(String line) {
    return Asbeam.run((Object[]) line.strip().split(" +"));
  }

  private String placed(String flags) {
    return flags
        .replace("DIR", temp.resolve("b").toString())
        .replace("FILE", temp.resolve("zoo.asb").toString())
        .replace("TEMP", temp.toString());
  }

  /** Greedy: of many random choices the one that brings the most pairs that are new. */
  static Stream<Choice> choices() {
    Random random = new Random(SEED);
    Set<String> left = new HashSet<>();
    IntStream.range(0, 20_000).forEach(i -> left.addAll(random(random).pairs()));
    List<Choice> chosen = new ArrayList<>();
    while (!left.isEmpty()) {
      Choice best = null;
      long most = 0;
      for (int i = 0; i < 300; i++) {
        Choice choice = random(random);
        long brings = choice.pairs().stream().filter(left::contains).count();
        if (brings > most) {
          most = brings;
          best = choice;
        }
      }
      if (best != null) {
        left.removeAll(best.pairs());
        chosen.add(best);
      }
    }
    return chosen.stream();
  }

  private static Choice random(Random random) {
    return new Choice(DIMENSIONS.stream().mapToInt(ways -> random.nextInt(ways.size())).toArray());
  }

  @ParameterizedTest
  @MethodSource("choices")
  void whatGoesInComesOut(Choice choice) {
    Asbeam.Result made =
        run("backup -p " + cluster.port(0) + " -n bar " + placed(choice.flags(Way::backup)))
            .succeeds();
    assertThat(made.number("records")).isEqualTo(records);

    Asbeam.Result verified = run("verify " + placed(choice.flags(Way::read))).succeeds();
    assertThat(verified.number("records")).isEqualTo(records);

    Asbeam.Result restored =
        restore(
            "bar,copy", placed(choice.flags(Way::read)) + " " + placed(choice.flags(Way::restore)));
    assertThat(restored.number("inserted")).isEqualTo(records);
    NamespaceComparison comparison =
        NamespaceComparison.of(cluster.namespace("bar"), cluster.namespace("copy"));
    assertThat(comparison.differences()).isEmpty();
    assertThat(comparison.equal()).isEqualTo(records);
  }
}
