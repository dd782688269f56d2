package org.asbeam.embedded;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.stream.Collectors;

/** The scans of a node: those that run, and the last ones that have ended. */
final class Jobs {
  /** The server's default for query-max-done. */
  private static final int HISTORY = 100;

  private final Deque<Job> jobs = new ArrayDeque<>();

  /** Adds a job at its start. */
  synchronized void add(Job job) throws RequestException {
    Job known = find(job.id());
    // 0: the client gave no id.
    if (known != null && known.isActive() && job.id() != 0) {
      throw RequestException.parameter("a query with id " + job.id() + " is running");
    }
    jobs.addFirst(job);
    Iterator<Job> oldest = jobs.descendingIterator();
    while (jobs.size() > HISTORY && oldest.hasNext()) {
      if (!oldest.next().isActive()) {
        oldest.remove();
      }
    }
  }

  synchronized Job find(long id) {
    for (Job job : jobs) {
      if (job.id() == id) {
        return job;
      }
    }
    return null;
  }

  synchronized String show() {
    return jobs.stream().map(Job::show).collect(Collectors.joining(";"));
  }
}
