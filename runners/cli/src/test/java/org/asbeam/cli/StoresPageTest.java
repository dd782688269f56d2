package org.asbeam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.storage.testing.StoreKind;
import org.asbeam.storage.testing.StoreServer;
import org.asbeam.storage.testing.StoreServers;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs the commands of the page on stores, as they are printed: the environment says where the test
 * server is, and its bucket takes the place of the one on the page.
 */
class StoresPageTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "stores.md");
  private static final Map<StoreKind, String> FOLDERS =
      Map.of(
          StoreKind.S3, "s3://backups",
          StoreKind.GCS, "gs://backups",
          StoreKind.AZURE, "azfs://account/backups",
          StoreKind.HDFS, "hdfs://namenode:8020/backups");

  @TempDir Path scratch;

  /** The commands of the blocks that name the store. */
  private static List<String> commands(StoreKind kind) throws IOException {
    String scheme = FOLDERS.get(kind).replaceFirst(":.*", "");
    return Pattern.compile("(?s)```sh\n(.*?)```")
        .matcher(Files.readString(PAGE))
        .results()
        .map(block -> block.group(1))
        .filter(block -> block.contains(scheme + "://") || block.contains("--" + scheme + "-"))
        .flatMap(String::lines)
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void theCommandsOfThePageWork(StoreKind kind) throws Exception {
    StoreServers.require(kind);
    StoreServer server = StoreServers.shared(kind);
    String folder = server.newFolder();
    Map<String, String> environment = new HashMap<>();
    server
        .settings()
        .forEach(
            (name, value) ->
                environment.put(
                    "ASBEAM_" + name.replace('-', '_').toUpperCase(Locale.ROOT), value));
    Files.writeString(
        scratch.resolve("s3-id"), server.settings().getOrDefault("s3-access-key-id", "none"));
    Files.writeString(
        scratch.resolve("s3-key"), server.settings().getOrDefault("s3-secret-access-key", "none"));
    String bucket = folder.replaceFirst("^[a-z0-9]+://", "");
    try (EmbeddedCluster cluster =
        EmbeddedCluster.builder().namespace("test").namespace("copy").start()) {
      DemoData.fill(cluster, "test", 300);
      environment.put("ASBEAM_PORT", Integer.toString(cluster.port(0)));
      List<String> commands = commands(kind);
      assertThat(commands).hasSizeGreaterThanOrEqualTo(3);
      for (String command : commands) {
        assertThat(command).startsWith("./asbeam ");
        String words =
            command
                .substring("./asbeam ".length())
                .replace(FOLDERS.get(kind), folder)
                .replace("--s3-bucket-name backups", "--s3-bucket-name " + bucket.split("/")[0])
                .replace("/run/secrets", scratch.toString());
        assertThat(Asbeam.run(environment, (Object[]) words.split(" ")).code())
            .as(command)
            .isZero();
      }
    }
  }
}
