package org.asbeam.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opens the jar for {@code flink run}. */
class FlinkJarIT {
  /** Every job sends it to every TaskManager. */
  private static final long MAX_BYTES = 170L << 20;

  private static JarFile jar;
  private static List<String> names;

  @BeforeAll
  static void open() throws IOException {
    jar = new JarFile(Path.of("target", "asbeam-flink.jar").toFile());
    names = jar.stream().map(JarEntry::getName).toList();
  }

  @AfterAll
  static void close() throws IOException {
    jar.close();
  }

  @Test
  void itIsNotTooLarge() throws IOException {
    assertThat(Files.size(Path.of(jar.getName()))).isLessThan(MAX_BYTES);
  }

  /** Flink has its own; two would not know each other's classes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "org/apache/flink/",
        "org/slf4j/",
        "org/apache/log4j/",
        "org/apache/logging/",
        "ch/qos/logback/",
        "org/apache/pekko/",
        "com/esotericsoftware/",
        "META-INF/services/org.slf4j.spi.SLF4JServiceProvider"
      })
  void whatTheClusterHasIsNotInIt(String prefix) {
    assertThat(names).noneMatch(name -> name.startsWith(prefix));
  }

  @Test
  void itHasNoSignaturesOfOtherJarsAndNoModules() {
    Pattern unwanted = Pattern.compile("META-INF/[^/]*\\.(SF|DSA|RSA|EC)|(.*/)?module-info.class");
    assertThat(names).noneMatch(name -> unwanted.matcher(name).matches());
  }

  @Test
  void everyEntryIsThereOnce() {
    assertThat(new HashSet<>(names)).hasSameSizeAs(names);
  }

  @Test
  void itsMainClassIsTheCommand() throws IOException {
    assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
        .isEqualTo(Main.class.getName());
    for (Class<?> main : List.of(Main.class, Backup.class, Restore.class, Verify.class)) {
      assertThat(names).contains(main.getName().replace('.', '/') + ".class");
    }
  }

  @Test
  void theLicencesOfWhatIsInItAreInIt() throws IOException {
    assertThat(text("META-INF/LICENSE")).contains("Apache License", "Version 2.0");
    assertThat(text("META-INF/LICENSE.txt")).contains("Apache License", "hadoop-yarn");
    assertThat(text("META-INF/NOTICE")).contains("Apache Beam", "Jackson");
    assertThat(text("META-INF/NOTICE.txt")).contains("Apache Commons Lang");
  }

  /** What the jars name that this one is made of, it names as well. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.fasterxml.jackson.databind.Module",
        "org.apache.beam.sdk.io.FileSystemRegistrar",
        "org.apache.beam.sdk.options.PipelineOptionsRegistrar",
        "org.apache.beam.sdk.runners.PipelineRunnerRegistrar",
        "org.apache.beam.sdk.util.construction.CoderTranslatorRegistrar",
        "org.apache.beam.sdk.util.construction.TransformPayloadTranslatorRegistrar",
        "org.apache.hadoop.fs.FileSystem",
        "org.asbeam.storage.StoreProvider",
        "software.amazon.awssdk.http.SdkHttpService"
      })
  void everyProviderOfAServiceIsNamed(String service) throws IOException {
    Set<String> expected = new TreeSet<>();
    Enumeration<URL> files =
        FlinkJarIT.class.getClassLoader().getResources("META-INF/services/" + service);
    while (files.hasMoreElements()) {
      try (InputStream file = files.nextElement().openStream()) {
        expected.addAll(providers(new String(file.readAllBytes(), StandardCharsets.UTF_8)));
      }
    }
    assertThat(expected).isNotEmpty();
    assertThat(new TreeSet<>(providers(text("META-INF/services/" + service)))).isEqualTo(expected);
    for (String provider : expected) {
      assertThat(names).contains(provider.replace('.', '/') + ".class");
    }
  }

  @Test
  void theRunnerAndEveryStoreAreNamed() throws IOException {
    assertThat(text("META-INF/services/org.apache.beam.sdk.runners.PipelineRunnerRegistrar"))
        .contains("FlinkRunnerRegistrar");
    assertThat(text("META-INF/services/org.asbeam.storage.StoreProvider"))
        .contains("s3", "gcs", "azure", "hdfs", "beam");
  }

  /**
   * The cluster's slf4j is older than the one that asbeam is built with. Whatever class of it our
   * classes name must be there.
   */
  @Test
  void ourClassesNeedNothingOfTheirLogsThatTheClusterHasNot() throws IOException {
    Set<String> used = new TreeSet<>();
    Pattern logging = Pattern.compile("org/slf4j/[A-Za-z0-9_/$]+");
    for (JarEntry entry : jar.stream().toList()) {
      if (entry.getName().startsWith("org/asbeam/") && entry.getName().endsWith(".class")) {
        try (InputStream in = jar.getInputStream(entry)) {
          String pool = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
          logging.matcher(pool).results().forEach(match -> used.add(match.group()));
        }
      }
    }
    assertThat(used).contains("org/slf4j/Logger");
    assertThat(used).isSubsetOf(classesOfTheClustersLog());
  }

  private static Set<String> classesOfTheClustersLog() throws IOException {
    String classPath = Files.readString(StockCluster.CLASS_PATH).strip();
    for (String path : classPath.split(File.pathSeparator)) {
      if (path.contains("slf4j-api")) {
        try (JarFile api = new JarFile(path)) {
          return api.stream()
              .map(entry -> entry.getName().replaceFirst("\\.class$", ""))
              .collect(Collectors.toSet());
        }
      }
    }
    throw new AssertionError("no slf4j-api in " + classPath);
  }

  private static List<String> providers(String text) {
    List<String> providers = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String name = line.replaceFirst("#.*", "").strip();
      if (!name.isEmpty()) {
        providers.add(name);
      }
    }
    return providers;
  }

  private static String text(String name) throws IOException {
    JarEntry entry = jar.getJarEntry(name);
    assertThat(entry).as(name).isNotNull();
    try (InputStream in = jar.getInputStream(entry)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
