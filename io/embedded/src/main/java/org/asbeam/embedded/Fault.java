package org.asbeam.embedded;

import java.time.Duration;
import java.util.Arrays;

/**
 * Something that goes wrong: where (a kind of request, a node, a set, a partition ...), when (after
 * so many hits or rows), what, and how often.
 *
 * <pre>{@code
 * cluster.inject(Fault.on(Fault.Target.SCAN).node(1).after(100).dropConnection());
 * cluster.inject(Fault.on(Fault.Target.WRITE).set("users").times(3).resultCode(18));
 * }</pre>
 *
 * <p>Immutable: each method returns a changed copy. A fault happens once unless {@link #times} or
 * {@link #always} says otherwise.
 */
public final class Fault {
  /** A kind of request, and the point where its faults strike. */
  public enum Target {
    /** A record read, alone or as a row of a batch. */
    READ,
    /** A record write or delete, alone or as a row of a batch. */
    WRITE,
    /** A whole batch request, before its first row. */
    BATCH,
    /** A partition scan or a query, before a row. */
    SCAN,
    /** A request of info commands. */
    INFO
  }

  enum Action {
    RESULT_CODE,
    DROP_CONNECTION,
    DROP_MID_FRAME,
    DROP_REPLY,
    DELAY,
    FREEZE
  }

  private final Target target;
  private int node = -1;
  private String namespace;
  private String set;
  private int partition = -1;
  private byte[] digest;
  private int skip;
  private int after;
  private int times = 1;
  private Action action = Action.DROP_CONNECTION;
  private int resultCode;
  private Duration delay = Duration.ZERO;

  private Fault(Target target) {
    this.target = target;
  }

  private Fault copy() {
    Fault copy = new Fault(target);
    copy.node = node;
    copy.namespace = namespace;
    copy.set = set;
    copy.partition = partition;
    copy.digest = digest;
    copy.skip = skip;
    copy.after = after;
    copy.times = times;
    copy.action = action;
    copy.resultCode = resultCode;
    copy.delay = delay;
    return copy;
  }

  /** A fault of a kind of request, anywhere; by default it drops the connection. */
  public static Fault on(Target target) {
    return new Fault(target);
  }

  /** Only on this node, counted from 0. */
  public Fault node(int index) {
    Fault copy = copy();
    copy.node = index;
    return copy;
  }

  /** Only in this namespace. */
  public Fault namespace(String name) {
    Fault copy = copy();
    copy.namespace = name;
    return copy;
  }

  /** Only for requests that name this set; empty: that name none. */
  public Fault set(String name) {
    Fault copy = copy();
    copy.set = name;
    return copy;
  }

  /** Only for records of this partition; of a scan: when it comes to the partition. */
  public Fault partition(int id) {
    Fault copy = copy();
    copy.partition = id;
    return copy;
  }

  /** Only for the record with this digest; not for scans. */
  public Fault digest(byte[] bytes) {
    Fault copy = copy();
    copy.digest = bytes.clone();
    return copy;
  }

  /** Lets the first n hits pass. */
  public Fault skip(int n) {
    Fault copy = copy();
    copy.skip = n;
    return copy;
  }

  /** In a scan: strikes when the request has yielded this many rows, 0: before the first. */
  public Fault after(int rows) {
    Fault copy = copy();
    copy.after = rows;
    return copy;
  }

  /** Happens n times, then no more. */
  public Fault times(int n) {
    Fault copy = copy();
    copy.times = n;
    return copy;
  }

  /** Happens until it is removed. */
  public Fault always() {
    return times(Integer.MAX_VALUE);
  }

  /**
   * Answers with a code and does nothing. A scan answers so before its first row with a lone
   * message, later with its last message; with {@link #partition} given, that partition is reported
   * as not served and the scan goes on. An info request answers so to its commands on indexes and
   * UDFs.
   */
  public Fault resultCode(int code) {
    Fault copy = copy();
    copy.action = Action.RESULT_CODE;
    copy.resultCode = code;
    return copy;
  }

  /** Resets the connection; a scan sends first, in whole frames, the rows that it has. */
  public Fault dropConnection() {
    Fault copy = copy();
    copy.action = Action.DROP_CONNECTION;
    return copy;
  }

  /** Announces a frame, sends half of it, and resets the connection. */
  public Fault dropMidFrame() {
    Fault copy = copy();
    copy.action = Action.DROP_MID_FRAME;
    return copy;
  }

  /** Does what is asked, and resets the connection instead of answering. Not for scans. */
  public Fault dropReply() {
    Fault copy = copy();
    copy.action = Action.DROP_REPLY;
    return copy;
  }

  /** Does what is asked after a pause; a scan sends first the rows that it has. */
  public Fault delay(Duration pause) {
    Fault copy = copy();
    copy.action = Action.DELAY;
    copy.delay = pause;
    return copy;
  }

  /** Never answers, and keeps the connection open. */
  public Fault freeze() {
    Fault copy = copy();
    copy.action = Action.FREEZE;
    return copy;
  }

  boolean matches(Target kind, int nodeIndex, String ns, String setName) {
    return target == kind
        && (node < 0 || node == nodeIndex)
        && (namespace == null || namespace.equals(ns))
        && (set == null || set.equals(setName));
  }

  boolean matchesRecord(byte[] recordDigest) {
    return (partition < 0 || partition == Namespace.partitionOf(recordDigest, 0))
        && (digest == null || Arrays.equals(digest, recordDigest));
  }

  int partition() {
    return partition;
  }

  int skip() {
    return skip;
  }

  int after() {
    return after;
  }

  int times() {
    return times;
  }

  Action action() {
    return action;
  }

  int resultCode() {
    return resultCode;
  }

  Duration delay() {
    return delay;
  }
}
