package org.asbeam.transforms.work;

/** How far a run is. Cheap to ask, by any thread. */
public interface ProgressView {
  /** Records written or read, also of the slices in work. */
  long records();

  /** Stored bytes written or read, also of the slices in work. */
  long bytes();

  /** The files of the slices that are done; only of a backup. */
  long files();

  /** What became of the records of the slices that are done; only of a restore. */
  RecordCounts outcomes();

  int slicesInWork();

  int slicesDone();

  /** Records that a restore has read and that have no answer yet, as far as is known. */
  long recordsInFlight();
}
