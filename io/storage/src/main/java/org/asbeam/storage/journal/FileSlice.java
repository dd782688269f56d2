package org.asbeam.storage.journal;

import java.io.Serializable;

/**
 * A piece of a restore or a verification: a backup file, or a run of its blocks.
 *
 * @param number its number in the plan, from 0
 * @param input which input of the job the file is of, from 0
 * @param file the file's name
 * @param firstBlock the first block
 * @param blocks the number of blocks; 0: the whole file, which has no index
 * @param bytes about how many stored bytes it has; for progress
 */
public record FileSlice(int number, int input, String file, int firstBlock, int blocks, long bytes)
    implements Serializable {

  /** Whether the slice starts with the file's header. */
  public boolean startsFile() {
    return firstBlock == 0;
  }
}
