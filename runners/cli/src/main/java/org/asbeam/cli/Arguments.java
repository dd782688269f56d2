package org.asbeam.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.asbeam.pipelines.options.Command;
import org.asbeam.pipelines.options.Option;
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
 * @param values the options of a command to be run; null otherwise
 */
record Arguments(Request request, CommandLine line, OptionValues values) {
  /** What a person asked for. */
  enum Request {
    RUN,
    HELP,
    VERSION
  }

  /**
   * @throws UsageException if no command can be made out
   */
  static Arguments parse(String[] args, Map<String, String> environment) throws UsageException {
    CommandLine root = CommandModel.create();
    ParseResult result = root.parseArgs(args);
    ParseResult last = result.hasSubcommand() ? result.subcommand() : result;
    CommandLine line = last.commandSpec().commandLine();
    if (result.isUsageHelpRequested() || last.isUsageHelpRequested()) {
      return new Arguments(Request.HELP, line, null);
    }
    if (result.isVersionHelpRequested() || last.isVersionHelpRequested()) {
      return new Arguments(Request.VERSION, line, null);
    }
    List<String> problems = problems(result, last);
    String name = last.commandSpec().name();
    if (!result.hasSubcommand()) {
      throw new UsageException(
          problems.isEmpty() ? List.of("no command given - 'asbeam help' tells them") : problems);
    }
    if (name.equals(CommandModel.HELP)) {
      return help(root, last, problems);
    }
    if (name.equals(CommandModel.VERSION)) {
      check(problems);
      return new Arguments(Request.VERSION, line, null);
    }
    Command command = CommandModel.command(name);
    Map<Option<?>, String> flags = flags(command, last, problems);
    return new Arguments(
        Request.RUN, line, OptionValues.read(command, flags, environment, problems));
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

  private static Map<Option<?>, String> flags(
      Command command, ParseResult result, List<String> problems) {
    Map<Option<?>, String> flags = new HashMap<>();
    for (OptionSpec spec : result.matchedOptions()) {
      if (spec.userObject() instanceof Option<?> option && !spec.stringValues().isEmpty()) {
        flags.put(option, spec.stringValues().get(0));
      }
    }
    String parameter =
        command.takesDirectoryParameter() ? result.matchedPositionalValue(0, "") : "";
    if (!parameter.isEmpty() && flags.putIfAbsent(Options.DIRECTORY, parameter) != null) {
      problems.add("the folder is given twice, as '" + parameter + "' and as --directory");
    }
    return flags;
  }

  private static List<String> problems(ParseResult result, ParseResult last) {
    List<Exception> errors = new ArrayList<>(result.errors());
    if (last != result) {
      errors.addAll(last.errors());
    }
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
    List<String> near = new UnmatchedArgumentException(line, List.of(word)).getSuggestions();
    String hint =
        near.isEmpty()
            ? "'asbeam help' tells what there is"
            : "did you mean "
                + String.join(" or ", near.subList(0, Math.min(2, near.size())))
                + "?";
    return (word.startsWith("-") ? "unknown option '" : "unexpected '") + word + "' - " + hint;
  }

  private static String firstLine(Exception error) {
    String message = error.getMessage();
    return message == null ? error.toString() : message.lines().findFirst().orElse("");
  }
}
