package org.asbeam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.asbeam.cli.logging.JsonLine;
import org.asbeam.cli.logging.Log;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What is logged, and where it goes. */
class LoggingTest {
  private static final Logger LOG = LoggerFactory.getLogger(LoggingTest.class);

  @TempDir Path scratch;

  @AfterEach
  void off() {
    Log.configure(null, false, System.err);
  }

  private static List<String> logged(Level level, boolean json) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Log.configure(level, json, new PrintStream(bytes, true, StandardCharsets.UTF_8));
    LOG.debug("one {}", 1);
    LOG.info("two {} {}", "a", "\u00fc");
    LOG.warn("three", new IllegalStateException("boom"));
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void aLevelLetsThroughWhatIsAsGrave() {
    assertThat(logged(null, false)).isEmpty();
    assertThat(logged(Level.ERROR, false)).isEmpty();
    assertThat(logged(Level.INFO, false))
        .anyMatch(line -> line.matches("20.* \\[.*\\] INFO LoggingTest - two a \u00fc"))
        .anyMatch(line -> line.endsWith("WARN LoggingTest - three"))
        .anyMatch(line -> line.contains("IllegalStateException: boom"))
        .noneMatch(line -> line.contains("one"));
    assertThat(logged(Level.DEBUG, false).get(0)).endsWith("DEBUG LoggingTest - one 1");
  }

  @Test
  void aLineOfJsonIsAnObject() throws IOException {
    List<String> lines = logged(Level.DEBUG, true);
    assertThat(lines).hasSize(3);
    JsonNode third = new ObjectMapper().readTree(lines.get(2));
    assertThat(third.get("level").asText()).isEqualTo("warn");
    assertThat(third.get("message").asText()).isEqualTo("three");
    assertThat(third.get("logger").asText()).isEqualTo(LoggingTest.class.getName());
    assertThat(third.get("error").asText()).contains("boom").contains("\n");
    String odd = "\u0000\u001f\"\\/\t\r\n\u00fc\ud83d\ude00\ud800";
    assertThat(
            new ObjectMapper().readTree(new JsonLine().add("a", odd).toString()).get("a").asText())
        .isEqualTo(odd);
  }

  @Test
  void everythingOnStandardErrorIsJson() throws IOException {
    Asbeam.Result result = Asbeam.run("verify", scratch.resolve("none"), "--log-json", "-v");
    assertThat(result.code()).isEqualTo(10);
    assertThat(result.err()).isNotEmpty();
    for (String line : result.err()) {
      assertThat(new ObjectMapper().readTree(line).has("message")).as(line).isTrue();
    }
    assertThat(new ObjectMapper().readTree(result.err().get(0)).get("message").asText())
        .contains(scratch.resolve("none").toString());
  }

  @Test
  void aFileTakesTheLogAndIsAppendedTo() throws IOException {
    Path file = Files.writeString(scratch.resolve("log"), "before\n");
    Asbeam.run(
            "demo",
            "--records",
            10,
            "-d",
            scratch.resolve("d"),
            "--log-file",
            file,
            "--log-level",
            "debug")
        .succeeds();
    assertThat(Files.readAllLines(file)).hasSizeGreaterThan(1).first().isEqualTo("before");
    Asbeam.run("verify", scratch, "--log-file", scratch.resolve("no/log"))
        .fails(2, "--log-file", "can't be written");
  }
}
