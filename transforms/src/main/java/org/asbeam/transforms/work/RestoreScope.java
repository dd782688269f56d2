package org.asbeam.transforms.work;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import java.util.List;

/**
 * What of a backup is restored.
 *
 * @param sets only records of these sets; empty: all sets and the records in none
 * @param bins only these bins; a record that has none of them is skipped; empty: all
 * @param records whether records are restored
 * @param indexes whether secondary indexes are restored
 * @param udfs whether UDF modules are restored
 */
@RecordBuilder
public record RestoreScope(
    List<String> sets, List<String> bins, boolean records, boolean indexes, boolean udfs)
    implements Serializable, RestoreScopeBuilder.With {
  /** All of a backup. */
  public static RestoreScope everything() {
    return new RestoreScope(List.of(), List.of(), true, true, true);
  }
}
