package org.asbeam.transforms.work;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import java.time.Duration;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.secrets.SecretAgentSpec;

/**
 * What is to be backed up, from where, to where and how. Holds no secret; it is part of the run's
 * plan, so that whoever resumes the run does the same.
 *
 * @param connection the cluster
 * @param namespace the namespace
 * @param scope what of it
 * @param output where to
 * @param reading how patiently the cluster is read
 * @param limits how fast
 * @param slots the slices that are worked on at once, over all workers
 * @param waitStable how long an unstable cluster is waited for
 * @param allowUnstable whether to go on with a cluster that stays unstable; the backup then counts
 *     as not proved complete
 * @param secretAgent where references to its secrets are resolved; null: there is none
 * @param storeSettings how the stores of its folders are reached and used
 */
@RecordBuilder
public record BackupSpec(
    ConnectionSpec connection,
    String namespace,
    BackupScope scope,
    BackupOutput output,
    ReadSettings reading,
    Limits limits,
    int slots,
    Duration waitStable,
    boolean allowUnstable,
    SecretAgentSpec secretAgent,
    StoreSettings storeSettings)
    implements Serializable, BackupSpecBuilder.With {
  public static final Duration DEFAULT_WAIT_STABLE = Duration.ofMinutes(10);

  /** Plans of versions that knew local folders only have no settings of stores. */
  public BackupSpec {
    storeSettings = storeSettings == null ? StoreSettings.NONE : storeSettings;
  }

  /** Everything in a namespace, with one slot and the defaults of the command. */
  public static BackupSpec of(ConnectionSpec connection, String namespace, BackupOutput output) {
    return new BackupSpec(
        connection,
        namespace,
        BackupScope.everything(),
        output,
        ReadSettings.DEFAULT,
        Limits.NONE,
        1,
        DEFAULT_WAIT_STABLE,
        false,
        null,
        StoreSettings.NONE);
  }

  /** The folder to write to, a path or a URI. */
  public String directory() {
    return output.directory();
  }

  /** What the stores of its folders are opened with. */
  public StoreAccess access() {
    return new StoreAccess(storeSettings, secretAgent);
  }

  /** Whether something is set for its stores, so that whoever resumes must set it too. */
  public boolean hasStoreSettings() {
    return !storeSettings.equals(StoreSettings.NONE);
  }

  /** What the names of the run's files begin with. */
  public String fileNameStart() {
    return output.filePrefix().isEmpty() ? safe(namespace) : output.filePrefix();
  }

  /** This plan's specification, with what a person may change when resuming it. */
  BackupSpec resumedAs(BackupSpec given) {
    return withConnection(given.connection)
        .withOutput(output.withDirectory(given.directory()))
        .withReading(given.reading)
        .withLimits(given.limits)
        .withStoreSettings(given.storeSettings)
        .withSlots(given.slots)
        .withSecretAgent(given.secretAgent == null ? secretAgent : given.secretAgent)
        .withWaitStable(given.waitStable)
        .withAllowUnstable(given.allowUnstable);
  }

  /** A name with nothing in it that a store might take amiss. */
  static String safe(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]", "-");
  }
}
