package org.asbeam.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * What a benchmark did per second of CPU time, where JMH counts wall time: a figure that holds on a
 * machine with other work to do. Use it with {@code -prof org.asbeam.benchmarks.CpuProfiler}.
 *
 * <p>The CPU time is the whole process's. Of a benchmark that reports no {@link Volume} it tells
 * the share of the time only.
 */
public final class CpuProfiler implements InternalProfiler {
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private long cpu;
  private long wall;

  @Override
  public String getDescription() {
    return "megabytes and thousands of records per second of CPU time";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    Volume.takeTotals();
    cpu = system.getProcessCpuTime();
    wall = System.nanoTime();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double seconds = (system.getProcessCpuTime() - cpu) / 1e9;
    double share = seconds * 1e9 / (System.nanoTime() - wall);
    Volume.Totals totals = Volume.takeTotals();
    List<ScalarResult> results = new ArrayList<>();
    results.add(average("cpu.share", share, "cores"));
    if (totals.bytes() > 0) {
      results.add(average("cpu.megabytes", totals.bytes() / 1e6 / seconds, "MB/s"));
    }
    if (totals.records() > 0) {
      results.add(average("cpu.kilorecords", totals.records() / 1e3 / seconds, "k/s"));
    }
    return results;
  }

  private static ScalarResult average(String name, double value, String unit) {
    return new ScalarResult(name, value, unit, AggregationPolicy.AVG);
  }
}
