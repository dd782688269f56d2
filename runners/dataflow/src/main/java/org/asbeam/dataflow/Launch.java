package org.asbeam.dataflow;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.runners.dataflow.DataflowRunner;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.sdk.options.ApplicationNameOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.StreamingOptions;
import org.asbeam.pipelines.Asbeam;
import org.asbeam.pipelines.Submission;
import org.asbeam.pipelines.options.Command;
import org.asbeam.pipelines.options.OptionValues;
import org.asbeam.pipelines.options.Options;
import org.asbeam.pipelines.options.UsageException;
import org.asbeam.transforms.work.Errors;
import org.asbeam.transforms.work.WorkException;

/**
 * Launches a job from the arguments of a main class: reads them as pipeline options, tells all that
 * is wrong with them, plans the job and hands it to Dataflow. It never waits for the job's end: the
 * launcher of a Flex Template must return, and nobody tells it the end.
 */
final class Launch {
  /**
   * The most sources that the slices of a job are cut into. Dataflow gives each to whoever is free,
   * and takes unstarted slices out of those that hold several. As many as a backup has slices at
   * most; serialized they are a few MiB, and Dataflow's limit is 20 MB.
   */
  static final int SOURCES = 4096;

  /** As Beam says that an option is unknown, and perhaps which one was meant. */
  private static final Pattern UNKNOWN =
      Pattern.compile(".* missing a property named '([^']*)'\\.?(.*)", Pattern.DOTALL);

  private static final Pattern FLAG = Pattern.compile("--[a-z0-9]+(-[a-z0-9]+)+");

  private final OptionValues values;
  private final WorkerPool workers;
  private final PrintStream out;
  private final List<String> problems = new ArrayList<>();

  /** What one of the three jobs does with its launch. */
  @FunctionalInterface
  interface Job {
    Submission submit(Launch launch) throws UsageException, LaunchException, WorkException;
  }

  private Launch(
      DataflowPipelineOptions options,
      OptionValues values,
      List<String> problems,
      PrintStream out) {
    this.values = values;
    this.workers =
        new WorkerPool(
            options, values.isGiven(Options.PARALLEL) ? values.get(Options.PARALLEL) : 0);
    this.out = out;
    this.problems.addAll(problems);
  }

  /**
   * Launches a job.
   *
   * @param type the interface of the command's options
   * @param out gets what a person should know of, and at the end the run
   * @throws LaunchException telling all that is wrong, a line each
   */
  static void run(
      Command command,
      Class<? extends PipelineOptions> type,
      String[] args,
      PrintStream out,
      Job job)
      throws LaunchException {
    try {
      Launch launch = of(command, type, args, out);
      Submission submission = job.submit(launch);
      out.println(
          "Submitted run "
              + submission.runId()
              + ": "
              + submission.slices()
              + " slices, "
              + submission.done()
              + " of them done by an earlier run; see how far it is with: asbeam status "
              + submission.directory());
    } catch (UsageException e) {
      throw new LaunchException(e.problems().stream().map(Launch::withProperties).toList());
    } catch (WorkException e) {
      throw new LaunchException(List.of(line(e.getMessage(), e.hint())));
    } catch (IllegalArgumentException e) {
      throw new LaunchException(List.of(refusal(e)));
    } catch (RuntimeException e) {
      // What the services behind the runner refuse.
      Errors.Finding finding = Errors.of(e);
      throw new LaunchException(List.of(line(finding.message(), finding.hint())));
    }
  }

  private static Launch of(
      Command command, Class<? extends PipelineOptions> type, String[] args, PrintStream out)
      throws LaunchException {
    PipelineOptionsFactory.register(type);
    PipelineOptions given;
    try {
      given = PipelineOptionsFactory.fromArgs(args).as(type);
    } catch (IllegalArgumentException e) {
      throw new LaunchException(List.of(refusal(e)));
    }
    List<String> problems = new ArrayList<>();
    if (given.as(StreamingOptions.class).isStreaming()) {
      problems.add("--streaming is for jobs without an end, and this one has one - leave it out");
    }
    Arrays.stream(args)
        .filter(arg -> arg.startsWith("--runner=") && !arg.endsWith("DataflowRunner"))
        .forEach(arg -> problems.add(arg + ": this jar is for Dataflow - leave it out"));
    given.setRunner(DataflowRunner.class);
    if (Arrays.stream(args).noneMatch(arg -> arg.startsWith("--appName="))) {
      // Jobs without a name are called by it; of letters and digits, or Beam makes digits of the
      // rest.
      given.as(ApplicationNameOptions.class).setAppName("asbeam" + command.text());
    }
    OptionValues values = OptionValues.read(command, given);
    problems.addAll(OfferedOptions.problems(values, command));
    Launch launch = new Launch(given.as(DataflowPipelineOptions.class), values, problems, out);
    launch.workers.problem().ifPresent(launch.problems::add);
    return launch;
  }

  /** Beam's own message names a class of ours. */
  private static String refusal(IllegalArgumentException refused) {
    String message = String.valueOf(refused.getMessage());
    Matcher unknown = UNKNOWN.matcher(message);
    String said =
        unknown.matches()
            ? "--" + unknown.group(1) + " is no option of this job." + unknown.group(2)
            : message;
    return said.replaceAll("\\s*\\R\\s*", " ");
  }

  private static String line(String message, String hint) {
    return withProperties(hint.isEmpty() ? message : message + " - " + hint);
  }

  /** Messages name the command's flags; here they are properties: fileLimit for file-limit. */
  private static String withProperties(String line) {
    return FLAG.matcher(line).replaceAll(flag -> property(flag.group()));
  }

  private static String property(String flag) {
    return Options.all().stream()
        .filter(option -> option.flag().equals(flag))
        .findFirst()
        .map(option -> "--" + option.property())
        .orElse(flag);
  }

  /** Makes a specification of values. */
  @FunctionalInterface
  interface SpecMaker<S> {
    S make(OptionValues values) throws UsageException;
  }

  /** Tells the places of a specification that workers don't share. */
  @FunctionalInterface
  interface PlaceCheck<S> {
    List<String> problems(S spec);
  }

  /**
   * The specification that was asked for.
   *
   * @throws UsageException if anything is wrong, with it or what else was given
   */
  <S> S spec(SpecMaker<S> maker, PlaceCheck<S> places) throws UsageException {
    S spec = null;
    try {
      spec = maker.make(values);
      problems.addAll(places.problems(spec));
    } catch (UsageException e) {
      problems.addAll(e.problems());
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    return spec;
  }

  OptionValues values() {
    return values;
  }

  /** The slices that are worked on at once, over all workers. */
  int slots() {
    return workers.slots();
  }

  /** Starts jobs on Dataflow. */
  Asbeam asbeam() {
    return Asbeam.create().withCluster(workers::sizeFor, SOURCES);
  }

  /** Tells a person something, a line. */
  void tell(String line) {
    out.println(withProperties(line));
  }
}
