package org.asbeam.cli;

import org.asbeam.pipelines.BackupReport;
import org.asbeam.pipelines.options.OptionValues;
import org.asbeam.pipelines.options.Specs;
import org.asbeam.pipelines.options.UsageException;
import org.asbeam.storage.journal.Manifest;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.WorkException;

/** {@code asbeam backup}. */
final class BackupCommand implements Subcommand {
  private final Terminal terminal;
  private final Jobs jobs;
  private final Watch watch;

  BackupCommand(Terminal terminal, Jobs jobs, Watch watch) {
    this.terminal = terminal;
    this.jobs = jobs;
    this.watch = watch;
  }

  @Override
  public int run(OptionValues values) throws UsageException, WorkException, InterruptedException {
    run(Specs.backup(values), Specs.isResumed(values));
    return 0;
  }

  BackupReport run(BackupSpec spec, boolean resume) throws WorkException, InterruptedException {
    BackupReport report = watch.over("backup", jobs.backup(spec, resume), left(spec));
    print(report);
    watch.done();
    return report;
  }

  private static String left(BackupSpec spec) {
    return spec.directory()
        + " holds an unfinished backup; go on with: asbeam backup --resume --host "
        + ShellText.quote(spec.connection().seeds())
        + " --port "
        + spec.connection().defaultPort()
        + " --directory "
        + ShellText.quote(spec.directory());
  }

  private void print(BackupReport report) {
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
