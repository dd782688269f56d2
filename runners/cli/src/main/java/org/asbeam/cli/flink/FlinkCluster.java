package org.asbeam.cli.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.flink.client.deployment.executors.RemoteExecutor;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.WorkException;

/**
 * What a Flink cluster tells of itself by its JobManager's REST interface.
 *
 * @param slots of all TaskManagers
 * @param restarts whether it starts the work of a lost TaskManager again: that can be set in the
 *     cluster's configuration only
 */
record FlinkCluster(int slots, boolean restarts) {
  private static final Pattern NO_RESTART = Pattern.compile("none|off|disable");

  /** The target of a program inside the JobManager: in application mode, or by REST. */
  static final String EMBEDDED = "embedded";

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /**
   * Asks a cluster.
   *
   * @param master host and port
   * @throws WorkException if nobody answers there, or no Flink
   */
  static FlinkCluster ask(String master) throws WorkException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    int slots = get(client, master, "/overview").path("slots-total").asInt();
    boolean restarts = false;
    for (JsonNode entry : get(client, master, "/jobmanager/config")) {
      String key = entry.path("key").asText();
      String value = entry.path("value").asText();
      if (key.equals("restart-strategy.type") || key.equals("restart-strategy")) {
        restarts = restarts(value);
      }
    }
    return new FlinkCluster(slots, restarts);
  }

  /**
   * Whether the cluster that Flink gives to a program is known not to start the work of a lost
   * TaskManager again.
   *
   * @param configuration of the client, or inside the cluster that of the cluster
   */
  static boolean isKnownNotToRestart(ReadableConfig configuration) throws InterruptedException {
    String target = configuration.get(DeploymentOptions.TARGET);
    if (EMBEDDED.equals(target)) {
      return configuration
          .getOptional(RestartStrategyOptions.RESTART_STRATEGY)
          .filter(FlinkCluster::restarts)
          .isEmpty();
    }
    if (!RemoteExecutor.NAME.equals(target)) {
      return false;
    }
    try {
      return !ask(configuration.get(RestOptions.ADDRESS)
              + ":"
              + configuration.get(RestOptions.PORT))
          .restarts();
    } catch (WorkException e) {
      // Whether a job can be handed to the cluster is Flink's matter, which knows more ways.
      return false;
    }
  }

  private static boolean restarts(String strategy) {
    return !NO_RESTART.matcher(strategy).matches();
  }

  private static JsonNode get(HttpClient client, String master, String path)
      throws WorkException, InterruptedException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://" + master + path)).timeout(PATIENCE).build();
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      return MAPPER.readTree(response.body());
    } catch (IOException | IllegalArgumentException e) {
      throw new WorkException(
          ErrorCode.UNREACHABLE,
          "no JobManager of Flink answers at "
              + master
              + (e.getMessage() == null ? "" : ": " + e.getMessage()),
          "check --flink-master: host and port of its REST interface, 8081 if nobody changed it",
          e);
    }
  }
}
