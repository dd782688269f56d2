package org.asbeam.cli;

import org.asbeam.pipelines.Asbeam;
import org.asbeam.pipelines.BackupReport;
import org.asbeam.pipelines.Folders;
import org.asbeam.pipelines.options.OptionValues;
import org.asbeam.pipelines.options.Options;
import org.asbeam.pipelines.options.Specs;
import org.asbeam.pipelines.options.UsageException;
import org.asbeam.storage.journal.Manifest;
import org.asbeam.transforms.work.BackupOutput;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.WorkException;

/** {@code asbeam backup}. */
final class BackupCommand implements Subcommand {
  private final Terminal terminal;
  private final Asbeam asbeam;
  private final Watch watch;

  BackupCommand(Terminal terminal, Asbeam asbeam, Watch watch) {
    this.terminal = terminal;
    this.asbeam = asbeam;
    this.watch = watch;
  }

  @Override
  public int run(OptionValues values) throws UsageException, WorkException, InterruptedException {
    if (values.get(Options.REMOVE_ARTIFACTS)) {
      return removeArtifacts(
          Specs.artifacts(values), asbeam.withStoreAccess(Specs.access(values)).folders());
    }
    BackupSpec spec = Specs.backup(values);
    if (Specs.isResumed(values)) {
      Specs.settledBefore(values).ifPresent(terminal::warn);
      launch(values, spec, true);
      return 0;
    }
    String earlier = Specs.earlierBackup(values);
    if (earlier != null) {
      Folders folders = asbeam.withStoreAccess(spec.access()).folders();
      spec = Specs.since(spec, folders.nextModifiedAfter(earlier, spec.namespace()));
    }
    Specs.times(spec).ifPresent(terminal::note);
    if (values.get(Options.ESTIMATE)) {
      return new EstimateReport(terminal, asbeam, watch)
          .run(spec, values.get(Options.ESTIMATE_SAMPLES));
    }
    launch(values, spec, false);
    return 0;
  }

  private void launch(OptionValues values, BackupSpec asked, boolean resume)
      throws WorkException, InterruptedException {
    Runners runners = Runners.of(values, asbeam, terminal);
    BackupSpec spec = asked.withSlots(runners.slots(values, asked.slots()));
    if (runners.detached()) {
      Submitted.print(
          "backup", runners.asbeam().submitBackup(spec, resume, terminal::warn), terminal);
    } else {
      run(runners.asbeam(), spec, resume);
    }
  }

  private int removeArtifacts(BackupOutput output, Folders folders) throws WorkException {
    String place = output.isSingleFile() ? output.file() : output.directory();
    int files =
        output.isSingleFile()
            ? folders.removeFile(output.file())
            : folders.removeBackup(output.directory());
    new Summary("backup", files == 0 ? place + " holds no backup" : "Removed what lay in " + place)
        .count("files", "files", files)
        .fact("directory", place)
        .print(terminal, "removed");
    return 0;
  }

  /**
   * Backs up and tells of it.
   *
   * @param there starts the job
   */
  BackupReport run(Asbeam there, BackupSpec spec, boolean resume)
      throws WorkException, InterruptedException {
    BackupReport report =
        watch.over(
            "backup",
            resume ? there.resume(spec, terminal::warn) : there.backup(spec, terminal::warn),
            left(spec));
    // Standard output belongs to the backup when it goes there.
    print(report, isStandardOutput(spec) ? terminal.withResultsOnErr() : terminal);
    watch.done();
    return report;
  }

  private static boolean isStandardOutput(BackupSpec spec) {
    return spec.output().file().equals(BackupOutput.STANDARD_OUTPUT);
  }

  private static String left(BackupSpec spec) {
    if (isStandardOutput(spec)) {
      return "what went to standard output is no backup";
    }
    if (spec.output().isSingleFile()) {
      return "nothing was written to " + spec.output().file();
    }
    return spec.directory()
        + " holds an unfinished backup; go on with: asbeam backup --resume --host "
        + ShellText.quote(spec.connection().seeds())
        + " --port "
        + spec.connection().defaultPort()
        + " --directory "
        + ShellText.quote(spec.directory())
        + (spec.hasStoreSettings() ? " and the flags of the store" : "");
  }

  private static void print(BackupReport report, Terminal terminal) {
    Manifest manifest = report.manifest();
    manifest.warnings().forEach(terminal::warn);
    Summary summary =
        new Summary(
            "backup", "Backed up namespace " + manifest.namespace() + " to " + report.directory());
    summary
        .count("records", "records", manifest.records())
        .count("secondary indexes", "indexes", manifest.indexes())
        .count("UDF modules", "udfs", manifest.udfs())
        .count("files", "files", manifest.files().size())
        .row("size", Quantities.size(manifest.bytes()), compression(manifest))
        .row(
            "time",
            Quantities.seconds(report.elapsed()) + " s",
            Quantities.count(Quantities.rate(manifest.records(), report.elapsed()))
                + " records/s, "
                + Quantities.size(Quantities.rate(manifest.bytes(), report.elapsed()))
                + "/s");
    if (report.resumed() > 0) {
      summary.note(
          report.resumed() + " of " + report.slices() + " slices had been done by an earlier run");
    }
    if (!manifest.complete()) {
      summary.note("Not proved complete: the cluster was not stable from start to end");
    }
    summary
        .fact("bytes", Long.toString(manifest.bytes()))
        .fact("text_bytes", Long.toString(manifest.textBytes()))
        .fact("slices", Integer.toString(report.slices()))
        .fact("resumed", Integer.toString(report.resumed()))
        .fact("complete", Boolean.toString(manifest.complete()))
        .fact("seconds", Quantities.seconds(report.elapsed()))
        .fact("namespace", manifest.namespace())
        .fact("run", manifest.runId())
        .fact("directory", report.directory())
        .print(terminal, "ok");
  }

  private static String compression(Manifest manifest) {
    return manifest.bytes() == manifest.textBytes()
        ? ""
        : manifest.compression() + " of " + Quantities.size(manifest.textBytes());
  }
}
