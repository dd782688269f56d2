package org.asbeam.cli.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asks a JobManager that knows its configuration, and nothing else. */
class FlinkClusterTest {
  private HttpServer server;
  private String configuration = "[]";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer("/overview", () -> "{\"slots-total\": 6}");
    answer("/jobmanager/config", () -> configuration);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** Makes the text of an answer. */
  @FunctionalInterface
  private interface Answer {
    String text();
  }

  private void answer(String path, Answer answer) {
    server.createContext(
        path,
        exchange -> {
          byte[] body = answer.text().getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private void strategy(String value) {
    configuration =
        "[{\"key\": \"rest.port\", \"value\": \"1\"},"
            + " {\"key\": \"restart-strategy.type\", \"value\": \"%s\"}]".formatted(value);
  }

  private static Configuration of(Map<String, String> settings) {
    return Configuration.fromMap(settings);
  }

  private Configuration remote(int port) {
    return of(
        Map.of(
            DeploymentOptions.TARGET.key(),
            "remote",
            RestOptions.ADDRESS.key(),
            "127.0.0.1",
            RestOptions.PORT.key(),
            Integer.toString(port)));
  }

  @Test
  void aClusterTellsItsSlotsAndWhetherItRestarts() throws Exception {
    assertThat(FlinkCluster.ask("127.0.0.1:" + port())).isEqualTo(new FlinkCluster(6, false));
    strategy("fixed-delay");
    assertThat(FlinkCluster.ask("127.0.0.1:" + port())).isEqualTo(new FlinkCluster(6, true));
    strategy("none");
    assertThat(FlinkCluster.ask("127.0.0.1:" + port())).isEqualTo(new FlinkCluster(6, false));
  }

  @Test
  void theClusterOfAClientIsAsked() throws Exception {
    assertThat(FlinkCluster.isKnownNotToRestart(remote(port()))).isTrue();
    strategy("exponential-delay");
    assertThat(FlinkCluster.isKnownNotToRestart(remote(port()))).isFalse();
  }

  @Test
  void insideTheClusterItsConfigurationTells() throws Exception {
    Map<String, String> inside = Map.of(DeploymentOptions.TARGET.key(), "embedded");
    assertThat(FlinkCluster.isKnownNotToRestart(of(inside))).isTrue();
    assertThat(
            FlinkCluster.isKnownNotToRestart(
                of(
                    Map.of(
                        DeploymentOptions.TARGET.key(),
                        "embedded",
                        "restart-strategy.type",
                        "failure-rate"))))
        .isFalse();
  }

  @Test
  void nothingIsSaidOfAClusterThatCannotBeAsked() throws Exception {
    int gone = port();
    server.stop(0);
    assertThat(FlinkCluster.isKnownNotToRestart(remote(gone))).isFalse();
    assertThat(
            FlinkCluster.isKnownNotToRestart(
                of(Map.of(DeploymentOptions.TARGET.key(), "kubernetes-session"))))
        .isFalse();
    assertThat(FlinkCluster.isKnownNotToRestart(new Configuration())).isFalse();
  }
}
