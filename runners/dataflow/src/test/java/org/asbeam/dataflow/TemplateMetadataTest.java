package org.asbeam.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.dataflow.model.ParameterMetadata;
import com.google.api.services.dataflow.model.TemplateMetadata;
import com.google.re2j.Pattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.PipelineOptionsRegistrar;
import org.asbeam.pipelines.options.BackupOptions;
import org.asbeam.pipelines.options.Command;
import org.asbeam.pipelines.options.Option;
import org.asbeam.pipelines.options.OptionValues;
import org.asbeam.pipelines.options.Options;
import org.asbeam.pipelines.options.RestoreOptions;
import org.asbeam.pipelines.options.Specs;
import org.asbeam.pipelines.options.VerifyOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Compares the templates' metadata with the table of options. To write it anew: {@code mvn -pl
 * runners/dataflow test -Dtest=TemplateMetadataTest -Dasbeam.rewrite.docs=true}.
 */
class TemplateMetadataTest {
  private static final Map<Command, Class<? extends PipelineOptions>> INTERFACES =
      Map.of(
          Command.BACKUP, BackupOptions.class,
          Command.RESTORE, RestoreOptions.class,
          Command.VERIFY, VerifyOptions.class);

  /** By what stands for a value: what the documentation shows, and what is no value. */
  private static final Map<String, Values> BY_LABEL =
      Map.ofEntries(
          values("SIZE", List.of("64KiB", "250MiB", "1GiB", "5MB", "0"), "big", "5 apples"),
          values("RATE", List.of("500KiB/s", "1GiB/s", "200MiB", "8"), "fast", "8/h"),
          values("TIME", List.of("500ms", "60s", "10m", "2h", "1d", "0"), "soon", "2 weeks"),
          values(
              "WHEN",
              List.of(
                  "2026-01-31_13:30:00", "2026-01-31", "13:30:00", "2026-01-31T13:30:00Z", "2h"),
              "yesterday!",
              "a,b"),
          values("N", List.of("0", "16"), "some", "1.5"),
          values("LEVEL", List.of("3", "-5"), "high", "1.5"),
          values("PORT", List.of("3000"), "http", "-1"),
          values("FACTOR", List.of("1", "1.5"), "twice", "-1"),
          values("RACK,...", List.of("1", "1,2"), "one", "1,,2"),
          values("SET,...", List.of("users", "users,orders"), "a,,b", ","),
          values("BIN,...", List.of("name", "name,age"), "a,,b", ","),
          values("NODE,...", List.of("BB9020011AC4202", "10.0.0.1:3000,10.0.0.2:3000"), ",", "a,"),
          values("DIR,...", List.of("monday,tuesday", "gs://b/a,gs://b/c"), ",", "a,"),
          values("BEGIN[-COUNT]|DIGEST,...", List.of("0-1000", "7", "0-10,17"), "all", "0..9"),
          values("DIGEST", List.of("EjRWeJq83vEjRRI0VniavN7xI0U="), "AAAA", "a digest"),
          values("EXPRESSION", List.of("kwEBAQ=="), "age > 3", "{}"),
          values("DIR", List.of("gs://bucket/dir", "s3://bucket/a b"), "dir", "/backups/monday"),
          values("FOLDER", List.of("gs://bucket/dir"), "dir", "/backups/monday"),
          values("PREFIX", List.of("daily-1"), "a/b", ".hidden"),
          values("secrets:RESOURCE:KEY", List.of("secrets:vault:key"), "vault:key", "env:KEY"),
          values("SECRET", List.of("env:PW", "file:/run/pw", "secrets:r:k"), "hunter2", "b64:aHU="),
          values("KEY", List.of("env:KEY", "secrets:r:k"), "AKIA1234", "b64:aHU="),
          values("TOKEN", List.of("env-b64:TOKEN"), "sv=2022", ""),
          values("SOURCE[,TARGET]", List.of("test", "test,copy"), "a,b,c", "with space"),
          values("NAMESPACE", List.of("test"), "a,b", "with space"),
          values("HOST[:TLS-NAME][:PORT],...", List.of("10.0.0.1", "db:tls:4333,[::1]:3000"), ""),
          values("HOST|SOCKET", List.of("agent.internal"), ""),
          values("PROTOCOLS", List.of("+TLSv1.2", "-all +TLSv1.3"), ""),
          values("URL", List.of("http://127.0.0.1:9000"), ""),
          values("REGION", List.of("eu-west-1"), ""),
          values("PROFILE", List.of("backup"), ""),
          values("ACCOUNT", List.of("account"), ""),
          values("NAME", List.of("name"), ""));

