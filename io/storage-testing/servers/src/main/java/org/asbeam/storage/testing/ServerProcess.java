package org.asbeam.storage.testing;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server in a process of its own, with a temporary folder. It ends with {@link #close}, with this
 * JVM, and on a POSIX system even if this JVM is killed.
 */
final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int ATTEMPTS = 3;
  private static final int TAIL_LINES = 40;

  // The shell kills the server when its own input ends, which it does when this JVM ends.
  private static final String GUARD =
      "exec 3<&0; \"$@\" </dev/null 3<&- & server=$!; "
          + "(cat <&3 >/dev/null; kill -9 $server) & guard=$!; exec 3<&-; "
          + "wait $server; status=$?; kill $guard; exit $status";

  private final boolean guarded;
  private final Process process;
  private final Path folder;
  private final Thread hook = new Thread(this::kill, "storage server ends");
  private int port;

  /** What to start. */
  record Launch(List<String> command, Map<String, String> environment, boolean endsWithItsInput) {}

  /** Makes the command for a free port and an empty folder, and puts files into that folder. */
  interface Launcher {
    Launch launch(int freePort, Path folder) throws IOException;
  }

  private ServerProcess(Launch launch, Path folder) throws IOException {
    this.folder = folder;
    guarded = !launch.endsWithItsInput() && Files.isExecutable(Path.of("/bin/sh"));
    List<String> command = new ArrayList<>();
    if (guarded) {
      command.addAll(List.of("/bin/sh", "-c", GUARD, "guard"));
    }
    command.addAll(launch.command());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile());
    builder.environment().putAll(launch.environment());
    builder.redirectErrorStream(true);
    builder.redirectOutput(output().toFile());
    process = builder.start();
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @param name for messages
   * @param ready matches the part of the output that says that the server is ready; group 1 is its
   *     port
   * @throws IllegalStateException if it does not start; the message has the end of its output
   */
  static ServerProcess start(String name, Pattern ready, Launcher launcher) {
    for (int attempt = 1; ; attempt++) {
      try {
        Path folder = Files.createTempDirectory("asbeam-" + name + "-");
        ServerProcess server = null;
        try {
          server = new ServerProcess(launcher.launch(freePort(), folder), folder);
          if (server.becomesReady(ready)) {
            return server;
          }
          // Somebody may have taken the port meanwhile, then another one helps.
          if (attempt == ATTEMPTS || server.process.isAlive()) {
            throw new IllegalStateException(
                name + " did not start. Its last output:\n" + server.tail());
          }
          server.close();
        } catch (IOException | RuntimeException e) {
          if (server == null) {
            delete(folder);
          } else {
            server.close();
          }
          throw e;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(name + " cannot be started", e);
      }
    }
  }

  int port() {
    return port;
  }

  /** The temporary folder, which {@link #close} deletes. */
  Path folder() {
    return folder;
  }

  /** Gives the server a line of input. */
  void tell(String line) throws IOException {
    OutputStream input = process.getOutputStream();
    input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    input.flush();
  }

  /** Waits until the output has a line; false if that does not come. */
  boolean says(String line) throws IOException {
    return awaited(Pattern.compile("(?m)^" + Pattern.quote(line) + "$")).isPresent();
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM ends, and the hook kills the process, too.
    }
    kill();
  }

  private void kill() {
    try {
      // The shell kills the server then, and waits for its end. Killing the shell would leave the
      // server dying on its own.
      process.getOutputStream().close();
      if (!guarded) {
        process.destroyForcibly();
      }
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    } catch (IOException e) {
      // The process is gone, and with it the reader of its input.
    }
    delete(folder);
  }

  private boolean becomesReady(Pattern ready) throws IOException {
    Optional<Matcher> said = awaited(ready);
    if (said.isEmpty()) {
      return false;
    }
    port = Integer.parseInt(said.get().group(1));
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(loopback(), port), 10_000);
    }
    return true;
  }

  private Optional<Matcher> awaited(Pattern text) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      boolean alive = process.isAlive();
      // Only whole lines: the rest of a number may not be there yet.
      String all = read();
      Matcher matcher = text.matcher(all.substring(0, all.lastIndexOf('\n') + 1));
      if (matcher.find()) {
        return Optional.of(matcher);
      }
      if (!alive || System.nanoTime() - deadline > 0) {
        return Optional.empty();
      }
      try {
        process.waitFor(30, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted while a storage server starts");
      }
    }
  }

  private Path output() {
    return folder.resolve("output");
  }

  private String read() throws IOException {
    return new String(Files.readAllBytes(output()), StandardCharsets.UTF_8);
  }

  private String tail() throws IOException {
    List<String> lines = read().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
      return socket.getLocalPort();
    }
  }

  static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  private static void delete(Path folder) {
    // A process that is just dying may still write, then the rest stays behind in the end.
    for (int attempt = 0; attempt < 3 && Files.exists(folder); attempt++) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException | UncheckedIOException e) {
        continue;
      }
    }
  }
}
