package org.asbeam.transforms.work;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import org.asbeam.aerospike.ScanRetries;

/**
 * How a cluster is read.
 *
 * @param retries how long a scan goes on against failures
 * @param parallelNodes whether at least as many slices are worked on at once as there are nodes
 */
@RecordBuilder
public record ReadSettings(ScanRetries retries, boolean parallelNodes)
    implements Serializable, ReadSettingsBuilder.With {
  public static final ReadSettings DEFAULT = new ReadSettings(ScanRetries.DEFAULT, false);
}