  /** Where the label alone doesn't tell. */
  private static final Map<String, Values> BY_NAME =
      Map.ofEntries(
          values("inputFile", List.of("gs://bucket/dir/file.asb"), "-", "file.asb"),
          values("tlsCapath", List.of("/etc/certificates"), "certificates", ""),
          values(
              "tlsCafile", List.of("/etc/ca.pem", "secrets:r:ca", "env:CA"), "b64:aHU=", "ca.pem"),
          values("tlsCertfile", List.of("/etc/c.pem", "secrets:r:cert"), "b64:aHU=", "c.pem"),
          values("tlsKeyfile", List.of("/etc/k.pem", "secrets:r:key"), "b64:aHU=", "k.pem"),
          values("gcpKeyPath", List.of("/etc/key.json", "secrets:r:key"), "b64:aHU=", "key.json"),
          values("saCafile", List.of("/etc/ca.pem"), "ca.pem", ""),
          values("saCertFile", List.of("/etc/c.pem"), "c.pem", ""),
          values("saKeyFile", List.of("/etc/k.pem"), "k.pem", ""),
          values("encryptionKeyFile", List.of("/etc/key.pem"), "key.pem", ""),
          values("azureClientId", List.of("env:ID"), "1234", ""),
          values("azureClientSecret", List.of("env:SECRET"), "hunter2", ""),
          values("azureTenantId", List.of("1234-5678"), ""));

  private record Values(List<String> right, List<String> wrong) {}

  private static Map.Entry<String, Values> values(
      String what, List<String> right, String... wrong) {
    return Map.entry(what, new Values(right, List.of(wrong)));
  }

  private static Values valuesOf(Option<?> option) {
    if (option.isFlag()) {
      return new Values(List.of("true", "false"), List.of("maybe", ""));
    }
    if (!option.type().words().isEmpty()) {
      return new Values(option.type().words(), List.of("SOMETHING_ELSE", ""));
    }
    Values values = BY_NAME.getOrDefault(option.property(), BY_LABEL.get(option.type().label()));
    assertThat(values).as("values to try %s with", option).isNotNull();
    return values;
  }

  private static Path file(Command command) {
    return Path.of("src", "main", "template", command.text() + "-metadata.json");
  }

  private static List<TemplateParameter> parameters(Command command) {
    return OfferedOptions.of(command).stream()
        .map(option -> new TemplateParameter(option, command))
        .toList();
  }

