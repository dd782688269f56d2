package org.asbeam.storage.testing;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that writes its output to a file. It ends with {@link #close}, with this JVM, and on a
 * POSIX system even if this JVM is killed.
 */
public final class ChildProcess implements AutoCloseable {
  private static final int TAIL_LINES = 40;

  // The shell kills the process when its own input ends, which it does when this JVM ends.
  private static final String GUARD =
      "exec 3<&0; \"$@\" </dev/null 3<&- & server=$!; "
          + "(cat <&3 >/dev/null; kill -9 $server) & guard=$!; exec 3<&-; "
          + "wait $server; status=$?; kill $guard; exit $status";

  private final Path program;
  private final Path output;
  private final boolean guarded;
  private final Process process;
  private final EndsWithJvm life;

  /**
   * What to start.
   *
   * @param command the path of a program, and its arguments
   * @param environment is added to that of this JVM
   * @param endsWithItsInput whether the process ends by itself when its input does; only such a one
   *     can be {@link #tell told} something
   */
  public record Launch(
      List<String> command, Map<String, String> environment, boolean endsWithItsInput) {}

  private ChildProcess(Launch launch, Path folder, Path output) throws IOException {
    this.program = Path.of(launch.command().get(0));
    this.output = output;
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
    builder.redirectOutput(output.toFile());
    process = builder.start();
    life = new EndsWithJvm(this::end, "child process");
  }

  /**
   * Starts a process.
   *
   * @param folder its working folder
   * @param output the file for what it prints
   */
  public static ChildProcess start(Launch launch, Path folder, Path output) throws IOException {
    return new ChildProcess(launch, folder, output);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Waits for the end.
   *
   * @return the exit code; empty: it has not ended in this time
   */
  public Optional<Integer> await(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)
        ? Optional.of(process.exitValue())
        : Optional.empty();
  }

  /**
   * The process itself, without the shell that guards it.
   *
   * @throws IllegalStateException if it has ended
   */
  public ProcessHandle handle() throws IOException {
    if (!guarded) {
      return process.toHandle();
    }
    String real = program.toRealPath().toString();
    // The shell may not have started it yet.
    while (process.isAlive()) {
      Optional<ProcessHandle> found =
          process
              .children()
              .filter(child -> child.info().command().filter(real::equals).isPresent())
              .findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      Thread.onSpinWait();
    }
    throw new IllegalStateException(program + " has ended");
  }

  /** Kills the process, as {@code kill -9} does, and waits until it is gone. */
  public void kill() throws IOException, InterruptedException {
    handle().destroyForcibly();
    process.waitFor();
  }

  /** Gives the process a line of input. */
  public void tell(String line) throws IOException {
    OutputStream input = process.getOutputStream();
    input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    input.flush();
  }

  /**
   * Waits until the output has what a pattern matches, in whole lines.
   *
   * @return empty: the process ended without it, or the time is over
   */
  public Optional<Matcher> says(Pattern text, Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      boolean alive = process.isAlive();
      // Only whole lines: the rest of a number may not be there yet.
      String all = output();
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
        throw new InterruptedIOException("Interrupted while waiting for " + program);
      }
    }
  }

  /** What it has printed so far. */
  public String output() throws IOException {
    return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
  }

  /** The last lines of what it has printed. */
  public String tail() throws IOException {
    List<String> lines = output().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }

  /** Kills the process if it has not ended. Its output stays. */
  @Override
  public void close() {
    life.close();
  }

  private void end() {
    try {
      // The shell kills the process then, and waits for its end. Killing the shell would leave the
      // process dying on its own.
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
  }
}
