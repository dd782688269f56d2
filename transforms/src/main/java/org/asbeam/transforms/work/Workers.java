package org.asbeam.transforms.work;

/** Where the workers of a run are. */
public enum Workers {
  /** In the process that launched it. */
  HERE,
  /**
   * In other processes, on other machines perhaps: they and the launcher know of each other only
   * what lies in the folder of the run's journal.
   */
  ELSEWHERE
}
