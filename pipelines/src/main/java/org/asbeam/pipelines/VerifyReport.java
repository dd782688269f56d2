package org.asbeam.pipelines;

import java.time.Duration;
import java.util.List;

/**
 * What a verification found.
 *
 * @param directory what was verified, as a person named it
 * @param manifests how many of the inputs have a manifest; none: other tools made them
 * @param files files read
 * @param bytes their size as stored
 * @param records records decoded
 * @param indexes secondary indexes decoded
 * @param udfs UDF modules decoded
 * @param findings all damage found, one line each; none: the backup is sound, as far as {@code
 *     promises} says
 * @param promises what this verification proves and what it can't, one line each
 * @param warnings what a person should know of, one line each
 * @param elapsed the time it took
 */
public record VerifyReport(
    String directory,
    int manifests,
    int files,
    long bytes,
    long records,
    int indexes,
    int udfs,
    List<String> findings,
    List<String> promises,
    List<String> warnings,
    Duration elapsed) {

  public boolean sound() {
    return findings.isEmpty();
  }
}
