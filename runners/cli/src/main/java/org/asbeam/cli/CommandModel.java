package org.asbeam.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.asbeam.pipelines.options.Command;
import org.asbeam.pipelines.options.Option;
import org.asbeam.pipelines.options.Options;
import org.asbeam.transforms.work.Version;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The command line as picocli sees it, made of the table of options. */
final class CommandModel {
  static final String HELP = "help";
  static final String VERSION = "version";
  static final String CONFIG = "config";
  static final String SHOW = "show";

  /** Stands for the value of a secret that is named without one; nobody types it. */
  static final String TO_BE_ASKED = "\0ask";

  private CommandModel() {}

  static CommandLine create() {
    CommandSpec root = spec("asbeam", "Backs up and restores Aerospike namespaces.");
    root.usageMessage()
        .customSynopsis("asbeam COMMAND [OPTIONS]")
        .footer(
            "",
            "'asbeam help COMMAND' tells all about a command. First of all try 'asbeam demo'.",
            "Any option may come from the environment, ASBEAM_FILE_LIMIT for --file-limit, or from a",
            "YAML file: --config FILE. 'asbeam config show COMMAND' tells what is in force.");
    for (Command command : Command.values()) {
      root.addSubcommand(command.text(), of(command));
    }
    root.addSubcommand(CONFIG, config());
    root.addSubcommand(HELP, help());
    root.addSubcommand(VERSION, spec(VERSION, "Prints the version."));
    CommandLine line = new CommandLine(root);
    // All that is wrong is told at once, and '--directory --resume' lacks a directory.
    line.setAllowOptionsAsOptionParameters(false);
    collectErrors(line);
    return line;
  }

  private static void collectErrors(CommandLine line) {
    line.getCommandSpec().parser().collectErrors(true);
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpText::options);
    line.getSubcommands().values().forEach(CommandModel::collectErrors);
  }

  private static CommandSpec of(Command command) {
    CommandSpec spec = spec(command.text(), command.summary());
    if (command.takesDirectoryParameter()) {
      spec.addPositional(
          PositionalParamSpec.builder()
              .index("0")
              .arity("0..1")
              .type(String.class)
              .paramLabel("DIR")
              .description("Backup folder; the same as --directory.")
              .build());
    }
    for (Option<?> option : Options.of(command)) {
      spec.addOption(of(option));
    }
    return spec;
  }

  private static OptionSpec of(Option<?> option) {
    OptionSpec.Builder builder =
        OptionSpec.builder(option.flags().toArray(String[]::new))
            .description(description(option))
            .hidden(option.isHidden())
            .userObject(option);
    if (option.isFlag()) {
      if (Boolean.TRUE.equals(option.defaultText().map(Boolean::valueOf).orElse(false))) {
        // Off is what has to be said: --flag=false.
        return builder
            .type(String.class)
            .arity("0..1")
            .fallbackValue("true")
            .paramLabel("true|false")
            .build();
      }
      return builder.type(boolean.class).arity("0").build();
    }
    if (option.isPrompting()) {
      builder.fallbackValue(TO_BE_ASKED);
    }
    return builder
        .type(String.class)
        .arity(option.isPrompting() ? "0..1" : "1")
        .paramLabel(option.type().label())
        .build();
  }

  /** The help text with unit and default. */
  static String description(Option<?> option) {
    StringBuilder text = new StringBuilder(option.help());
    if (!option.unit().isEmpty()) {
      text.append(" A bare number is ").append(option.unit()).append('.');
    }
    if (!option.isFlag() || option.defaultText().equals(Optional.of("true"))) {
      option.defaultText().ifPresent(value -> text.append(" Default: ").append(value).append('.'));
    }
    // picocli reads the text as a format.
    return text.toString().replace("%", "%%");
  }

  private static CommandSpec config() {
    CommandSpec show =
        spec(SHOW, "Tells the options in force, and where each comes from. Secrets are blanked.");
    for (Command command : Command.values()) {
      if (command.takesConfig()) {
        show.addSubcommand(command.text(), of(command));
      }
    }
    show.usageMessage().customSynopsis("asbeam config show COMMAND [OPTIONS]");
    CommandSpec config = spec(CONFIG, "Tells about configuration: asbeam config show COMMAND.");
    config.usageMessage().customSynopsis("asbeam config show COMMAND [OPTIONS]");
    config.addSubcommand(SHOW, show);
    return config;
  }

  private static CommandSpec help() {
    CommandSpec spec = spec(HELP, "Tells about asbeam, or about a command.");
    String commands =
        Arrays.stream(Command.values()).map(Command::text).collect(Collectors.joining(", "));
    return spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("0..1")
            .type(String.class)
            .paramLabel("COMMAND")
            .description("One of " + commands + ".")
            .build());
  }

  private static CommandSpec spec(String name, String summary) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.version("asbeam " + Version.current());
    spec.usageMessage().description(summary).width(100).sortOptions(false).abbreviateSynopsis(true);
    spec.addOption(
        OptionSpec.builder("-Z", "--help").usageHelp(true).description("Show this help.").build());
    return spec.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Print the version.")
            .build());
  }

  /** The command of that name. */
  static Command command(String name) {
    return Command.valueOf(name.toUpperCase(Locale.ROOT));
  }
}
