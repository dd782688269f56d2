package org.asbeam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where options come from, and how a person sees it. */
class ConfigurationTest {
  @TempDir Path scratch;

  private Path file(String text) throws IOException {
    return Files.writeString(scratch.resolve("asbeam.yaml"), text);
  }

  @Test
  void showsWhatIsInForceAndWhereItIsFrom() throws IOException {
    Path file = file("file-limit: 1MiB\nbackup:\n  set-list: [a, b]\n  port: 3\n");
    Asbeam.Result result =
        Asbeam.run(
                Map.of("ASBEAM_PORT", "3100", "ASBEAM_USER", "u"),
                "config",
                "show",
                "backup",
                "--config",
                file,
                "--nice",
                "50",
                "-P",
                "hunter2",
                "--modified-after=2026-01-31T12:00:00Z")
            .succeeds();
    assertThat(result.out())
        .contains(
            "file-limit: 1MiB  # " + file + ", line 1: file-limit",
            "set: \"a,b\"  # " + file + ", line 3: set-list",
            "port: 3100  # ASBEAM_PORT (in the environment)",
            "bandwidth: 50  # --nice",
            "host: 127.0.0.1  # default",
            "# password: [secret]  # --password",
            "modified-after: 2026-01-31T12:00:00Z  # --modified-after, which is 2026-01-31T12:00:00Z")
        .noneMatch(line -> line.contains("hunter2") || line.contains("process:"));
    assertThat(result.out()).noneMatch(line -> line.startsWith("namespace:"));
  }

  @Test
  void whatIsShownIsAFileThatSaysTheSame() throws IOException {
    Object[] flags = {
      "-n",
      "test",
      "-d",
      "/b c: \"d\"",
      "-U",
      "u",
      "-P",
      "file:/p",
      "-X",
      "0-7,9",
      "-z",
      "zstd",
      "-a",
      "2026-01-31_13:30:05",
      "--tls-enable",
      "--tls-cafile",
      "ca: file"
    };
    List<String> shown = show(flags);
    Path file = file(String.join("\n", shown));
    assertThat(values(show("--config", file))).isEqualTo(values(shown));
  }

  /** Without comments: those say where a value is from, which is another place now. */
  private static List<String> values(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceFirst("  # .*?$", ""))
        .toList();
  }

  private static List<String> show(Object... flags) {
    Object[] words = new Object[flags.length + 3];
    words[0] = "config";
    words[1] = "show";
    words[2] = "backup";
    System.arraycopy(flags, 0, words, 3, flags.length);
    return Asbeam.run(words).succeeds().out();
  }

  @Test
  void whatIsWrongIsToldInsteadOfShown() throws IOException {
    Asbeam.run("config", "show", "backup", "--config", file("paralel: 3\n"))
        .fails(2, "line 1", "'paralel'", "'parallel'");
    Asbeam.run("config", "show").fails(2, "no command", "asbeam config show -Z");
    Asbeam.run("config", "show", "demo").fails(2, "demo");
    assertThat(Asbeam.run("config", "show", "-Z").succeeds().out())
        .anyMatch(l -> l.contains("backup"));
  }

  @Test
  void theFileCountsForAllCommands() throws IOException {
    Path file = file("directory: /nowhere/at/all\nparallel: 2\n");
    Asbeam.run("verify", "--config", file).fails(10, "/nowhere/at/all");
    assertThat(Asbeam.run(Map.of("ASBEAM_CONFIG", file.toString()), "cleanup").succeeds().out())
        .anyMatch(line -> line.startsWith("/nowhere/at/all"));
  }

  @Test
  void aSecretWithoutAValueIsAskedFor() {
    assertThat(withPrompt("hunter2", "config", "show", "backup", "-U", "u", "-P"))
        .contains("# password: [secret]  # --password")
        .doesNotContain("hunter2");
    assertThat(withPrompt(null, "config", "show", "backup", "-P", "-U", "u"))
        .contains("--password without a value needs a terminal")
        .contains("env:NAME");
  }

  private static String withPrompt(String answer, String... words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(out, out, false);
    new Invocation(
            Map.of(),
            terminal,
            org.asbeam.pipelines.Asbeam.create(),
            flag -> {
              assertThat(flag).isEqualTo("--password");
              return answer;
            },
            true)
        .run(words);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aProblemNamesWhatWasTyped() {
    Asbeam.run("verify", "/b", "--sa-ca-file", "f").fails(2, "--sa-ca-file has no effect");
    Asbeam.run("backup", "-n", "x", "-d", "/b", "--nice", "fast").fails(2, "--nice 'fast'");
    Asbeam.run("backup", "-n", "x", "-d", "/b", "--nice=fast").fails(2, "--nice 'fast'");
    Asbeam.run("backup", "-n", "x", "-d", "/b", "-N", "fast").fails(2, "--bandwidth 'fast'");
  }

  @Test
  void flagsThatCanNotBeTakenSaySo() {
    Object[][] lines = {
      {"--s3-region", "x", "no folder or file is in that store"},
      {"--azure-account-key", "hunter2", "no folder or file is in that store"},
      {"--std-buffer", "4", "blocks of 4 MiB"},
      {"--scan-page-size", "10000", "--file-limit"},
    };
    for (Object[] line : lines) {
      Asbeam.Result result =
          Asbeam.run("backup", "-n", "x", "-d", "/b", line[0], line[1])
              .fails(2, line[0].toString(), line[2].toString());
      assertThat(result.errors().get(0)).doesNotContain("hunter2");
    }
    Asbeam.run("restore", "-n", "x", "-d", "/b", "--mode", "asbx").fails(2, "--mode 'asbx'");
  }

  @Test
  void aMisspeltFlagDoesNotShowItsSecret() {
    for (Object[] words :
        List.of(new Object[] {"--pasword=hunter2"}, new Object[] {"--pasword", "hunter2"})) {
      Object[] all = new Object[words.length + 5];
      System.arraycopy(new Object[] {"backup", "-n", "x", "-d", "/b"}, 0, all, 0, 5);
      System.arraycopy(words, 0, all, 5, words.length);
      Asbeam.Result result = Asbeam.run(all).fails(2, "'--pasword'", "--password");
      assertThat(result.errors().get(0)).doesNotContain("hunter2");
    }
  }
}
