package org.asbeam.cli.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
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
        restarts = !value.matches("none|off|disable");
      }
    }
    return new FlinkCluster(slots, restarts);
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
