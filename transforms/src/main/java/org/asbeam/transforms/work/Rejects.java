package org.asbeam.transforms.work;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;

/**
 * What becomes of records that the server refuses for good.
 *
 * @param directory the folder that they are written to, as a backup of their own; empty: the first
 *     one ends the restore
 * @param most more of them end the restore; 0: any number
 */
@RecordBuilder
public record Rejects(String directory, long most) implements Serializable, RejectsBuilder.With {
  /** The first refused record ends the restore. */
  public static final Rejects FAIL = new Rejects("", 0);

  public boolean isOn() {
    return !directory.isEmpty();
  }
}
