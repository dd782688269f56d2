package org.asbeam.cli;

import java.io.IOException;
import org.asbeam.pipelines.Asbeam;
import org.asbeam.pipelines.VerifyReport;
import org.asbeam.pipelines.options.OptionValues;
import org.asbeam.pipelines.options.Specs;
import org.asbeam.pipelines.options.UsageException;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.VerifySpec;
import org.asbeam.transforms.work.WorkException;

/** {@code asbeam verify}. */
final class VerifyCommand implements Subcommand {
  private final Terminal terminal;
  private final Asbeam asbeam;
  private final Watch watch;

  VerifyCommand(Terminal terminal, Asbeam asbeam, Watch watch) {
    this.terminal = terminal;
    this.asbeam = asbeam;
    this.watch = watch;
  }

  @Override
  public int run(OptionValues values)
      throws UsageException, WorkException, IOException, InterruptedException {
    VerifySpec asked = Specs.verify(values);
    Runners runners = Runners.of(values, asbeam, terminal);
    VerifySpec spec = asked.withSlots(runners.slots(values, asked.slots()));
    if (runners.detached()) {
      Submitted.print("verify", runners.asbeam().submitVerify(spec, terminal::print), terminal);
    } else {
      run(runners.asbeam(), spec);
    }
    return 0;
  }

  /**
   * Verifies and tells of it.
   *
   * @param there starts the job
   */
  VerifyReport run(Asbeam there, VerifySpec spec) throws WorkException, InterruptedException {
    VerifyReport report =
        watch.over(
            "verify",
            there.verify(spec, terminal::print),
            "nothing was changed; run the same command again");
    print(report);
    watch.done();
    if (!report.sound()) {
      throw new WorkException(
          ErrorCode.DAMAGED,
          report.directory()
              + ": the backup is damaged, "
              + report.findings().size()
              + " finding(s) above",
          "take the files from another copy, or take the backup again");
    }
    return report;
  }

  private void print(VerifyReport report) {
    report.warnings().forEach(terminal::warn);
    report.findings().forEach(finding -> terminal.print("damaged: " + finding));
    Summary summary =
        new Summary(
            "verify",
            report.sound()
                ? "Verified " + report.directory() + ": sound"
                : "Verified " + report.directory() + ": DAMAGED");
    summary
        .count("records", "records", report.records())
        .count("secondary indexes", "indexes", report.indexes())
        .count("UDF modules", "udfs", report.udfs())
        .count("files", "files", report.files())
        .row("size", Quantities.size(report.bytes()), "")
        .row(
            "time",
            Quantities.seconds(report.elapsed()) + " s",
            Quantities.size(Quantities.rate(report.bytes(), report.elapsed())) + "/s");
    report.promises().forEach(summary::note);
    summary
        .fact("findings", Integer.toString(report.findings().size()))
        .fact("manifest", Boolean.toString(report.manifests() > 0))
        .fact("bytes", Long.toString(report.bytes()))
        .fact("seconds", Quantities.seconds(report.elapsed()))
        .fact("directory", report.directory())
        .print(terminal, report.sound() ? "ok" : "damaged");
  }
}
