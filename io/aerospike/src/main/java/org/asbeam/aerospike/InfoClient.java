package org.asbeam.aerospike;

import com.aerospike.client.AerospikeException;
import com.aerospike.client.Info;
import com.aerospike.client.cluster.Node;
import com.aerospike.client.policy.InfoPolicy;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Map;
import org.asbeam.aerospike.ClusterException.Kind;

/** Asks nodes by info commands; what they ask and answer is text. */
final class InfoClient {
  private InfoClient() {}

  /**
   * Sends a command to a node.
   *
   * @return the answer; it may be empty, or an error as text
   * @throws ClusterException of kind TRANSIENT if the node does not answer, however often it is
   *     asked; see {@link ConnectionSpec#info}
   */
  static String ask(ClusterClient client, Node node, String command) throws ClusterException {
    return ask(client, node, new String[] {command}).getOrDefault(command, "");
  }

  /** Sends commands to a node in one message. */
  static Map<String, String> ask(ClusterClient client, Node node, String... commands)
      throws ClusterException {
    InfoPatience patience = client.spec().info();
    InfoPolicy policy = new InfoPolicy();
    policy.timeout = patience.timeoutMillis();
    AerospikeException last = null;
    for (int retry = 0; retry <= patience.maxRetries(); retry++) {
      if (retry > 0) {
        pause(node, patience.pauseNanos(retry));
      }
      try {
        Map<String, String> answers = new HashMap<>(Info.request(policy, node, commands));
        // The client makes null of an empty answer, which says that there are none.
        answers.replaceAll((command, answer) -> answer == null ? "" : answer);
        return answers;
      } catch (AerospikeException e) {
        last = e;
      }
    }
    if (ClusterErrors.isTransient(last.getResultCode()) || last.getResultCode() < 0) {
      throw new ClusterException(
          Kind.TRANSIENT,
          "node " + node + " does not answer: " + ClusterErrors.describe(last),
          last);
    }
    throw ClusterErrors.permanent(
        "an info command on node " + node,
        last.getResultCode(),
        ClusterErrors.describe(last),
        last);
  }

  private static void pause(Node node, long nanos) throws ClusterException {
    try {
      Pause.until(System.nanoTime() + nanos, () -> false);
    } catch (InterruptedIOException e) {
      throw new ClusterException(Kind.STOPPED, "interrupted while node " + node + " was asked", e);
    }
  }

  /**
   * Whether an answer is an error: {@code ERROR:4:...}, {@code FAIL:...}, {@code error=...}. Only
   * the start counts: an index in state ERROR, or base64, may hold the letters anywhere.
   */
  static boolean isError(String answer) {
    return answer.regionMatches(true, 0, "ERROR", 0, 5)
        || answer.regionMatches(true, 0, "FAIL", 0, 4);
  }

  /** The answer, if it is none of an error. */
  static String successful(Node node, String command, String answer) throws ClusterException {
    if (!isError(answer)) {
      return answer;
    }
    int code = errorCode(answer);
    if (ClusterErrors.isTransient(code)) {
      throw new ClusterException(
          Kind.TRANSIENT, "node " + node + " refuses for now: " + answer.strip());
    }
    throw ClusterErrors.permanent(
        "the command '" + abbreviate(command) + "' on node " + node, code, answer.strip(), null);
  }

  /** The code in {@code ERROR:code:text}; 1, the server's unknown, if there is none. */
  static int errorCode(String answer) {
    String[] parts = answer.split(":", 3);
    try {
      return parts.length > 1 ? Integer.parseInt(parts[1].strip()) : 1;
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  private static String abbreviate(String command) {
    return command.length() <= 120 ? command : command.substring(0, 120) + "...";
  }
}
