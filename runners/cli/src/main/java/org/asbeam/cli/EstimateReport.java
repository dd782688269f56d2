package org.asbeam.cli;

import org.asbeam.pipelines.Asbeam;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.SizeEstimate;
import org.asbeam.transforms.work.SizeEstimate.Range;
import org.asbeam.transforms.work.WorkException;

/** {@code asbeam backup --estimate}: how large a backup would be. */
final class EstimateReport {
  private final Terminal terminal;
  private final Asbeam asbeam;
  private final Watch watch;

  EstimateReport(Terminal terminal, Asbeam asbeam, Watch watch) {
    this.terminal = terminal;
    this.asbeam = asbeam;
    this.watch = watch;
  }

  int run(BackupSpec spec, int samples) throws WorkException {
    SizeEstimate estimate = asbeam.estimate(spec, samples, watch::isStopping);
    Summary summary =
        new Summary(
            "estimate",
            "A backup of namespace "
                + spec.namespace()
                + ", judged by "
                + Quantities.count(estimate.sampled())
                + " records");
    summary
        .row(
            "records",
            Quantities.count(estimate.records().likely()),
            range(
                Quantities.count(estimate.records().low()),
                Quantities.count(estimate.records().high())))
        .row("text", Quantities.size(estimate.textBytes().likely()), range(estimate.textBytes()))
        .row(
            "files",
            Quantities.size(estimate.storedBytes().likely()),
            range(estimate.storedBytes()))
        .row("time", Quantities.clock(estimate.time()), "at the speed of the sample")
        .note("The ranges hold with " + Math.round(SizeEstimate.CONFIDENCE * 100) + " % confidence")
        .fact("records", Long.toString(estimate.records().likely()))
        .fact("sampled", Long.toString(estimate.sampled()))
        .fact("text_bytes", Long.toString(estimate.textBytes().likely()))
        .fact("bytes", Long.toString(estimate.storedBytes().likely()))
        .fact("bytes_low", Long.toString(estimate.storedBytes().low()))
        .fact("bytes_high", Long.toString(estimate.storedBytes().high()))
        .fact("seconds", Quantities.seconds(estimate.time()))
        .fact("namespace", spec.namespace())
        .print(terminal, "ok");
    return 0;
  }

  private static String range(Range range) {
    return range(Quantities.size(range.low()), Quantities.size(range.high()));
  }

  private static String range(String low, String high) {
    return low.equals(high) ? "" : low + " to " + high;
  }
}
