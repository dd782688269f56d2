package org.asbeam.storage.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server in a process of its own, with a temporary folder, which goes with it. */
final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int ATTEMPTS = 3;

  private final ChildProcess process;
  private final Path folder;
  private final EndsWithJvm life;
  private int port;

  /** Makes the command for a free port and an empty folder, and puts files into that folder. */
  interface Launcher {
    ChildProcess.Launch launch(int freePort, Path folder) throws IOException;
  }

  private ServerProcess(ChildProcess.Launch launch, Path folder) throws IOException {
    this.folder = folder;
    process = ChildProcess.start(launch, folder, folder.resolve("output"));
    life = new EndsWithJvm(this::end, "storage server");
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
                name + " did not start. Its last output:\n" + server.process.tail());
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
    process.tell(line);
  }

  /** Waits until the output has a line; false if that does not come. */
  boolean says(String line) throws IOException {
    return process.says(Pattern.compile("(?m)^" + Pattern.quote(line) + "$"), PATIENCE).isPresent();
  }

  @Override
  public void close() {
    life.close();
  }

  private void end() {
    process.close();
    delete(folder);
  }

  private boolean becomesReady(Pattern ready) throws IOException {
    Optional<Matcher> said = process.says(ready, PATIENCE);
    if (said.isEmpty()) {
      return false;
    }
    port = Integer.parseInt(said.get().group(1));
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(loopback(), port), 10_000);
    }
    return true;
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
