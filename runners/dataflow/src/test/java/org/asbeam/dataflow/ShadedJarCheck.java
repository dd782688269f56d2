package org.asbeam.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens the jar of the templates, and starts it. It is there when the tests have passed. */
class ShadedJarCheck {
  private static final Path JAR = Path.of("target", "asbeam-dataflow.jar");

  /** What building an image and staging it for each job still bears. */
  private static final long MOST_BYTES = 220_000_000;

  @TempDir Path temp;

  private static List<String> services(JarFile jar, String type) throws IOException {
    JarEntry entry = jar.getJarEntry("META-INF/services/" + type);
    assertThat(entry).as(type).isNotNull();
    try (InputStream in = jar.getInputStream(entry)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }

  @Test
  void everythingThatIsFoundByNameIsThere() throws IOException {
    assertThat(Files.size(JAR)).isLessThan(MOST_BYTES);
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(services(jar, "org.apache.beam.sdk.runners.PipelineRunnerRegistrar"))
          .anyMatch(name -> name.contains("DataflowPipelineRegistrar"));
      assertThat(services(jar, "org.apache.beam.sdk.io.FileSystemRegistrar"))
          .anyMatch(name -> name.contains("GcsFileSystemRegistrar"))
          .anyMatch(name -> name.contains("LocalFileSystemRegistrar"));
      assertThat(services(jar, "org.apache.beam.sdk.options.PipelineOptionsRegistrar"))
          .anyMatch(name -> name.contains("DataflowPipelineRegistrar"))
          .anyMatch(name -> name.contains("GcpPipelineOptionsRegistrar"));
      assertThat(services(jar, "org.asbeam.storage.StoreProvider"))
          .anyMatch(name -> name.contains("Gcs"))
          .anyMatch(name -> name.contains("S3"))
          .anyMatch(name -> name.contains("Azure"));
      assertThat(services(jar, "io.grpc.NameResolverProvider")).hasSizeGreaterThan(1);
      assertThat(services(jar, "com.fasterxml.jackson.databind.Module")).isNotEmpty();
      // Workers pass on what goes to java.util.logging; a second one would be a lottery.
      assertThat(services(jar, "org.slf4j.spi.SLF4JServiceProvider"))
          .containsExactly("org.slf4j.jul.JULServiceProvider");
      for (String main : List.of("Backup", "Restore", "Verify")) {
        assertThat(jar.getJarEntry("org/asbeam/dataflow/" + main + "Main.class")).isNotNull();
      }
      assertThat(jar.stream().map(JarEntry::getName))
          .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA)"))
          .noneMatch(name -> name.startsWith("org/apache/flink/"));
    }
  }

  private record Result(int exit, String out, String err) {}

  private Result start(String main, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                JAR.toString(),
                "org.asbeam.dataflow." + main));
    command.addAll(List.of(arguments));
    Path out = temp.resolve("out");
    Path err = temp.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("ends by itself").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  @Test
  void aLaunchWritesTheJobAndReturns() throws Exception {
    FakeCloud cloud = FakeCloud.start(temp);
    Result result =
        start(
            "BackupMain",
            cloud.arguments(
                "--namespace=test", "--host=db.invalid", "--directory=" + cloud.folder("backup")));
    assertThat(result.err()).doesNotContain("Exception", "SLF4J");
    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .startsWith("this process can't look at the cluster")
        .contains("Submitted run ");
    assertThat(cloud.graph().steps()).startsWith("Read slices");
  }

  @Test
  void aLaunchThatFailsSaysWhyInOneLine() throws Exception {
    Result result = start("VerifyMain", "--region=europe-west1");
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            "Exception in thread \"main\" --directory is required - add --directory DIR"
                + System.lineSeparator());
  }
}
