package org.asbeam.aerospike;

import java.util.ArrayList;
import java.util.List;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.format.SecondaryIndex;

/**
 * What has to be done so that an index is there.
 *
 * @param index the index that is wanted
 * @param isKept it is there already
 * @param drops the indexes that stand in its way
 */
record IndexChange(SecondaryIndex index, boolean isKept, List<SecondaryIndex> drops) {
  /**
   * Compares with the indexes that are there.
   *
   * @throws ClusterException of kind METADATA_CONFLICT if something else stands in the way and may
   *     not be replaced
   */
  static IndexChange plan(SecondaryIndex index, List<SecondaryIndex> present, boolean replace)
      throws ClusterException {
    List<SecondaryIndex> inTheWay = new ArrayList<>();
    for (SecondaryIndex other : present) {
      boolean sameName = other.name().equals(index.name());
      boolean sameDefinition = IndexInfo.describe(other).equals(IndexInfo.describe(index));
      if (sameName && sameDefinition) {
        return new IndexChange(index, true, List.of());
      }
      if (sameName || sameDefinition) {
        inTheWay.add(other);
      }
    }
    if (!inTheWay.isEmpty() && !replace) {
      throw conflict(index, inTheWay.get(0));
    }
    return new IndexChange(index, false, List.copyOf(inTheWay));
  }

  private static ClusterException conflict(SecondaryIndex index, SecondaryIndex other) {
    String difference =
        other.name().equals(index.name())
            ? "is there with another definition: "
                + IndexInfo.describe(other)
                + "; the backup has: "
                + IndexInfo.describe(index)
            : "is there under the name '" + other.name() + "' (" + IndexInfo.describe(other) + ")";
    return new ClusterException(
        Kind.METADATA_CONFLICT,
        "index '"
            + index.name()
            + "' of namespace '"
            + index.namespace()
            + "' "
            + difference
            + "; allow to replace metadata, or restore without indexes");
  }
}
