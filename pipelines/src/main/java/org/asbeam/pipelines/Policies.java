package org.asbeam.pipelines;

import com.aerospike.client.policy.ScanPolicy;
import com.aerospike.client.policy.WritePolicy;
import java.time.Duration;
import org.asbeam.aerospike.ScanFilter;
import org.asbeam.aerospike.ScanRetries;
import org.asbeam.transforms.work.BackupScope;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.WriteSettings;

/**
 * Turns policies of the Aerospike client into parts of specifications, as far as they mean
 * something for commands that are not the client's own.
 */
final class Policies {
  private Policies() {}

  /** The specification with what a scan policy says in place of what it said itself. */
  static BackupSpec apply(ScanPolicy policy, BackupSpec spec) {
    ScanRetries retries =
        spec.reading()
            .retries()
            .withSocketTimeout(Duration.ofMillis(policy.socketTimeout))
            .withTotalTimeout(Duration.ofMillis(policy.totalTimeout))
            .withMaxRetries(policy.maxRetries)
            .withSleepBetweenRetries(Duration.ofMillis(policy.sleepBetweenRetries));
    BackupScope scope =
        spec.scope().withMaxRecords(policy.maxRecords).withNoBins(!policy.includeBinData);
    if (policy.filterExp != null) {
      ScanFilter filter =
          scope.filter().toBuilder().expression(policy.filterExp.getBase64()).build();
      scope = scope.withFilter(filter);
    }
    BackupSpec applied = spec.withReading(spec.reading().withRetries(retries)).withScope(scope);
    return policy.recordsPerSecond == 0
        ? applied
        : applied.withLimits(spec.limits().withRecordsPerSecond(policy.recordsPerSecond));
  }

  /**
   * The specification with what a write policy says in place of what it said itself.
   *
   * @throws IllegalArgumentException if the policy asks for what a restore doesn't do
   */
  static RestoreSpec apply(WritePolicy policy, RestoreSpec spec) {
    WriteSettings writing =
        spec.writing().withExistence(existence(policy)).withGenerations(generations(policy));
    return spec.withWriting(
        writing
            .withTotalTimeout(Duration.ofMillis(policy.totalTimeout))
            .withSocketTimeout(Duration.ofMillis(policy.socketTimeout)));
  }

  private static WriteSettings.Existence existence(WritePolicy policy) {
    return switch (policy.recordExistsAction) {
      case UPDATE -> WriteSettings.Existence.MERGE;
      case REPLACE -> WriteSettings.Existence.REPLACE;
      case CREATE_ONLY -> WriteSettings.Existence.UNIQUE;
      case UPDATE_ONLY, REPLACE_ONLY ->
          throw new IllegalArgumentException(
              "the write policy's "
                  + policy.recordExistsAction
                  + " would restore nothing that is gone: a restore takes UPDATE, REPLACE or"
                  + " CREATE_ONLY");
    };
  }

  private static boolean generations(WritePolicy policy) {
    return switch (policy.generationPolicy) {
      case NONE -> false;
      case EXPECT_GEN_GT -> true;
      case EXPECT_GEN_EQUAL ->
          throw new IllegalArgumentException(
              "the write policy's EXPECT_GEN_EQUAL is for changes of a record that was read: a"
                  + " restore takes NONE or EXPECT_GEN_GT");
    };
  }
}
