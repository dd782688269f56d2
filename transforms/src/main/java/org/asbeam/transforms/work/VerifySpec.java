package org.asbeam.transforms.work;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;

/**
 * What is to be verified.
 *
 * @param input the backup
 * @param slots the slices that are worked on at once, over all workers
 */
@RecordBuilder
public record VerifySpec(RestoreInput input, int slots)
    implements Serializable, VerifySpecBuilder.With {}
