package org.asbeam.storage.journal;

/**
 * What a slice found in one partition.
 *
 * @param partition its id, 0 to 4095
 * @param records the records written; 0: the partition has none in the backup's scope
 */
public record PartitionTotal(int partition, long records) {}
