package org.asbeam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.NewRecord;
import org.asbeam.embedded.StoredBin;
import org.asbeam.storage.testing.StoreKind;
import org.asbeam.storage.testing.StoreServer;
import org.asbeam.storage.testing.StoreServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of the README, in their order, as they are printed. */
class DocumentationTest {
  private static final Path README = Path.of("..", "..", "README.md");
  private static final Pattern SHELL_BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");

  @TempDir Path scratch;

  private String bucket = "";

  private static List<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    Matcher blocks = SHELL_BLOCK.matcher(Files.readString(README));
    while (blocks.find()) {
      blocks.group(1).lines().forEach(commands::add);
    }
    return commands;
  }

  @Test
  void theCommandsOfTheReadmeWork() throws Exception {
    try (EmbeddedCluster cluster =
        EmbeddedCluster.builder().namespace("test").namespace("copy").start()) {
      DemoData.fill(cluster, "test", 500);
      Map<String, String> environment = new HashMap<>();
      environment.put("ASBEAM_PORT", Integer.toString(cluster.port(0)));
      // A small demo, and nothing left in the folder for temporary files.
      Map<String, String> ofDemo =
          Map.of("ASBEAM_RECORDS", "500", "ASBEAM_DIRECTORY", scratch.resolve("demo").toString());
      int ran = 0;
      for (String command : commands()) {
        // The first runs this test, and the second one serves until it is ended.
        if (command.startsWith("mvn ") || command.startsWith("./asbeam node ")) {
          continue;
        }
        if (command.startsWith("openssl genrsa ")) {
          writeKey();
          continue;
        }
        assertThat(command).startsWith("./asbeam ");
        if (command.contains(" | ")) {
          pipe(command, environment);
          ran++;
          continue;
        }
        if (command.contains("--resume")) {
          interrupt(cluster);
        }
        String words = command.substring("./asbeam ".length());
        if (words.contains("s3://backups")) {
          StoreServer server = StoreServers.shared(StoreKind.S3);
          words = words.replace("s3://backups", bucket(server, environment));
        }
        Object[] args = words.replace("/backups", scratch.toString()).split(" ");
        boolean isDemo = words.startsWith("demo");
        assertThat(Asbeam.run(isDemo ? ofDemo : environment, args).code()).as(command).isZero();
        ran++;
      }
      assertThat(ran).isGreaterThan(8);
    }
  }

  /** The bucket that takes the place of the README's; the environment says where it is. */
  private String bucket(StoreServer server, Map<String, String> environment) {
    if (bucket.isEmpty()) {
      bucket = server.newFolder();
      server
          .settings()
          .forEach(
              (name, value) ->
                  environment.put(
                      "ASBEAM_" + name.replace('-', '_').toUpperCase(Locale.ROOT), value));
    }
    return bucket;
  }

  /** As openssl would, which not every machine has. */
  private void writeKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    byte[] der = generator.generateKeyPair().getPrivate().getEncoded();
    Files.writeString(
        scratch.resolve("key.pem"),
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(der)
            + "\n-----END PRIVATE KEY-----\n");
  }

  /** Runs commands in processes of their own, with pipes between them. */
  private void pipe(String line, Map<String, String> environment) throws Exception {
    List<ProcessBuilder> builders = new ArrayList<>();
    for (String command : line.split(" \\| ")) {
      String words = command.substring("./asbeam ".length());
      ProcessBuilder builder = Asbeam.process(scratch, (Object[]) words.split(" "));
      builder.environment().putAll(environment);
      builder.redirectError(scratch.resolve("err").toFile());
      builders.add(builder);
    }
    builders.get(builders.size() - 1).redirectOutput(scratch.resolve("out").toFile());
    for (Process process : ProcessBuilder.startPipeline(builders)) {
      assertThat(process.waitFor()).as(line).isZero();
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
