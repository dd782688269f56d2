package org.asbeam.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.asbeam.pipelines.Asbeam;
import org.asbeam.pipelines.options.Command;
import org.asbeam.pipelines.options.OptionValues;
import org.asbeam.pipelines.options.Options;
import org.asbeam.pipelines.options.UsageException;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.Errors;
import org.asbeam.transforms.work.Version;

/** One run of the command: finds out what is asked for, does it, and turns errors into one line. */
final class Invocation {
  private final Map<String, String> environment;
  private Terminal terminal;
  private final Asbeam asbeam;
  private final Prompt prompt;
  private final boolean ownProcess;

  /**
   * @param ownProcess whether the end of this process is the wish to stop its job
   */
  Invocation(
      Map<String, String> environment,
      Terminal terminal,
      Asbeam asbeam,
      Prompt prompt,
      boolean ownProcess) {
    this.prompt = prompt;
    this.ownProcess = ownProcess;
    this.environment = environment;
    this.terminal = terminal;
    this.asbeam = asbeam;
  }

  int run(String[] args) {
    boolean verbose = false;
    Command command = null;
    try (Stopper stopper = new Stopper(() -> terminal, ownProcess)) {
      try {
        Arguments arguments = Arguments.parse(args, environment, prompt);
        if (arguments.request() != Arguments.Request.RUN) {
          answer(arguments);
          return 0;
        }
        OptionValues values = arguments.values();
        verbose = values.get(Options.VERBOSE);
        command = values.command();
        if (values.get(Options.LOG_JSON)) {
          terminal = terminal.withJson();
        }
        Logging.configure(values, terminal.err());
        return subcommand(command, stopper).run(values);
      } catch (UsageException e) {
        e.problems().forEach(terminal::error);
        return ErrorCode.USAGE.exitCode();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return ErrorCode.STOPPED.exitCode();
      } catch (Exception | Error e) {
        return failed(e, command, verbose);
      }
    } finally {
      terminal.out().flush();
      terminal.err().flush();
    }
  }

  private void answer(Arguments arguments) throws UsageException {
    if (arguments.request() == Arguments.Request.SHOW_CONFIG) {
      arguments.values().check();
      ConfigText.of(arguments.values()).forEach(terminal::print);
      return;
    }
    if (arguments.request() == Arguments.Request.VERSION) {
      terminal.print("asbeam " + Version.current());
      return;
    }
    PrintWriter writer = new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8);
    arguments.line().usage(writer);
    writer.flush();
  }

  private Subcommand subcommand(Command command, Stopper stopper) {
    Watch watch = new Watch(terminal, stopper);
    return switch (command) {
      case BACKUP -> new BackupCommand(terminal, asbeam, watch);
      case RESTORE -> new RestoreCommand(terminal, asbeam, watch);
      case VERIFY -> new VerifyCommand(terminal, asbeam, watch);
      case CLEANUP -> new CleanupCommand(terminal, asbeam);
      case STATUS -> new StatusCommand(terminal, asbeam, watch);
      case DEMO -> new DemoCommand(terminal, asbeam, watch);
      case NODE -> new NodeCommand(terminal);
    };
  }

  private int failed(Throwable thrown, Command command, boolean verbose) {
    Errors.Finding finding = Errors.of(thrown);
    String hint = finding.hint().isEmpty() ? Hints.of(finding.code(), command) : finding.hint();
    terminal.error(oneLine(finding.message()) + (hint.isEmpty() ? "" : " - " + hint));
    if (verbose && terminal.json()) {
      StringWriter trace = new StringWriter();
      thrown.printStackTrace(new PrintWriter(trace));
      terminal.error(trace.toString());
    } else if (verbose) {
      thrown.printStackTrace(terminal.err());
    }
    return finding.code().exitCode();
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ");
  }
}
