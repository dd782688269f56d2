package org.asbeam.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.asbeam.pipelines.options.Command;
import org.asbeam.pipelines.options.Nearest;
import org.asbeam.pipelines.options.Option;
import org.asbeam.pipelines.options.OptionSources;
import org.asbeam.pipelines.options.OptionValues;
import org.asbeam.pipelines.options.Options;
import org.asbeam.pipelines.options.UsageException;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * A command line that was parsed.
 *
 * @param request what a person asked for
 * @param line the command, or asbeam itself
 * @param values the options of a command to be run or shown; null otherwise
 */
record Arguments(Request request, CommandLine line, OptionValues values) {
  /** What a person asked for. */
  enum Request {
    RUN,
    SHOW_CONFIG,
    HELP,
    VERSION
  }

  /**
   * @param prompt asks for secrets that are named without their values
   * @throws UsageException if no command can be made out
   */
  static Arguments parse(String[] args, Map<String, String> environment, Prompt prompt)
      throws UsageException {
    CommandLine root = CommandModel.create();
    ParseResult result = root.parseArgs(args);
    ParseResult last = result;
    List<Exception> errors = new ArrayList<>(result.errors());
    boolean help = result.isUsageHelpRequested();
    boolean version = result.isVersionHelpRequested();
    boolean showConfig = false;
    while (last.hasSubcommand()) {
      last = last.subcommand();
      errors.addAll(last.errors());
      help |= last.isUsageHelpRequested();
      version |= last.isVersionHelpRequested();
      showConfig |= last.commandSpec().name().equals(CommandModel.SHOW);
    }
    CommandLine line = last.commandSpec().commandLine();
    if (help) {
      return new Arguments(Request.HELP, line, null);
    }
    if (version) {
      return new Arguments(Request.VERSION, line, null);
    }
    List<String> problems = problems(errors);
    String name = last.commandSpec().name();
    if (!line.getSubcommands().isEmpty()) {
      String asked =
          line == root ? "asbeam help" : line.getCommandSpec().qualifiedName(" ") + " -Z";
      throw new UsageException(
          problems.isEmpty()
              ? List.of("no command given - '" + asked + " --help' tells them")
              : problems);
    }
    if (name.equals(CommandModel.HELP)) {
      return help(root, last, problems);
    }
    if (name.equals(CommandModel.VERSION)) {
      check(problems);
      return new Arguments(Request.VERSION, line, null);
    }
    Command command = CommandModel.command(name);
    OptionSources sources = new OptionSources().environment(environment);
    new Flags(command, last, List.of(args), prompt).into(sources, problems);
    return new Arguments(
        showConfig ? Request.SHOW_CONFIG : Request.RUN,
        line,
        OptionValues.read(command, sources.problems(problems)));
  }

  private static Arguments help(CommandLine root, ParseResult help, List<String> problems)
      throws UsageException {
    String topic = help.matchedPositionalValue(0, "");
    CommandLine line = topic.isEmpty() ? root : root.getSubcommands().get(topic);
    if (line == null) {
      problems.add("no command '" + topic + "' - 'asbeam help' tells them");
    }
    check(problems);
    return new Arguments(Request.HELP, line, null);
  }

  private static void check(List<String> problems) throws UsageException {
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
  }

  /** The flags of a command line. */
  private record Flags(Command command, ParseResult result, List<String> args, Prompt prompt) {
    void into(OptionSources sources, List<String> problems) {
      boolean directory = false;
      for (OptionSpec spec : result.matchedOptions()) {
        if (spec.userObject() instanceof Option<?> option && !spec.stringValues().isEmpty()) {
          String name = typed(option);
          String text = spec.stringValues().get(0);
          if (text.equals(CommandModel.TO_BE_ASKED)) {
            text = prompt.ask(name);
            if (text == null) {
              problems.add(
                  name
                      + " without a value needs a terminal to ask for it - give it as env:NAME or"
                      + " file:PATH");
              continue;
            }
          }
          sources.flag(option, name, text);
          directory |= option == Options.DIRECTORY;
        }
      }
      String parameter =
          command.takesDirectoryParameter() ? result.matchedPositionalValue(0, "") : "";
      if (!parameter.isEmpty() && directory) {
        problems.add("the folder is given twice, as '" + parameter + "' and as --directory");
      } else if (!parameter.isEmpty()) {
        sources.flag(Options.DIRECTORY, parameter);
      }
    }

    /** The name that a person used, of those that an option has. */
    private String typed(Option<?> option) {
      return option.aliases().stream()
          .map(alias -> "--" + alias)
          .filter(
              flag -> args.stream().anyMatch(arg -> arg.equals(flag) || arg.startsWith(flag + "=")))
          .findFirst()
          .orElse(option.flag());
    }
  }

  private static List<String> problems(List<Exception> errors) {
    List<String> problems = new ArrayList<>();
    for (Exception error : errors) {
      if (error instanceof UnmatchedArgumentException unmatched) {
        problems.addAll(unmatched(unmatched));
      } else {
        problems.add(firstLine(error));
      }
    }
    return problems;
  }

  private static List<String> unmatched(UnmatchedArgumentException error) {
    List<String> words = error.getUnmatched();
    List<String> options = words.stream().filter(word -> word.startsWith("-")).toList();
    // A plain word behind an unknown option is that option's value.
    return (options.isEmpty() ? words : options)
        .stream().map(word -> unmatched(word, error.getCommandLine())).toList();
  }

  private static String unmatched(String word, CommandLine line) {
    // Behind '=' may be a secret.
    String shown = word.startsWith("-") ? word.replaceFirst("=.*", "") : word;
    String hint =
        nearest(shown, line)
            .map(name -> "did you mean " + name + "?")
            .orElse("'asbeam help' tells what there is");
    return (word.startsWith("-") ? "unknown option '" : "unexpected '") + shown + "' - " + hint;
  }

  private static Optional<String> nearest(String word, CommandLine line) {
    if (!word.startsWith("-")) {
      return new UnmatchedArgumentException(line, List.of(word))
          .getSuggestions().stream().findFirst();
    }
    return Nearest.of(
        word,
        line.getCommandSpec().options().stream()
            .filter(option -> !option.hidden())
            .flatMap(option -> Stream.of(option.names()))
            .filter(name -> name.startsWith("--"))
            .toList());
  }

  private static String firstLine(Exception error) {
    String message = error.getMessage();
    return message == null ? error.toString() : message.lines().findFirst().orElse("");
  }
}
