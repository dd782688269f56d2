package org.asbeam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.NewRecord;
import org.asbeam.embedded.StoredBin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of the README, in their order, as they are printed. */
class DocumentationTest {
  private static final Path README = Path.of("..", "..", "README.md");
  private static final Pattern SHELL_BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");

  @TempDir Path scratch;

  private static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    Matcher blocks = SHELL_BLOCK.matcher(Files.readString(README));
    while (blocks.find()) {
      blocks.group(1).lines().forEach(commands::add);
    }
    return commands;
  }

  @Test
  void theCommandsOfTheReadmeWork() throws IOException {
    try (EmbeddedCluster cluster =
        EmbeddedCluster.builder().namespace("test").namespace("copy").start()) {
      DemoData.fill(cluster, "test", 500);
      Map<String, String> environment = Map.of("ASBEAM_PORT", Integer.toString(cluster.port(0)));
      // A small demo, and nothing left in the folder for temporary files.
      Map<String, String> ofDemo =
          Map.of("ASBEAM_RECORDS", "500", "ASBEAM_DIRECTORY", scratch.resolve("demo").toString());
      int ran = 0;
      for (String command : commands()) {
        // The first runs this test, and the second one serves until it is ended.
        if (command.startsWith("mvn ") || command.startsWith("./asbeam node ")) {
          continue;
        }
        assertThat(command).startsWith("./asbeam ");
        if (command.contains("--resume")) {
          interrupt(cluster);
        }
        String words = command.substring("./asbeam ".length());
        Object[] args = words.replace("/backups", scratch.toString()).split(" ");
        boolean isDemo = words.startsWith("demo");
        assertThat(Asbeam.run(isDemo ? ofDemo : environment, args).code()).as(command).isZero();
        ran++;
      }
      assertThat(ran).isGreaterThan(8);
    }
  }

  /** Leaves an unfinished backup where the README has one. */
  private void interrupt(EmbeddedCluster cluster) {
    byte[] digest = new byte[20];
    cluster
        .namespace("test")
        .put(NewRecord.ofDigest("odd", digest).bin(StoredBin.raw("vector", 99, new byte[3])));
    Object[] backup = {
      "backup", "-p", cluster.port(0), "-n", "test", "-d", scratch.resolve("monday"), "-r"
    };
    Asbeam.run(backup).fails(27, "vector");
    cluster.namespace("test").put(NewRecord.ofDigest("odd", digest).bin("plain", 1));
  }
}
