package org.asbeam.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sends recorded info requests. Allowed to differ: the node's name and port, generations, the
 * counters of indexes, and the one message of the Lua compiler, which this node doesn't have.
 */
class InfoReplayTest {
  @ParameterizedTest
  @ValueSource(strings = {"connect", "sindex", "truncate", "udf"})
  void conversations(String name) throws IOException {
    try (EmbeddedCluster cluster =
            EmbeddedCluster.builder().namespace("test").namespace("bar").start();
        RawClient client = new RawClient(cluster.port(0))) {
      List<String> expected = new ArrayList<>();
      List<String> found = new ArrayList<>();
      for (Conversation.Turn turn : Conversation.load(name)) {
        List<Frame> requests = Frame.split(turn.request());
        for (int i = 0; i < requests.size(); i++) {
          if (requests.get(i).text().contains("conv_bad.lua")) {
            continue;
          }
          client.send(Frame.toBytes(Protocol.TYPE_INFO, requests.get(i).body()));
          expected.add(normal(turn.answerFrames().get(i).text(), "BB901000000FC02", 3000));
          found.add(normal(client.receive().text(), cluster.nodeName(0), cluster.port(0)));
        }
      }
      assertThat(found).isEqualTo(expected);
    }
  }

  private static String normal(String answer, String node, int port) {
    return answer
        .replace(node, "NODE")
        .replace(String.valueOf(port), "PORT")
        .replaceAll("-generation\t-?\\d+", "-generation\tN")
        .replaceAll("peers-clear-std\t\\d+", "peers-clear-std\tN")
        .replaceAll("(entries|used_bytes|entries_per_bval|entries_per_rec|load_time)=\\d+", "$1=N")
        // Modules that were there before the recording began.
        .replaceAll("filename=zoo_\\w+\\.lua,hash=\\w+,type=LUA;", "");
  }

  @Test
  void singleAnswers() throws IOException {
    List<String> same =
        List.of(
            "build",
            "edition",
            "version",
            "features",
            "namespaces",
            "racks:",
            "racks:namespace=bar",
            "namespace/nope",
            "bins/bar",
            "digests",
            "nosuchcommand",
            "get-dc-config",
            "get-stats:context=xdr;dc=x",
            "release",
            "status");
    Map<String, String> recorded = recordedInfo();
    try (EmbeddedCluster cluster =
            EmbeddedCluster.builder().namespace("test").namespace("bar").start();
        RawClient client = new RawClient(cluster.port(0))) {
      for (String command : same) {
        assertThat(recorded).containsKey(command);
        assertThat(client.info(command)).as(command).isEqualTo(recorded.get(command));
      }
    }
  }

  /** Whatever this node reports about a namespace, a server reports under the same name. */
  @ParameterizedTest
  @ValueSource(strings = {"namespace/bar", "statistics", "get-config:context=service"})
  void reportedNamesAreTheServers(String command) throws IOException {
    Map<String, String> recorded = keyValues(recordedInfo().get(command));
    try (EmbeddedCluster cluster =
            EmbeddedCluster.builder().namespace("test").namespace("bar").start();
        RawClient client = new RawClient(cluster.port(0))) {
      Map<String, String> found = keyValues(client.info(command));

      assertThat(recorded.keySet()).containsAll(found.keySet());
    }
  }

  /** The fields of a set are all there, in the server's order. */
  @Test
  void setsHaveTheServersFields() throws IOException {
    try (EmbeddedCluster cluster = EmbeddedCluster.builder().namespace("bar").start();
        RawClient client = new RawClient(cluster.port(0))) {
      cluster.namespace("bar").put("keys", 1, StoredBin.of("i", 1));

      String recorded = recordedInfo().get("sets/bar/keys").replaceAll("=\\d+", "=N");

      assertThat(client.info("sets/bar/keys").replaceAll("=\\d+", "=N")).isEqualTo(recorded);
      assertThat(client.info("sets/bar").replaceAll("=\\d+", "=N"))
          .isEqualTo("ns=bar:set=keys:" + recorded);
    }
  }

  private static Map<String, String> keyValues(String answer) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String item : answer.split(";")) {
      int equals = item.indexOf('=');
      assertThat(equals).as(item).isPositive();
      values.put(item.substring(0, equals), item.substring(equals + 1));
    }
    return values;
  }

  private static Map<String, String> recordedInfo() throws IOException {
    Map<String, String> answers = new LinkedHashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                InfoReplayTest.class.getResourceAsStream("/wire/info.txt"),
                StandardCharsets.UTF_8))) {
      for (String line; (line = lines.readLine()) != null; ) {
        int tab = line.indexOf('\t');
        answers.put(line.substring(0, tab), line.substring(tab + 1));
      }
    }
    return answers;
  }
}
