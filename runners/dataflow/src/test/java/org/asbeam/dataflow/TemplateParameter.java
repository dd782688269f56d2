package org.asbeam.dataflow;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.asbeam.pipelines.options.Command;
import org.asbeam.pipelines.options.Group;
import org.asbeam.pipelines.options.Option;
import org.asbeam.pipelines.options.Options;

/** A parameter of a Flex Template, made from an entry of the table of options. */
record TemplateParameter(Option<?> option, Command command) {
  /** A literal secret would be shown to anybody; these name one that the worker fetches. */
  private static final String REFERENCE = "(env|env-b64|file|secrets):.+";

  private static final String FILE_OF_THE_WORKER = "/.+";
  private static final String URI = "[A-Za-z][A-Za-z0-9+.-]+://.+";
  private static final String NAME_OF_NAMESPACE = "[^\\s,;:/=]{1,31}";

  private static final Set<Option<?>> URIS =
      Set.of(
          Options.DIRECTORY,
          Options.INPUT_FILE,
          Options.PARENT_DIRECTORY,
          Options.MODIFIED_AFTER_BACKUP,
          Options.REJECTS,
          Options.STATE_DIRECTORY);

  private static final Set<Option<?>> FILES_OF_THE_WORKER =
      Set.of(
          Options.TLS_CAPATH,
          Options.SA_CAFILE,
          Options.SA_CERT_FILE,
          Options.SA_KEY_FILE,
          Options.ENCRYPTION_KEY_FILE);

  /** What is said where the command's own words are about a person at a terminal. */
  private static final Map<Option<?>, String> HELP =
      Map.of(
          Options.DIRECTORY,
          "URI of the backup folder, such as gs://BUCKET/DIR. A backup wants one that is empty or"
              + " does not exist.",
          Options.INPUT_FILE,
          "URI of a single backup file, instead of a folder.",
          Options.NAMESPACE,
          "Namespace to back up.",
          Options.NAMESPACES,
          "Namespace that the backup is of, and the one to restore into if it is another.",
          Options.PARALLEL,
          "Slices worked on at once, over all workers. 0: as many as the workers have threads; 8 if"
              + " nothing says how many workers.",
          Options.PASSWORD,
          "Where the workers find the password: env:NAME, env-b64:NAME, file:PATH or"
              + " secrets:RESOURCE:KEY.",
          Options.SA_ADDRESS,
          "Where the Secret Agent is, which workers ask for secrets:RESOURCE:KEY: host, or path of"
              + " its Unix socket.");

  /** Of those that mean nothing without another one a default that is sent along is an error. */
  private static final Set<Option<?>> ONLY_WITH_OTHERS =
      Set.of(Options.COMPRESSION_LEVEL, Options.TLS_PROTOCOLS, Options.MAX_REJECTS);

  private static final Map<String, String> ABBREVIATIONS =
      Map.of(
          "azure",
          "Azure",
          "gcp",
          "GCS",
          "id",
          "ID",
          "s3",
          "S3",
          "sa",
          "Secret Agent:",
          "sas",
          "SAS",
          "tls",
          "TLS",
          "ttl",
          "TTL",
          "udfs",
          "UDFs");

  private static final Pattern FLAG = Pattern.compile("--([a-z0-9-]*[a-z0-9])");

  String name() {
    return option.property();
  }

  boolean isOptional() {
    return !OfferedOptions.isRequired(option, command);
  }

  /** Matches all of a value that may be right. */
  String regex() {
    return "^(" + syntax() + ")$";
  }

  private String syntax() {
    if (option.isFlag()) {
      return "true|false";
    }
    if (!option.type().words().isEmpty()) {
      return String.join("|", option.type().words());
    }
    if (option.isSecret()) {
      return REFERENCE;
    }
    if (option.mayBeContent()) {
      return FILE_OF_THE_WORKER + "|" + REFERENCE;
    }
    if (FILES_OF_THE_WORKER.contains(option)) {
      return FILE_OF_THE_WORKER;
    }
    if (URIS.contains(option)) {
      return URI;
    }
    if (option == Options.NAMESPACE) {
      return NAME_OF_NAMESPACE;
    }
    return option == Options.NAMESPACES
        ? NAME_OF_NAMESPACE + "(," + NAME_OF_NAMESPACE + ")?"
        : option.type().syntax();
  }

  private String type() {
    if (option.isFlag()) {
      return "BOOLEAN";
    }
    if (!option.type().words().isEmpty()) {
      return "ENUM";
    }
    return option.type().pipelineType() == Integer.class ? "NUMBER" : "TEXT";
  }

  private String label() {
    String words =
        Arrays.stream(option.name().split("-"))
            .map(word -> ABBREVIATIONS.getOrDefault(word, word))
            .collect(Collectors.joining(" "));
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private String help() {
    String help = HELP.getOrDefault(option, option.help()).replace(", b64:TEXT", "");
    String unit = option.unit().isEmpty() ? "" : " A bare number is " + option.unit() + ".";
    String standard =
        option.isFlag() || !isOptional()
            ? ""
            : option.defaultText().map(text -> " Default: " + text + ".").orElse("");
    String reference =
        option.isSecret() && !help.contains("env:NAME")
            ? " As env:NAME, env-b64:NAME, file:PATH or secrets:RESOURCE:KEY."
            : "";
    return FLAG.matcher(help + unit + standard + reference)
        .replaceAll(TemplateParameter::parameter);
  }

  /** Flags of the command are called otherwise here. */
  private static String parameter(MatchResult flag) {
    return Matcher.quoteReplacement(
        Options.all().stream()
            .filter(option -> option.name().equals(flag.group(1)))
            .findFirst()
            .map(Option::property)
            .orElse(flag.group()));
  }

  /** Whether giving the default is the same as giving nothing. */
  private boolean meansNothingByItself() {
    return option.group() != Group.CLOUD
        && option.group() != Group.SECRET_AGENT
        && !ONLY_WITH_OTHERS.contains(option);
  }

  /** As Dataflow reads it. */
  void addTo(ArrayNode parameters, ObjectMapper json) {
    ObjectNode node = parameters.addObject();
    node.put("name", name());
    node.put("label", label());
    node.put("helpText", help());
    node.put("isOptional", isOptional());
    node.set("regexes", json.valueToTree(List.of(regex())));
    node.put("paramType", type());
    if (type().equals("ENUM")) {
      ArrayNode words = node.putArray("enumOptions");
      option.type().words().forEach(word -> words.addObject().put("value", word));
    }
    node.put("groupName", option.group().title());
    if (isOptional() && meansNothingByItself()) {
      option.defaultText().ifPresent(text -> node.put("defaultValue", text));
    }
  }
}
