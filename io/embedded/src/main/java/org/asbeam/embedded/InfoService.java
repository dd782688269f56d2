package org.asbeam.embedded;

import java.nio.charset.StandardCharsets;

/** Answers info requests: lines of commands, each answered by one line. */
final class InfoService {
  private final ClusterInfo cluster;
  private final NamespaceInfo namespaces;
  private final IndexInfo indexes;
  private final UdfInfo udfs;
  private final Jobs jobs;
  private final Membership membership;

  InfoService(
      ClusterInfo cluster,
      NamespaceInfo namespaces,
      IndexInfo indexes,
      UdfInfo udfs,
      Jobs jobs,
      Membership membership) {
    this.cluster = cluster;
    this.namespaces = namespaces;
    this.indexes = indexes;
    this.udfs = udfs;
    this.jobs = jobs;
    this.membership = membership;
  }

  /**
   * The body of the answer; a last command without a line feed is ignored, as by a server.
   *
   * @param fault the code to answer commands on indexes and UDFs with, or {@link Strikes#PROCEED};
   *     the others are answered as ever, or clients would lose the node
   */
  byte[] answer(byte[] body, int fault) {
    // One look at the cluster for the whole request: its answers must fit each other.
    ClusterState state = membership.state();
    String request = new String(body, StandardCharsets.UTF_8);
    StringBuilder answer = new StringBuilder();
    int from = 0;
    for (int end; (end = request.indexOf('\n', from)) >= 0; from = end + 1) {
      String line = request.substring(from, end);
      if (!line.isEmpty()) {
        boolean refused =
            fault != Strikes.PROCEED && (line.startsWith("sindex-") || line.startsWith("udf-"));
        String value =
            refused
                ? InfoCommand.error(fault, "injected fault")
                : value(InfoCommand.parse(line), state);
        answer.append(line).append('\t').append(value).append('\n');
      }
    }
    return answer.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Refuses all commands of a client that did not log in. */
  byte[] refuse(byte[] body) {
    StringBuilder answer = new StringBuilder();
    for (String line : new String(body, StandardCharsets.UTF_8).split("\n")) {
      if (!line.isEmpty()) {
        answer.append(line).append('\t');
        answer.append(InfoCommand.error(ResultCode.NOT_AUTHENTICATED, "not authenticated"));
        answer.append('\n');
      }
    }
    return answer.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String value(InfoCommand command, ClusterState state) {
    String value = cluster.value(command, state);
    if (value == null) {
      value = namespaces.value(command, state);
    }
    if (value == null) {
      value = indexes.value(command);
    }
    if (value == null) {
      value = udfs.value(command);
    }
    if (value == null) {
      value = job(command);
    }
    return value == null ? InfoCommand.error(ResultCode.PARAMETER, "unrecognized command") : value;
  }

  private String job(InfoCommand command) {
    boolean show = command.name().equals("query-show");
    if (!show && !command.name().equals("query-abort")) {
      return null;
    }
    String id = command.get("id", command.get("trid"));
    if (id == null && show) {
      return jobs.show();
    }
    Job job = null;
    try {
      job = id == null ? null : jobs.find(Long.parseUnsignedLong(id));
    } catch (NumberFormatException e) {
      return InfoCommand.error(ResultCode.PARAMETER, "bad 'id'");
    }
    if (job == null || !show && !job.isActive()) {
      return InfoCommand.error(ResultCode.NOT_FOUND, show ? "job not found" : "id not active");
    }
    if (show) {
      return job.show();
    }
    job.abort();
    return "ok";
  }
}
