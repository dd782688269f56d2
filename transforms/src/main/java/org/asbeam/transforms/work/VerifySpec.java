package org.asbeam.transforms.work;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.secrets.SecretAgentSpec;

/**
 * What is to be verified.
 *
 * @param input the backup
 * @param slots the slices that are worked on at once, over all workers
 * @param stateDirectory the folder for the journal that workers elsewhere need; empty: the first
 *     folder that is verified
 * @param secretAgent where references to its secrets are resolved; null: there is none
 * @param storeSettings how the stores of its folders are reached and used
 */
@RecordBuilder
public record VerifySpec(
    RestoreInput input,
    int slots,
    String stateDirectory,
    SecretAgentSpec secretAgent,
    StoreSettings storeSettings)
    implements Serializable, VerifySpecBuilder.With {
  /** Without a Secret Agent. */
  public static VerifySpec of(RestoreInput input, int slots) {
    return new VerifySpec(input, slots, "", null, StoreSettings.NONE);
  }

  /** What the stores of its folders are opened with. */
  public StoreAccess access() {
    return new StoreAccess(storeSettings, secretAgent);
  }
}
