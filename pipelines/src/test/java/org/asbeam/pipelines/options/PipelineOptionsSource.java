package org.asbeam.pipelines.options;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes the interfaces of pipeline options from the table. A property is in the interface that all
 * commands knowing it share, since Beam wants it to be said once.
 */
final class PipelineOptionsSource {
  private static final int WIDTH = 100;

  private static final Set<Command> JOBS =
      EnumSet.of(Command.BACKUP, Command.RESTORE, Command.VERIFY);

  /** An interface: the commands that share it, what it extends, and what is said of it. */
  private record Shared(Set<Command> commands, String parents, String javadoc) {}

  private static final Map<String, Shared> INTERFACES = interfaces();

  private PipelineOptionsSource() {}

  private static Map<String, Shared> interfaces() {
    Map<String, Shared> all = new LinkedHashMap<>();
    all.put("CommonOptions", new Shared(JOBS, "PipelineOptions", "What all jobs have in common"));
    all.put(
        "ClusterOptions",
        new Shared(
            EnumSet.of(Command.BACKUP, Command.RESTORE),
            "CommonOptions",
            "What jobs with a cluster have in common"));
    all.put(
        "InputOptions",
        new Shared(
            EnumSet.of(Command.RESTORE, Command.VERIFY),
            "CommonOptions",
            "What jobs that read a backup have in common"));
    all.put(
        "BackupOptions",
        new Shared(EnumSet.of(Command.BACKUP), "ClusterOptions", "The options of a backup"));
    all.put(
        "RestoreOptions",
        new Shared(
            EnumSet.of(Command.RESTORE),
            "ClusterOptions, InputOptions",
            "The options of a restore"));
    all.put(
        "VerifyOptions",
        new Shared(EnumSet.of(Command.VERIFY), "InputOptions", "The options of a verification"));
    return all;
  }

  /** The names of the interfaces. */
  static Set<String> names() {
    return INTERFACES.keySet();
  }

  /** Whether an option is a property: it works, and means something to a job. */
  static boolean isProperty(Option<?> option) {
    return !option.isHidden()
        && !option.isOfLauncher()
        && option.commands().stream().anyMatch(JOBS::contains);
  }

  /** The source text of an interface. */
  static String of(String name) {
    Shared shared = INTERFACES.get(name);
    StringBuilder properties = new StringBuilder();
    for (List<Option<?>> namesakes : byName().values()) {
      Set<Command> commands = EnumSet.noneOf(Command.class);
      namesakes.forEach(option -> commands.addAll(option.commands()));
      commands.retainAll(JOBS);
      if (commands.equals(shared.commands())) {
        property(properties, namesakes);
      }
    }
    StringBuilder text = new StringBuilder("package org.asbeam.pipelines.options;\n\n");
    if (!properties.isEmpty()) {
      text.append("import org.apache.beam.sdk.options.Description;\n");
    }
    if (shared.parents().equals("PipelineOptions")) {
      text.append("import org.apache.beam.sdk.options.PipelineOptions;\n");
    }
    if (text.indexOf("import") > 0) {
      text.append('\n');
    }
    text.append(
        javadoc(
            shared.javadoc()
                + ", as pipeline options. Made from the table, {@link Options}, which reads the"
                + " texts and knows the defaults: a property that nobody sets is null."));
    text.append("public interface ").append(name).append(" extends ").append(shared.parents());
    text.append(properties.isEmpty() ? " {" : " {\n");
    return text.append(properties.toString().stripTrailing()).append(end(properties)).toString();
  }

  private static String javadoc(String words) {
    StringBuilder text = new StringBuilder("/**\n");
    StringBuilder line = new StringBuilder(" *");
    for (String word : words.split(" ")) {
      if (line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder(" *");
      }
      line.append(' ').append(word);
    }
    return text.append(line).append("\n */\n").toString();
  }

  private static String end(StringBuilder properties) {
    return properties.isEmpty() ? "}\n" : "\n}\n";
  }

  /** The entries of each name, in the order of the table. */
  private static Map<String, List<Option<?>>> byName() {
    return Options.all().stream()
        .filter(PipelineOptionsSource::isProperty)
        .collect(Collectors.groupingBy(Option::name, LinkedHashMap::new, Collectors.toList()));
  }

  private static void property(StringBuilder text, List<Option<?>> namesakes) {
    Option<?> first = namesakes.get(0);
    String type = first.type().pipelineType().getSimpleName();
    String capital = first.property().substring(0, 1).toUpperCase() + first.property().substring(1);
    text.append(description(namesakes));
    text.append("  ").append(type).append(" get").append(capital).append("();\n\n");
    text.append("  void set").append(capital).append('(').append(type).append(" value);\n\n");
  }

  private static String description(List<Option<?>> namesakes) {
    String help =
        namesakes.size() == 1
            ? help(namesakes.get(0))
            : namesakes.stream()
                .map(option -> option.commands().iterator().next().text() + ": " + help(option))
                .collect(Collectors.joining(" "));
    String literal = help.replace("\\", "\\\\").replace("\"", "\\\"");
    String line = "  @Description(\"" + literal + "\")\n";
    return line.length() <= WIDTH + 1 ? line : wrapped(literal);
  }

  /** As the formatter has it: pieces that end before a blank. */
  private static String wrapped(String literal) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder("      \"");
    boolean empty = true;
    for (String word : literal.split("(?= )")) {
      // A quote and a closing bracket must still fit.
      if (!empty && line.length() + word.length() + 2 > WIDTH) {
        lines.add(line + "\"");
        line = new StringBuilder("          + \"");
      }
      line.append(word);
      empty = false;
    }
    lines.add(line + "\")\n");
    return "  @Description(\n" + String.join("\n", lines);
  }

  private static String help(Option<?> option) {
    String unit = option.unit().isEmpty() ? "" : " A bare number is " + option.unit() + ".";
    String standard =
        option.isFlag()
            ? ""
            : option.defaultText().map(text -> " Default: " + text + ".").orElse("");
    String reference = option.isSecret() ? " Give a reference: it is shown to anybody." : "";
    return option.help() + unit + standard + reference;
  }
}
