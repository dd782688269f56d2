package org.asbeam.transforms.work;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Whether the cluster at the end of a backup is the one of its start. */
final class Steadiness {
  private Steadiness() {}

  /**
   * Looks at the cluster at the end.
   *
   * @param hint what a person can do if it has changed
   * @return what keeps the backup from being proved complete; only with {@code allowUnstable}
   * @throws WorkException if it has changed, unless that is allowed
   */
  static List<String> troubles(
      BackupSpec spec,
      RecordSource source,
      ClusterSnapshot start,
      String hint,
      BooleanSupplier stop)
      throws IOException, WorkException {
    ClusterSnapshot end = source.awaitStable(stop);
    List<String> changes = start.changesTo(end);
    if (!changes.isEmpty() && !spec.allowUnstable()) {
      throw new WorkException(
          ErrorCode.UNSTABLE,
          "the cluster changed during the backup: " + String.join("; ", changes),
          hint);
    }
    List<String> troubles = new ArrayList<>();
    start.troubles().forEach(trouble -> troubles.add("at the start: " + trouble));
    troubles.addAll(changes);
    end.troubles().forEach(trouble -> troubles.add("at the end: " + trouble));
    return troubles;
  }
}
