package org.asbeam.storage.journal;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a finished slice leaves: the proof that its work is done, and where.
 *
 * @param slice its number in the plan
 * @param attempt eight hex digits, part of the names of its files; the first four are the run's
 * @param worker the process and thread that did it
 * @param started when, by the worker's clock
 * @param ended when, by the worker's clock
 * @param files the files written; none if the slice holds no record
 * @param partitions every partition of the slice, in ascending order
 * @param sets records per set; the empty name is the null set
 * @param indexes secondary indexes written
 * @param udfs UDF modules written
 * @param retries requests to the cluster that had to be repeated
 * @param warnings what a person should know of, one line each
 */
public record SliceReceipt(
    int slice,
    String attempt,
    String worker,
    Instant started,
    Instant ended,
    List<FileReceipt> files,
    List<PartitionTotal> partitions,
    Map<String, Long> sets,
    int indexes,
    int udfs,
    long retries,
    List<String> warnings) {

  public long records() {
    return partitions.stream().mapToLong(PartitionTotal::records).sum();
  }

  public long bytes() {
    return files.stream().mapToLong(FileReceipt::bytes).sum();
  }

  public long textBytes() {
    return files.stream().mapToLong(FileReceipt::textBytes).sum();
  }
}
