package org.asbeam.transforms.work;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.secrets.SecretAgentSpec;

/**
 * What is to be restored, from where, to where and how. Holds no secret.
 *
 * @param connection the cluster
 * @param sourceNamespace the namespace that the records are of; another one is an error
 * @param targetNamespace the namespace to write to
 * @param input the backup
 * @param scope what of it
 * @param writing how records are written
 * @param rejects what becomes of those that are refused
 * @param target what must be so before the first write
 * @param metadataLast whether secondary indexes and UDF modules come after the records
 * @param replaceMetadata whether a secondary index or UDF module that differs is replaced
 * @param limits how fast
 * @param slots the slices that are worked on at once, over all workers
 * @param stateDirectory the folder for the journal that a restore can be resumed by; empty: the
 *     first folder that is restored
 * @param resume whether to go on with a restore that did not end
 * @param secretAgent where references to its secrets are resolved; null: there is none
 * @param storeSettings how the stores of its folders are reached and used
 */
@RecordBuilder
public record RestoreSpec(
    ConnectionSpec connection,
    String sourceNamespace,
    String targetNamespace,
    RestoreInput input,
    RestoreScope scope,
    WriteSettings writing,
    Rejects rejects,
    TargetRules target,
    boolean metadataLast,
    boolean replaceMetadata,
    Limits limits,
    int slots,
    String stateDirectory,
    boolean resume,
    SecretAgentSpec secretAgent,
    StoreSettings storeSettings)
    implements Serializable, RestoreSpecBuilder.With {

  /** All of a backup, with one slot and the defaults of the command. */
  public static RestoreSpec of(ConnectionSpec connection, String namespace, RestoreInput input) {
    return new RestoreSpec(
        connection,
        namespace,
        namespace,
        input,
        RestoreScope.everything(),
        WriteSettings.DEFAULT,
        Rejects.FAIL,
        TargetRules.NONE,
        false,
        false,
        Limits.NONE,
        1,
        "",
        false,
        null,
        StoreSettings.NONE);
  }

  /** What the stores of its folders are opened with. */
  public StoreAccess access() {
    return new StoreAccess(storeSettings, secretAgent);
  }
}
