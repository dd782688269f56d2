package org.asbeam.transforms.work;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;

/**
 * What must be so in the target before the first write.
 *
 * @param clusterName the name that the cluster must have; empty: any
 * @param requireEmpty whether the namespace must hold no record
 */
@RecordBuilder
public record TargetRules(String clusterName, boolean requireEmpty)
    implements Serializable, TargetRulesBuilder.With {
  public static final TargetRules NONE = new TargetRules("", false);
}
