package org.asbeam.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aerospike.client.exp.Exp;
import com.aerospike.client.policy.GenerationPolicy;
import com.aerospike.client.policy.RecordExistsAction;
import com.aerospike.client.policy.ScanPolicy;
import com.aerospike.client.policy.WritePolicy;
import java.nio.file.Path;
import java.time.Duration;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.storage.Compression;
import org.asbeam.transforms.work.BackupOutput;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.RestoreInput;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.WriteSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoliciesTest {
  private static final ConnectionSpec CLUSTER = ConnectionSpec.of("127.0.0.1");
  private static final RestoreSpec RESTORE =
      RestoreSpec.of(CLUSTER, "test", RestoreInput.folder("/b"));

  @TempDir Path temp;

  @Test
  void aScanPolicyIsPatienceScopeAndLimit() {
    BackupSpec spec = BackupSpec.of(CLUSTER, "test", BackupOutput.folder("/b"));
    ScanPolicy policy = new ScanPolicy();
    policy.socketTimeout = 1_000;
    policy.totalTimeout = 2_000;
    policy.maxRetries = 3;
    policy.sleepBetweenRetries = 4;
    policy.recordsPerSecond = 5;
    policy.maxRecords = 6;
    policy.includeBinData = false;
    policy.filterExp = Exp.build(Exp.eq(Exp.ttl(), Exp.val(-1)));
    BackupSpec applied = Policies.apply(policy, spec);
    assertThat(applied.reading().retries().socketTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(applied.reading().retries().totalTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(applied.reading().retries().maxRetries()).isEqualTo(3);
    assertThat(applied.reading().retries().sleepBetweenRetries()).isEqualTo(Duration.ofMillis(4));
    assertThat(applied.reading().retries().stallTimeout())
        .isEqualTo(spec.reading().retries().stallTimeout());
    assertThat(applied.limits().recordsPerSecond()).isEqualTo(5);
    assertThat(applied.scope().maxRecords()).isEqualTo(6);
    assertThat(applied.scope().noBins()).isTrue();
    assertThat(applied.scope().filter().expression()).isEqualTo(policy.filterExp.getBase64());
  }

  @Test
  void aWritePolicyIsWhatHappensToRecordsThatExist() {
    WritePolicy policy = new WritePolicy();
    policy.recordExistsAction = RecordExistsAction.REPLACE;
    policy.generationPolicy = GenerationPolicy.EXPECT_GEN_GT;
    policy.totalTimeout = 7_000;
    WriteSettings writing = Policies.apply(policy, RESTORE).writing();
    assertThat(writing.existence()).isEqualTo(WriteSettings.Existence.REPLACE);
    assertThat(writing.generations()).isTrue();
    assertThat(writing.totalTimeout()).isEqualTo(Duration.ofSeconds(7));
    policy.recordExistsAction = RecordExistsAction.CREATE_ONLY;
    policy.generationPolicy = GenerationPolicy.NONE;
    writing = Policies.apply(policy, RESTORE).writing();
    assertThat(writing.existence()).isEqualTo(WriteSettings.Existence.UNIQUE);
    assertThat(writing.generations()).isFalse();
  }

  @Test
  void whatARestoreDoesNotDoIsAnError() {
    WritePolicy only = new WritePolicy();
    only.recordExistsAction = RecordExistsAction.UPDATE_ONLY;
    assertThatThrownBy(() -> Policies.apply(only, RESTORE)).hasMessageContaining("UPDATE_ONLY");
    WritePolicy equal = new WritePolicy();
    equal.generationPolicy = GenerationPolicy.EXPECT_GEN_EQUAL;
    assertThatThrownBy(() -> Policies.apply(equal, RESTORE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("EXPECT_GEN_EQUAL");
  }

  /**
   * On data: only what the policy's filter lets through is backed up; nothing that exists changes.
   */
  @Test
  void jobsKeepToThePolicies() throws Exception {
    ScanPolicy scan = new ScanPolicy();
    scan.filterExp = Exp.build(Exp.eq(Exp.ttl(), Exp.val(-1)));
    WritePolicy write = new WritePolicy();
    write.recordExistsAction = RecordExistsAction.CREATE_ONLY;
    write.totalTimeout = 10_000;
    try (Fixture fixture = Fixture.start(1).fill(400);
        Asbeam asbeam = Asbeam.create().withScanPolicy(scan).withWritePolicy(write)) {
      Path folder = temp.resolve("backup");
      // Every fourth record never expires.
      assertThat(
              asbeam
                  .backup(fixture.backup(folder, Compression.NONE, 2))
                  .await()
                  .manifest()
                  .records())
          .isEqualTo(100);
      assertThat(asbeam.restore(fixture.restore(folder)).await().records().inserted())
          .isEqualTo(100);
      assertThat(asbeam.restore(fixture.restore(folder)).await().records().existed())
          .isEqualTo(100);
    }
  }
}
