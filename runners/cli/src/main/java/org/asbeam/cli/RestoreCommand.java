package org.asbeam.cli;

import java.io.IOException;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.asbeam.pipelines.Asbeam;
import org.asbeam.pipelines.RestoreReport;
import org.asbeam.pipelines.options.OptionValues;
import org.asbeam.pipelines.options.Options;
import org.asbeam.pipelines.options.Specs;
import org.asbeam.pipelines.options.UsageException;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.MetadataOutcome;
import org.asbeam.transforms.work.RecordCounts;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.WorkException;

/** {@code asbeam restore}. */
final class RestoreCommand implements Subcommand {
  private final Terminal terminal;
  private final Asbeam asbeam;
  private final Watch watch;

  RestoreCommand(Terminal terminal, Asbeam asbeam, Watch watch) {
    this.terminal = terminal;
    this.asbeam = asbeam;
    this.watch = watch;
  }

  @Override
  public int run(OptionValues values)
      throws UsageException, WorkException, IOException, InterruptedException {
    if (values.get(Options.VALIDATE)) {
      return new VerifyCommand(terminal, asbeam, watch).run(values);
    }
    RestoreSpec asked = Specs.restore(values);
    Runners runners = Runners.of(values, asbeam, terminal);
    RestoreSpec spec = asked.withSlots(runners.slots(values, asked.slots()));
    if (runners.detached()) {
      Submitted.print("restore", runners.asbeam().submitRestore(spec, terminal::print), terminal);
    } else {
      run(runners.asbeam(), spec);
    }
    return 0;
  }

  /**
   * Restores and tells of it.
   *
   * @param there starts the job
   */
  RestoreReport run(Asbeam there, RestoreSpec spec) throws WorkException, InterruptedException {
    RestoreReport report =
        watch.over(
            "restore",
            there.restore(spec, terminal::print),
            "what was written to namespace "
                + spec.targetNamespace()
                + " stays; to finish, run the same command again, with --resume if it is no stream");
    print(spec, report);
    watch.done();
    long missing = report.records().notRestored();
    if (missing > 0) {
      throw new WorkException(
          ErrorCode.NOT_ALL_RESTORED,
          Quantities.count(missing)
              + (missing == 1 ? " record was" : " records were")
              + " not restored: the server refused them ("
              + causes(report.records())
              + ")",
          report.records().rejected() > 0
              ? "mend the cause, then restore " + report.rejects()
              : "keep them for a later restore with --on-record-error reject");
    }
    return report;
  }

  private static String causes(RecordCounts records) {
    return new TreeMap<>(records.refusals())
        .entrySet().stream()
            .map(cause -> cause.getKey() + ": " + cause.getValue())
            .collect(Collectors.joining(", "));
  }

  private void print(RestoreSpec spec, RestoreReport report) {
    report.warnings().forEach(terminal::warn);
    RecordCounts records = report.records();
    Summary summary =
        new Summary(
            "restore",
            (records.notRestored() > 0
                    ? Quantities.count(records.notRestored())
                        + (records.notRestored() == 1 ? " record was" : " records were")
                        + " not restored. "
                    : "")
                + "Restored "
                + report.directory()
                + " into namespace "
                + spec.targetNamespace());
    summary
        .count("inserted", "inserted", records.inserted())
        .count("expired", "expired", records.expired())
        .count("skipped", "skipped", records.skipped())
        .row("ignored", Quantities.count(records.ignored()), refused(records, records.ignored()))
        .count("fresher", "fresher", records.fresher())
        .count("existed", "existed", records.existed())
        .row("rejected", Quantities.count(records.rejected()), refused(records, records.rejected()))
        .row("= read", Quantities.count(records.read()), "records")
        .fact("read", Long.toString(records.read()));
    MetadataOutcome metadata = report.metadata();
    summary
        .row(
            "secondary indexes",
            Quantities.count(metadata.indexesCreated()),
            others(metadata.indexesKept(), metadata.indexesReplaced()))
        .row(
            "UDF modules",
            Quantities.count(metadata.udfsCreated()),
            others(metadata.udfsKept(), metadata.udfsReplaced()))
        .count("files", "files", report.files())
        .row("size", Quantities.size(report.bytes()), "")
        .row(
            "time",
            Quantities.seconds(report.elapsed()) + " s",
            Quantities.count(Quantities.rate(records.read(), report.elapsed()))
                + " records/s, "
                + Quantities.size(Quantities.rate(report.bytes(), report.elapsed()))
                + "/s");
    if (records.unsure() > 0) {
      summary.note(
          Quantities.count(records.unsure())
              + " of the fresher and existed are unsure: an answer was lost, and the second try"
              + " found the record there, written by the first try or by somebody else");
    }
    if (report.resumed() > 0) {
      summary.note(
          report.resumed() + " of " + report.slices() + " slices had been done by an earlier run");
    }
    if (report.again()) {
      summary.note(
          "slices that were begun before were done again: what had been written then may count"
              + " as fresher or existed");
    }
    summary
        .fact("ignored", Long.toString(records.ignored()))
        .fact("rejected", Long.toString(records.rejected()))
        .fact("unsure", Long.toString(records.unsure()))
        .fact("slices", Integer.toString(report.slices()))
        .fact("resumed", Integer.toString(report.resumed()))
        .fact("indexes_created", Integer.toString(metadata.indexesCreated()))
        .fact("indexes_kept", Integer.toString(metadata.indexesKept()))
        .fact("indexes_replaced", Integer.toString(metadata.indexesReplaced()))
        .fact("udfs_created", Integer.toString(metadata.udfsCreated()))
        .fact("udfs_kept", Integer.toString(metadata.udfsKept()))
        .fact("udfs_replaced", Integer.toString(metadata.udfsReplaced()))
        .fact("bytes", Long.toString(report.bytes()))
        .fact("seconds", Quantities.seconds(report.elapsed()))
        .fact("namespace", spec.targetNamespace())
        .fact("directory", report.directory())
        .print(terminal, records.notRestored() > 0 ? "partly" : "ok");
  }

  private static String refused(RecordCounts records, long count) {
    return count == 0 ? "" : "refused by the server: " + causes(records);
  }

  private static String others(int kept, int replaced) {
    return "created, " + kept + " were there already, " + replaced + " replaced";
  }
}
