package org.asbeam.transforms.work;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;

/**
 * How fast a job may go, all its threads in all processes together.
 *
 * @param recordsPerSecond the most records per second; 0: no limit
 * @param bytesPerSecond the most bytes of ASB text per second, before compression; 0: no limit
 */
@RecordBuilder
public record Limits(long recordsPerSecond, long bytesPerSecond)
    implements Serializable, LimitsBuilder.With {
  public static final Limits NONE = new Limits(0, 0);

  public boolean isNone() {
    return recordsPerSecond == 0 && bytesPerSecond == 0;
  }
}
