package org.asbeam.transforms.work;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import java.time.Duration;
import org.asbeam.aerospike.ScanSpec;

/**
 * How patiently a cluster is read.
 *
 * @param stallTimeout how long a scan may get no further, while nodes fail, before it gives up
 * @param maxRetries how often in a row a scan's request may fail without having got further; -1: as
 *     often as the stall timeout allows
 * @param sleepBetweenRetries the least pause before a request is repeated
 * @param socketTimeout how long a node may be silent; zero: half of the stall timeout
 * @param totalTimeout how long the scan of a slice may take; zero: as long as it needs
 * @param parallelNodes whether at least as many slices are worked on at once as there are nodes
 */
@RecordBuilder
public record ReadSettings(
    Duration stallTimeout,
    int maxRetries,
    Duration sleepBetweenRetries,
    Duration socketTimeout,
    Duration totalTimeout,
    boolean parallelNodes)
    implements Serializable, ReadSettingsBuilder.With {
  public static final ReadSettings DEFAULT =
      new ReadSettings(
          ScanSpec.DEFAULT_STALL_TIMEOUT, -1, Duration.ZERO, Duration.ZERO, Duration.ZERO, false);
}
