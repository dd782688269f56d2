package org.asbeam.storage.remote;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.asbeam.storage.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes requests to a remote store: each has a time limit, those that fail for a passing reason are
 * made again, and what is left is a {@link StoreException} with the path.
 *
 * <p>Requests run in threads of their own, so that the limit holds whatever an SDK waits for. An
 * attempt that overran its limit is interrupted and left to itself.
 */
public final class Calls {
  private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

  /** Shared by all stores: threads of calls are idle soon, and end then. */
  private static final ExecutorService THREADS = DaemonThreads.named("asbeam-store");

  private final Function<Throwable, Problem> explain;
  private volatile boolean answered;

  /**
   * @param explain tells what an error means
   */
  public Calls(Function<Throwable, Problem> explain) {
    this.explain = explain;
  }

  /** A request, as it is made once. */
  @FunctionalInterface
  public interface Call<T> {
    T run() throws Exception;
  }

  /**
   * Makes a request until it succeeds or can't.
   *
   * @param path the whole path of what it is about, for messages
   * @param doing what could not be done if it fails, for example {@code could not be read}
   */
  public <T> T run(Patience patience, String path, String doing, Call<T> call)
      throws StoreException {
    for (int attempt = 1; ; attempt++) {
      Problem problem;
      Throwable cause;
      try {
        T result = limited(patience.limit(), call::run);
        answered = true;
        return result;
      } catch (ExecutionException e) {
        cause = e.getCause();
        problem = cause instanceof Error ? null : explain.apply(cause);
      } catch (TimeoutException e) {
        cause = e;
        problem = new Problem(Problem.Kind.TRANSIENT, "no answer within " + text(patience.limit()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoreException(
            StoreException.Kind.TRANSIENT, path, doing + ": the thread was interrupted", e);
      }
      if (problem == null) {
        throw new IllegalStateException(path + ": " + doing, cause);
      }
      answered |= problem.kind() != Problem.Kind.UNREACHABLE;
      int attempts =
          answered ? patience.attempts() : Math.min(patience.attempts(), Patience.FIRST_CONTACT);
      if (!problem.kind().mayPass() || attempt >= attempts) {
        throw failure(problem, path, doing, attempt, cause);
      }
      Duration pause = patience.pause(attempt, ThreadLocalRandom.current());
      if (problem.pause().compareTo(pause) > 0) {
        pause = min(problem.pause(), patience.longestPause());
      }
      LOG.warn(
          "{}: {}: {}; trying again in {} ms ({} of {} attempts made)",
          path,
          doing,
          problem.text(),
          pause.toMillis(),
          attempt,
          attempts);
      sleep(pause, path, doing);
    }
  }

  /** What an error means, in the store's words. */
  String reason(Throwable cause) {
    return explain.apply(cause).text();
  }

  /** A time as a person reads it. */
  static String text(Duration time) {
    return time.toSeconds() > 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Runs something in a thread of its own; it is interrupted if it takes longer. */
  static <T> T limited(Duration limit, Callable<T> call)
      throws ExecutionException, TimeoutException, InterruptedException {
    Future<T> future = THREADS.submit(call);
    boolean done = false;
    try {
      T result = future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      done = true;
      return result;
    } catch (ExecutionException e) {
      done = true;
      throw e;
    } finally {
      if (!done) {
        future.cancel(true);
      }
    }
  }

  private static void sleep(Duration pause, String path, String doing) throws StoreException {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          StoreException.Kind.TRANSIENT, path, doing + ": the thread was interrupted", e);
    }
  }

  private static StoreException failure(
      Problem problem, String path, String doing, int attempts, Throwable cause) {
    String tries = attempts > 1 ? " (tried " + attempts + " times)" : "";
    return new StoreException(
        kind(problem.kind()), path, doing + ": " + why(problem) + tries, cause);
  }

  private static StoreException.Kind kind(Problem.Kind kind) {
    return switch (kind) {
      case NOT_FOUND, NO_BUCKET -> StoreException.Kind.NOT_FOUND;
      case EXISTS -> StoreException.Kind.EXISTS;
      case DENIED -> StoreException.Kind.DENIED;
      case ARCHIVED -> StoreException.Kind.ARCHIVED;
      case NO_SPACE -> StoreException.Kind.NO_SPACE;
      case UNREACHABLE, THROTTLED, TRANSIENT, LOST -> StoreException.Kind.TRANSIENT;
      case OTHER -> StoreException.Kind.OTHER;
    };
  }

  private static String why(Problem problem) {
    return switch (problem.kind()) {
      case NOT_FOUND -> "there is no such file or folder";
      case NO_BUCKET -> "there is no such bucket or container: make it, or name another";
      case EXISTS -> "there is one of that name already, or it has changed";
      case DENIED -> "not allowed (" + problem.text() + "): check credentials and rights";
      case ARCHIVED -> "it lies in an archive, and must be taken out first";
      case NO_SPACE -> "the quota is used up (" + problem.text() + ")";
      case UNREACHABLE -> "nobody answers (" + problem.text() + "): check endpoint and network";
      case THROTTLED -> "too many requests (" + problem.text() + ")";
      case TRANSIENT, LOST, OTHER -> problem.text();
    };
  }
}
