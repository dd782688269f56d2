package org.asbeam.connectors;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * Where the slices of a job come from: small enough to travel in a job's graph, whatever the number
 * of slices, and the same slices wherever it is loaded.
 *
 * @param <S> the kind of slice
 */
public interface SlicePlan<S> extends Serializable {
  /** The number of slices, without loading them. */
  int size();

  /** Loads the slices, in the order of their numbers. Called on workers. */
  List<S> load() throws IOException;
}
