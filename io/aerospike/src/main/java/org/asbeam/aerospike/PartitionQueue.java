package org.asbeam.aerospike;

import com.aerospike.client.cluster.Node;
import com.aerospike.client.cluster.Partitions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The partitions that a scan still has to read: which node to ask for each, and when. Replicas on
 * preferred racks come first, then the master. After a failure the next replica is asked, and not
 * before a delay is over.
 */
final class PartitionQueue {
  private final PartitionCursors cursors;
  private final int[] remaining;
  private int count;

  /** How many first delays a node that failed is left alone, where another can be asked. */
  private static final int AVOID_TIMES = 16;

  private final Map<String, Long> avoidUntil = new HashMap<>();

  /** How often each partition failed: which of its replicas is next. */
  private final int[] sequence = new int[org.asbeam.format.Partitions.COUNT];

  /** How often a request for the partition failed, or its node couldn't serve it. */
  private final int[] failures = new int[org.asbeam.format.Partitions.COUNT];

  /** How often each partition failed since it last made progress. */
  private final int[] attempts = new int[org.asbeam.format.Partitions.COUNT];

  private final long[] notBefore = new long[org.asbeam.format.Partitions.COUNT];
  private final Racks racks;
  private final long backoffMillis;
  private final long fixedNanos;
  private final long origin = System.nanoTime();

  private final boolean[] asked = new boolean[org.asbeam.format.Partitions.COUNT];
  private final boolean[] unavailable = new boolean[org.asbeam.format.Partitions.COUNT];
  private final int[] request;
  private int requested;
  private int perRequest;

  /** The replicas of a partition in the order of their racks; the same array for each. */
  private Node[] ranked = new Node[0];

  /**
   * @param backoffMillis the first delay after a failure; at least a tend interval, for the
   *     client's map changes only then
   * @param fixedNanos every delay instead of growing ones; 0: growing ones
   */
  PartitionQueue(
      PartitionCursors cursors,
      int partitionsPerRequest,
      Racks racks,
      long backoffMillis,
      long fixedNanos) {
    this.cursors = cursors;
    this.racks = racks;
    this.remaining = cursors.remaining().stream().toArray();
    this.count = remaining.length;
    this.request = new int[Math.min(partitionsPerRequest, Math.max(1, count))];
    this.perRequest = request.length;
    this.backoffMillis = backoffMillis;
    this.fixedNanos = fixedNanos;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /**
   * Chooses the next partitions: of those that may be asked for now, the first and others of the
   * same node.
   *
   * @return the node to ask; null if none can be asked now
   */
  Node choose(Partitions map) {
    long now = now();
    Node node = null;
    requested = 0;
    Arrays.fill(asked, false);
    for (int i = 0; i < count && requested < perRequest; i++) {
      int id = remaining[i];
      if (notBefore[id] > now) {
        continue;
      }
      Node owner = owner(map, id);
      if (owner == null) {
        delay(id);
      } else if (node == null || node.getName().equals(owner.getName())) {
        node = owner;
        request[requested++] = id;
        asked[id] = true;
        unavailable[id] = false;
      }
    }
    return node;
  }

  /** The partitions that {@link #choose} chose: the first {@link #requested()} of the array. */
  int[] request() {
    return request;
  }

  int requested() {
    return requested;
  }

  /**
   * Asks for fewer partitions at a time from now on: what one request loses when it fails, and how
   * long it may take, are less then.
   *
   * @return false: it is one partition already
   */
  boolean shrink() {
    boolean shrinks = perRequest > 1;
    perRequest = Math.max(1, perRequest / 4);
    return shrinks;
  }

  /** A partition whose requests failed more often than this; -1: none. */
  int failedMoreThan(int limit) {
    for (int i = 0; i < count; i++) {
      if (failures[remaining[i]] > limit) {
        return remaining[i];
      }
    }
    return -1;
  }

  boolean isAsked(int partition) {
    return partition >= 0 && partition < asked.length && asked[partition];
  }

  /** Notes that the node of the current request can't serve a partition. */
  void unavailable(int partition) {
    unavailable[partition] = true;
  }

  /**
   * Ends a request that the server answered to its end.
   *
   * @return whether a partition was finished
   */
  boolean finish() {
    boolean finished = false;
    for (int i = 0; i < requested; i++) {
      int id = request[i];
      if (unavailable[id]) {
        failures[id]++;
        delay(id);
      } else {
        cursors.finish(id);
        finished = true;
      }
    }
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (!cursors.isDone(remaining[i])) {
        remaining[kept++] = remaining[i];
      }
    }
    count = kept;
    return finished;
  }

  /** Ends a request that failed. */
  void fail(boolean progressed) {
    for (int i = 0; i < requested; i++) {
      if (progressed) {
        attempts[request[i]] = 0;
      }
      failures[request[i]]++;
      delay(request[i]);
    }
  }

  /** The time of {@link System#nanoTime()} at which a partition can be asked for again. */
  long nextTime() {
    long next = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      next = Math.min(next, notBefore[remaining[i]]);
    }
    return origin + next;
  }

  private void delay(int partition) {
    sequence[partition]++;
    attempts[partition]++;
    notBefore[partition] =
        now()
            + (fixedNanos > 0
                ? fixedNanos
                : Pause.backoffNanos(backoffMillis, attempts[partition]));
  }

  private long now() {
    return System.nanoTime() - origin;
  }

  /** The replica whose turn it is, or the next active one. */
  private Node owner(Partitions map, int partition) {
    AtomicReferenceArray<Node>[] replicas = map.replicas;
    int known = rank(replicas, partition);
    Node avoided = null;
    for (int i = 0; i < known; i++) {
      Node node = ranked[(sequence[partition] + i) % known];
      if (node.isActive() && !isAvoided(node)) {
        return node;
      }
      if (node.isActive() && avoided == null) {
        avoided = node;
      }
    }
    return avoided;
  }

  /** Asks a node for a while only for what no other node has. */
  void avoid(Node node) {
    avoidUntil.put(
        node.getName(), now() + TimeUnit.MILLISECONDS.toNanos(AVOID_TIMES * backoffMillis));
  }

  private boolean isAvoided(Node node) {
    Long until = avoidUntil.isEmpty() ? null : avoidUntil.get(node.getName());
    return until != null && until > now();
  }

  /** Puts the nodes that have a partition in order: best racks first, then as the map has them. */
  private int rank(AtomicReferenceArray<Node>[] replicas, int partition) {
    if (ranked.length < replicas.length) {
      ranked = new Node[replicas.length];
    }
    int known = 0;
    for (AtomicReferenceArray<Node> replica : replicas) {
      Node node = replica.get(partition);
      if (node != null) {
        int at = known++;
        while (!racks.areIrrelevant() && at > 0 && racks.rank(node) < racks.rank(ranked[at - 1])) {
          ranked[at] = ranked[at - 1];
          at--;
        }
        ranked[at] = node;
      }
    }
    return known;
  }
}
