package org.asbeam.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** Holds the manifests for Kubernetes to the jar, the command and the formula of the page. */
class ManifestsTest {
  private static final Path FOLDER = Path.of("src", "main", "kubernetes");

  /** Walks a document: names of members, and numbers of elements. */
  private static Object at(Object document, String... path) {
    Object found = document;
    for (String step : path) {
      found =
          found instanceof List<?> list
              ? list.get(Integer.parseInt(step))
              : ((Map<?, ?>) found).get(step);
    }
    return found;
  }

  private static Object read(String name) throws IOException {
    return new Yaml().load(Files.readString(FOLDER.resolve(name + ".yaml")));
  }

  private static Map<String, String> configuration(Object manifest) {
    Map<String, String> configuration = new LinkedHashMap<>();
    ((Map<?, ?>) at(manifest, "spec", "flinkConfiguration"))
        .forEach((key, value) -> configuration.put(key.toString(), value.toString()));
    return configuration;
  }

  private static List<String> arguments(Object manifest) {
    return ((List<?>) at(manifest, "spec", "job", "args")).stream().map(Object::toString).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup", "restore"})
  void anApplicationOfTheJarIsStarted(String name) throws Exception {
    Object manifest = read(name);
    assertThat(at(manifest, "kind")).isEqualTo("FlinkDeployment");
    assertThat(at(manifest, "spec", "flinkVersion")).isEqualTo("v1_19");
    assertThat(at(manifest, "spec", "job", "jarURI"))
        .isEqualTo("local:///opt/flink/usrlib/asbeam-flink.jar");
    String main = at(manifest, "spec", "job", "entryClass").toString();
    assertThat(Class.forName(main).getMethod("main", String[].class)).isNotNull();
    assertThat(main.toLowerCase(Locale.ROOT)).endsWith("." + name);
  }

  /** The values of arguments are checked as far as that is possible without a cluster. */
  @ParameterizedTest
  @ValueSource(strings = {"backup", "restore"})
  void theCommandTakesTheArguments(String name) throws Exception {
    List<String> words = new ArrayList<>(List.of("config", "show", name));
    words.addAll(arguments(read(name)));
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(shown, true, StandardCharsets.UTF_8);
    assertThat(org.asbeam.cli.Main.run(words.toArray(String[]::new), print, print))
        .as(() -> shown.toString(StandardCharsets.UTF_8))
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup", "restore"})
  void secretsAreReferencesToWhatASecretGives(String name) throws Exception {
    Object manifest = read(name);
    List<String> references =
        arguments(manifest).stream()
            .filter(argument -> argument.startsWith("env:"))
            .map(argument -> argument.substring("env:".length()))
            .toList();
    List<?> variables =
        (List<?>) at(manifest, "spec", "podTemplate", "spec", "containers", "0", "env");
    assertThat(variables).extracting(variable -> at(variable, "name")).isEqualTo(references);
    assertThat(variables)
        .allSatisfy(
            variable ->
                assertThat(at(variable, "valueFrom", "secretKeyRef", "name")).isEqualTo("asbeam"));
    List<String> words = arguments(manifest);
    assertThat(words.get(words.indexOf("--password") + 1)).startsWith("env:");
    assertThat(words.get(words.indexOf("--s3-secret-access-key") + 1)).startsWith("env:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup", "restore"})
  void aLostTaskManagerDoesNotEndTheJob(String name) throws Exception {
    Map<String, String> configuration = configuration(read(name));
    assertThat(configuration).containsEntry("restart-strategy.type", "fixed-delay");
    assertThat(Integer.parseInt(configuration.get("restart-strategy.fixed-delay.attempts")))
        .isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup", "restore"})
  void theMemoryIsThatOfTheFormula(String name) throws Exception {
    Object manifest = read(name);
    Map<String, String> configuration = configuration(manifest);
    int slots = Integer.parseInt(configuration.get("taskmanager.numberOfTaskSlots"));
    TaskManagerMemory memory = TaskManagerMemory.of(slots);
    Map<String, String> expected = new LinkedHashMap<>();
    memory.options().forEach((option, mib) -> expected.put(option, mib + "m"));
    assertThat(configuration).containsAllEntriesOf(expected);
    assertThat(at(manifest, "spec", "taskManager", "resource", "memory"))
        .isEqualTo(memory.process() + "m");
    assertThat((int) at(manifest, "spec", "job", "parallelism") % slots).isZero();
  }

  /** Flink refuses parts that don't fit into the whole. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void flinkTakesTheMemoryOfTheFormula(int slots) throws Exception {
    TaskManagerMemory memory = TaskManagerMemory.of(slots);
    Configuration configuration = new Configuration();
    memory.options().forEach((option, mib) -> configuration.setString(option, mib + "m"));
    configuration.setString("taskmanager.memory.process.size", memory.process() + "m");
    configuration.setString("taskmanager.numberOfTaskSlots", Integer.toString(slots));
    configuration.setString("taskmanager.cpu.cores", Integer.toString(slots));
    TaskExecutorProcessSpec spec = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
    assertThat(spec.getTotalProcessMemorySize().getMebiBytes()).isEqualTo(memory.process());
    assertThat(spec.getJvmHeapMemorySize().getMebiBytes()).isEqualTo(memory.heap());
    assertThat(spec.getJvmDirectMemorySize().getMebiBytes()).isEqualTo(memory.direct());
  }

  @Test
  void thePageHasTheWholeFormula() throws IOException {
    assertThat(TaskManagerMemory.of(1).options()).hasSize(10);
  }
}