  private static String generated(Command command) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode template = json.createObjectNode();
    template.put("name", "asbeam " + command.text());
    template.put("description", command.summary());
    template.put("streaming", false);
    ArrayNode parameters = template.putArray("parameters");
    parameters(command).forEach(parameter -> parameter.addTo(parameters, json));
    DefaultPrettyPrinter lines = new DefaultPrettyPrinter();
    lines.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    return json.writer(lines).writeValueAsString(template) + "\n";
  }

  private static TemplateMetadata read(Command command) throws IOException {
    return GsonFactory.getDefaultInstance()
        .fromString(Files.readString(file(command)), TemplateMetadata.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"BACKUP", "RESTORE", "VERIFY"})
  void theFileIsTheTable(Command command) throws IOException {
    String generated = generated(command);
    if (Boolean.getBoolean("asbeam.rewrite.docs")) {
      Files.writeString(file(command), generated);
    }
    assertThat(Files.readString(file(command))).isEqualTo(generated);
  }

  /** A field that Dataflow's own classes don't know would be passed over, or refused. */
  @ParameterizedTest
  @EnumSource(names = {"BACKUP", "RESTORE", "VERIFY"})
  void dataflowKnowsEveryField(Command command) throws IOException {
    TemplateMetadata template = read(command);
    assertThat(template.getUnknownKeys()).isEmpty();
    assertThat(template.getName()).isNotBlank();
    assertThat(template.getStreaming()).isFalse();
    assertThat(template.getParameters()).hasSizeGreaterThan(30);
    for (ParameterMetadata parameter : template.getParameters()) {
      assertThat(parameter.getUnknownKeys()).as(parameter.getName()).isEmpty();
      assertThat(parameter.getLabel()).isNotBlank();
      assertThat(parameter.getHelpText()).endsWith(".").doesNotContain("--", "b64:TEXT");
      assertThat(parameter.getParamType()).isIn("TEXT", "NUMBER", "BOOLEAN", "ENUM");
      assertThat(parameter.getEnumOptions() != null)
          .isEqualTo(parameter.getParamType().equals("ENUM"));
    }
  }

  /** Dataflow passes on what is declared and nothing else, and a launch takes it. */
  @ParameterizedTest
  @EnumSource(names = {"BACKUP", "RESTORE", "VERIFY"})
  void parametersAreWhatALaunchTakes(Command command) throws IOException {
    List<String> names =
        read(command).getParameters().stream().map(ParameterMetadata::getName).toList();
    List<String> taken = new ArrayList<>();
    for (Option<?> option : Options.of(command)) {
      if (option.isHidden() || option.isOfLauncher()) {
        continue;
      }
      OptionValues values =
          OptionValues.read(
              command,
              PipelineOptionsFactory.fromArgs("--" + option.property() + "=" + anything(option))
                  .as(INTERFACES.get(command)));
      boolean refused =
          OfferedOptions.problems(values, command).stream()
              .anyMatch(line -> line.startsWith(option.flag() + " ") && !line.contains("required"));
      if (!refused) {
        assertThat(values.isGiven(option)).as(option.flag()).isTrue();
        taken.add(option.property());
      }
    }
    assertThat(names).containsExactlyElementsOf(taken);
  }

  private static String example(Option<?> option) {
    Values values = BY_NAME.getOrDefault(option.property(), BY_LABEL.get(option.type().label()));
    return values == null ? "x" : values.right().get(0);
  }

  /** Any value that is within its bounds. */
  private static String anything(Option<?> option) {
    if (option.isFlag()) {
      return "true";
    }
    return option.type().words().stream()
        .findFirst()
        .or(option::defaultText)
        .orElseGet(() -> example(option));
  }

  @ParameterizedTest
  @EnumSource(names = {"BACKUP", "RESTORE", "VERIFY"})
  void regexesTakeWhatIsDocumentedAndRefuseWhatIsWrong(Command command) throws IOException {
    Map<String, ParameterMetadata> metadata = new HashMap<>();
    read(command).getParameters().forEach(each -> metadata.put(each.getName(), each));
    for (TemplateParameter parameter : parameters(command)) {
      ParameterMetadata read = metadata.get(parameter.name());
      assertThat(read.getRegexes()).hasSize(1);
      String regex = read.getRegexes().get(0);
      // Nobody says what Dataflow checks with: the common ground of RE2 and Java.
      Pattern re2 = Pattern.compile(regex);
      Values values = valuesOf(parameter.option());
      for (String right : values.right()) {
        assertThat(right).as(parameter.name()).matches(regex);
        assertThat(re2.matches(right)).as("%s=%s", parameter.name(), right).isTrue();
      }
      for (String wrong : values.wrong()) {
        assertThat(wrong).as(parameter.name()).doesNotMatch(regex);
        assertThat(re2.matches(wrong)).as("%s=%s", parameter.name(), wrong).isFalse();
      }
      if (read.getDefaultValue() != null) {
        assertThat(read.getDefaultValue()).as(parameter.name()).matches(regex);
      }
    }
  }

  /** The console fills in what it knows as defaults, and sends it along. */
  @Test
  void aFormWithAllDefaultsIsWhatSomebodyMeansWhoSaysNothing() throws Exception {
    assertThat(
            Specs.backup(
                filledIn(Command.BACKUP, "--directory=gs://b/d", "--namespace=test", "--host=db")))
        .isEqualTo(
            Specs.backup(
                values(Command.BACKUP, "--directory=gs://b/d", "--namespace=test", "--host=db")));
    assertThat(
            Specs.restore(
                filledIn(Command.RESTORE, "--directory=gs://b/d", "--namespace=test", "--host=db")))
        .isEqualTo(
            Specs.restore(
                values(Command.RESTORE, "--directory=gs://b/d", "--namespace=test", "--host=db")));
    assertThat(Specs.verify(filledIn(Command.VERIFY, "--directory=gs://b/d")))
        .isEqualTo(Specs.verify(values(Command.VERIFY, "--directory=gs://b/d")));
  }

  private static OptionValues filledIn(Command command, String... given) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(given));
    for (ParameterMetadata parameter : read(command).getParameters()) {
      if (parameter.getDefaultValue() != null) {
        arguments.add("--" + parameter.getName() + "=" + parameter.getDefaultValue());
      }
    }
    assertThat(arguments).hasSizeGreaterThan(given.length);
    return values(command, arguments.toArray(String[]::new));
  }

  private static OptionValues values(Command command, String... arguments) {
    return OptionValues.read(
        command, PipelineOptionsFactory.fromArgs(arguments).as(INTERFACES.get(command)));
  }

  @Test
  void whatAJobCantDoWithoutIsRequired() throws IOException {
    assertThat(required(Command.BACKUP))
        .containsExactlyInAnyOrder("directory", "namespace", "host");
    assertThat(required(Command.RESTORE)).containsExactlyInAnyOrder("namespace", "host");
    assertThat(required(Command.VERIFY)).isEmpty();
  }

  private static List<String> required(Command command) throws IOException {
    return read(command).getParameters().stream()
        .filter(parameter -> !parameter.getIsOptional())
        .map(ParameterMetadata::getName)
        .toList();
  }

  /** No parameter may be called as an option of the runner's, or one of the two would be lost. */
  @Test
  void namesAreOurOwn() throws IOException {
    List<String> theirs = new ArrayList<>();
    for (var registrar : ServiceLoader.load(PipelineOptionsRegistrar.class)) {
      for (Class<?> type : registrar.getPipelineOptions()) {
        for (var method : type.getMethods()) {
          theirs.add(method.getName());
        }
      }
    }
    assertThat(theirs).contains("setNumWorkers", "setGcpTempLocation");
    for (Command command : INTERFACES.keySet()) {
      for (Option<?> option : OfferedOptions.of(command)) {
        String property = option.property();
        assertThat(theirs)
            .doesNotContain("set" + property.substring(0, 1).toUpperCase() + property.substring(1));
      }
    }
  }
}
