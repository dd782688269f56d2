package org.asbeam.transforms.work;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import org.asbeam.storage.secrets.SecretAgentSpec;

/**
 * What is to be verified.
 *
 * @param input the backup
 * @param slots the slices that are worked on at once, over all workers
 * @param secretAgent where references to its secrets are resolved; null: there is none
 */
@RecordBuilder
public record VerifySpec(RestoreInput input, int slots, SecretAgentSpec secretAgent)
    implements Serializable, VerifySpecBuilder.With {
  /** Without a Secret Agent. */
  public static VerifySpec of(RestoreInput input, int slots) {
    return new VerifySpec(input, slots, null);
  }
}
