package org.asbeam.aerospike;

import com.aerospike.client.AerospikeException;
import com.aerospike.client.Info;
import com.aerospike.client.cluster.Node;
import com.aerospike.client.policy.InfoPolicy;
import java.util.Map;

/**
 * Tells a node that is silent because it works from one that hangs. A server sends only whole
 * buffers of 1 MiB, so with a filter that next to nothing passes it says nothing for long. Asked
 * now and then during such a silence, it shows how far the request came.
 */
final class Silence {
  /** How many times a node is asked before it counts as hanging. */
  private static final int LOOKS = 2;

  /** What a node says of itself takes it no time, or it says nothing. */
  private static final int MAX_ASK_MILLIS = 2000;

  private final Node node;
  private final long taskId;
  private final long lookMillis;
  private int looks;
  private String lastSeen;
  private boolean worked;
  private boolean tells = true;

  /**
   * @param limitMillis the silence after which a node that shows no work counts as hanging
   */
  Silence(Node node, long taskId, long limitMillis) {
    this.node = node;
    this.taskId = taskId;
    this.lookMillis = Math.max(1, limitMillis / LOOKS);
  }

  /** After how much silence to ask {@link #isWorthWaiting}. */
  long lookMillis() {
    return lookMillis;
  }

  /** Starts to wait for a message. */
  void begin() {
    looks = 0;
  }

  /**
   * Whether to wait on, asked after each {@link #lookMillis} of silence.
   *
   * @param progress told when the node came further
   */
  boolean isWorthWaiting(Runnable progress) {
    String seen = look();
    boolean moved = lastSeen != null && seen != null && !seen.equals(lastSeen);
    lastSeen = seen;
    if (moved) {
      worked = true;
      looks = 0;
      progress.run();
      return true;
    }
    return ++looks < LOOKS;
  }

  /** Whether the node was seen working while it was silent: its requests are better smaller. */
  boolean worked() {
    return worked;
  }

  /** Whether the node, though it answers, can't or won't say what becomes of the request. */
  boolean isUnknown() {
    return !tells;
  }

  /** The counters of the request as text; null: it doesn't run, or the node doesn't tell. */
  private String look() {
    InfoPolicy policy = new InfoPolicy();
    policy.timeout = (int) Math.min(lookMillis, MAX_ASK_MILLIS);
    String answer;
    try {
      answer = Info.request(policy, node, "query-show:trid=" + Long.toUnsignedString(taskId));
    } catch (AerospikeException e) {
      tells = true;
      return null;
    }
    Map<String, String> job = InfoText.pairs(answer == null ? "" : answer, ':');
    tells = !job.isEmpty() || answer != null && answer.startsWith("ERROR:2:");
    if (!job.getOrDefault("status", "").startsWith("active")) {
      return null;
    }
    return job.get("job-progress")
        + ' '
        + job.get("recs-filtered-meta")
        + ' '
        + job.get("recs-filtered-bins")
        + ' '
        + job.get("recs-succeeded");
  }
}
