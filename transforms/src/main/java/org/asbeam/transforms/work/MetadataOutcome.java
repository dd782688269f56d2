package org.asbeam.transforms.work;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of secondary indexes and UDF modules.
 *
 * @param indexesSkipped could not be restored; a warning says why
 * @param warnings what a person should know of, one line each
 */
public record MetadataOutcome(
    int indexesCreated,
    int indexesKept,
    int indexesReplaced,
    int indexesSkipped,
    int udfsCreated,
    int udfsKept,
    int udfsReplaced,
    List<String> warnings)
    implements Serializable {
  public static final MetadataOutcome NONE = new MetadataOutcome(0, 0, 0, 0, 0, 0, 0, List.of());

  public MetadataOutcome plus(MetadataOutcome other) {
    List<String> all = new ArrayList<>(warnings);
    all.addAll(other.warnings);
    return new MetadataOutcome(
        indexesCreated + other.indexesCreated,
        indexesKept + other.indexesKept,
        indexesReplaced + other.indexesReplaced,
        indexesSkipped + other.indexesSkipped,
        udfsCreated + other.udfsCreated,
        udfsKept + other.udfsKept,
        udfsReplaced + other.udfsReplaced,
        all);
  }
}
