package org.asbeam.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the script beside a gcloud that only notes what it is asked for. */
class BuildTemplatesTest {
  private static final Path SCRIPT = Path.of("build-templates.sh").toAbsolutePath();

  @TempDir Path temp;
  private Path project;
  private Path calls;

  /** A copy of the project's folder, in which a jar lies whether this one was built or not. */
  @BeforeEach
  void copy() throws IOException {
    calls = temp.resolve("calls");
    Path gcloud = Files.createDirectory(temp.resolve("bin")).resolve("gcloud");
    Files.writeString(gcloud, "#!/bin/sh\nprintf '%s\\n' \"$@\" --- >>\"" + calls + "\"\n");
    assertThat(gcloud.toFile().setExecutable(true)).isTrue();
    project = Files.createDirectory(temp.resolve("dataflow"));
    Files.copy(SCRIPT, project.resolve("build-templates.sh"));
    Path templates = Files.createDirectories(project.resolve("src/main/template"));
    try (var files = Files.list(SCRIPT.resolveSibling("src/main/template"))) {
      for (Path file : files.toList()) {
        Files.copy(file, templates.resolve(file.getFileName()));
      }
    }
    Files.createDirectory(project.resolve("target"));
  }

  /** All that is required, and more. */
  private static String[] with(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of("--project=p --bucket=b --repository=r --region=europe-west1".split("[ =]")));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private record Result(int exit, String text) {}

  private Result run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", project + "/build-templates.sh"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put("PATH", temp.resolve("bin") + ":" + environment.get("PATH"));
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Result(process.exitValue(), text);
  }

  private List<List<String>> calls() throws IOException {
    List<List<String>> all = new ArrayList<>();
    List<String> call = new ArrayList<>();
    for (String argument : Files.readAllLines(calls)) {
      if (argument.equals("---")) {
        all.add(call);
        call = new ArrayList<>();
      } else {
        call.add(argument);
      }
    }
    return all;
  }

  @Test
  void threeTemplatesAreBuiltInTheDocumentedForm() throws Exception {
    Path jar = Files.writeString(project.resolve("target/asbeam-dataflow.jar"), "a jar");
    Result result = run(with("--version", "1.2"));
    assertThat(result).isEqualTo(new Result(0, ""));
    List<List<String>> calls = calls();
    assertThat(calls).hasSize(3);
    for (int i = 0; i < 3; i++) {
      String name = List.of("backup", "restore", "verify").get(i);
      String main = "org.asbeam.dataflow." + List.of("Backup", "Restore", "Verify").get(i) + "Main";
      Path metadata = project.resolve("src/main/template/" + name + "-metadata.json");
      assertThat(calls.get(i))
          .containsExactly(
              "dataflow",
              "flex-template",
              "build",
              "gs://b/templates/asbeam-" + name + ".json",
              "--project",
              "p",
              "--image-gcr-path",
              "europe-west1-docker.pkg.dev/p/r/asbeam-" + name + ":1.2",
              "--sdk-language",
              "JAVA",
              "--flex-template-base-image",
              "JAVA17",
              "--metadata-file",
              metadata.toString(),
              "--jar",
              jar.toString(),
              "--env",
              "FLEX_TEMPLATE_JAVA_MAIN_CLASS=" + main);
      assertThat(metadata).exists();
      Method method = Class.forName(main).getMethod("main", String[].class);
      assertThat(Modifier.isStatic(method.getModifiers())).isTrue();
    }
  }

  @Test
  void oneOfThemCanBeLookedAtWithoutBeingBuilt() throws Exception {
    Files.writeString(project.resolve("target/asbeam-dataflow.jar"), "a jar");
    run(with("--print-only", "verify"));
    assertThat(calls()).hasSize(1);
    assertThat(calls().get(0))
        .contains("gs://b/templates/asbeam-verify.json")
        .endsWith("--print-only");
  }

  @Test
  void whatIsMissingIsSaidAndNothingIsBuilt() throws Exception {
    assertThat(run(with()).text()).contains("asbeam-dataflow.jar - build it: mvn");
    Files.writeString(project.resolve("target/asbeam-dataflow.jar"), "a jar");
    assertThat(run("--project", "p"))
        .isEqualTo(new Result(2, "build-templates.sh: --bucket is required - see --help\n"));
    assertThat(run("cleanup").exit()).isEqualTo(2);
    assertThat(run("--bucket").text()).contains("--bucket needs a value");
    assertThat(run("--help").text()).startsWith("Usage: build-templates.sh --project PROJECT");
    assertThat(calls).doesNotExist();
  }
}
