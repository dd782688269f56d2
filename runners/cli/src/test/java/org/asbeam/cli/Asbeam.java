package org.asbeam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the real command in this process and keeps what it says. */
final class Asbeam {
  private Asbeam() {}

  /** What came of a command. */
  record Result(int code, List<String> out, List<String> err) {
    Result succeeds() {
      assertThat(code).as("%s", this).isZero();
      return this;
    }

    /** Fails with a code and one line that holds these words. */
    Result fails(int expected, String... words) {
      assertThat(code).as("%s", this).isEqualTo(expected);
      List<String> errors = errors();
      assertThat(errors).as("%s", this).hasSize(1);
      assertThat(errors.get(0)).contains(words);
      return this;
    }

    /** The lines of errors: no progress, no warnings. */
    List<String> errors() {
      return err.stream()
          .filter(
              line ->
                  !line.matches(
                      "asbeam: ((warning|note): .*|(backup|restore|verify) +[0-9.]+% .*)"))
          .toList();
    }

    /** A fact of the line for machines. */
    String fact(String key) {
      for (String line : out) {
        if (line.startsWith("asbeam-")) {
          for (String word : line.split(" ")) {
            if (word.startsWith(key + "=")) {
              return word.substring(key.length() + 1);
            }
          }
        }
      }
      throw new AssertionError("no " + key + " in " + this);
    }

    long number(String key) {
      return Long.parseLong(fact(key));
    }
  }

  static Result run(Object... words) {
    return run(Map.of(), words);
  }

  static Result run(Map<String, String> environment, Object... words) {
    Map<String, String> all = new HashMap<>(environment);
    all.putIfAbsent(Terminal.VARIABLE, "false");
    String[] args = Stream.of(words).map(Object::toString).toArray(String[]::new);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Main.run(args, all, print(out), print(err));
    return new Result(code, lines(out), lines(err));
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static List<String> lines(ByteArrayOutputStream bytes) {
    return new ArrayList<>(bytes.toString(StandardCharsets.UTF_8).lines().toList());
  }

  /** A command line of this build in a process of its own. */
  static ProcessBuilder process(Path scratch, Object... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    Stream.of(words).map(Object::toString).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(scratch.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("ASBEAM_"));
    // A terminal gets news five times a second.
    builder.environment().put(Terminal.VARIABLE, "true");
    return builder;
  }
}
