package org.asbeam.storage.azure;

import java.lang.reflect.InvocationTargetException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The JDK's HTTP client with threads of its own, which end when it is closed. Before Java 21 that
 * client has no such method: its connections, and the one thread that waits for them, go when it is
 * collected as garbage, so nothing here keeps it.
 */
final class JdkHttp implements AutoCloseable {
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "asbeam-azure-" + NUMBERS.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          });
  private volatile HttpClient client;

  /**
   * @param limit of a request; connecting never takes longer than 10 s
   */
  JdkHttp(Duration limit) {
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limit.compareTo(LONGEST_CONNECT) < 0 ? limit : LONGEST_CONNECT)
            .executor(threads)
            .build();
  }

  HttpClient client() {
    HttpClient open = client;
    if (open == null) {
      throw new IllegalStateException("the store is closed");
    }
    return open;
  }

  @Override
  public void close() {
    HttpClient open = client;
    client = null;
    if (open instanceof AutoCloseable) {
      try {
        HttpClient.class.getMethod("shutdownNow").invoke(open);
      } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException("every HttpClient that can be closed has shutdownNow", e);
      }
    }
    threads.shutdown();
  }
}
