package org.asbeam.aerospike;

import com.aerospike.client.cluster.Node;
import com.aerospike.client.cluster.Partitions;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The partitions that a scan still has to read: which node to ask for each, and when. After a
 * failure the next replica is asked, and not before a delay is over.
 */
final class PartitionQueue {
  private final PartitionCursors cursors;
  private final int[] remaining;
  private int count;

  /** How often each partition failed: which of its replicas is next. */
  private final int[] sequence = new int[org.asbeam.format.Partitions.COUNT];

  /** How often each partition failed since it last made progress. */
  private final int[] attempts = new int[org.asbeam.format.Partitions.COUNT];

  private final long[] notBefore = new long[org.asbeam.format.Partitions.COUNT];
  private final long backoffMillis;
  private final long origin = System.nanoTime();

  private final boolean[] asked = new boolean[org.asbeam.format.Partitions.COUNT];
  private final boolean[] unavailable = new boolean[org.asbeam.format.Partitions.COUNT];
  private final int[] request;
  private int requested;

  /**
   * @param backoffMillis the first delay after a failure; at least a tend interval, for the
   *     client's map changes only then
   */
  PartitionQueue(PartitionCursors cursors, int partitionsPerRequest, long backoffMillis) {
    this.cursors = cursors;
    this.remaining = cursors.remaining().stream().toArray();
    this.count = remaining.length;
    this.request = new int[Math.min(partitionsPerRequest, Math.max(1, count))];
    this.backoffMillis = backoffMillis;
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
    for (int i = 0; i < count && requested < request.length; i++) {
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
    notBefore[partition] = now() + Pause.backoffNanos(backoffMillis, attempts[partition]);
  }

  private long now() {
    return System.nanoTime() - origin;
  }

  /** The replica whose turn it is, or the next active one. */
  private Node owner(Partitions map, int partition) {
    AtomicReferenceArray<Node>[] replicas = map.replicas;
    for (int i = 0; i < replicas.length; i++) {
      Node node = replicas[(sequence[partition] + i) % replicas.length].get(partition);
      if (node != null && node.isActive()) {
        return node;
      }
    }
    return null;
  }
}
