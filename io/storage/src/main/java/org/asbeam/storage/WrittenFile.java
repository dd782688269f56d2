package org.asbeam.storage;

/**
 * A backup file that was written and committed.
 *
 * @param name its name in the folder
 * @param storedBytes its size
 * @param textBytes the bytes of its ASB text, before compression
 * @param records the records in it
 * @param crc32c of all its bytes as stored
 * @param index its blocks
 */
public record WrittenFile(
    String name, long storedBytes, long textBytes, long records, int crc32c, BlockIndex index) {}
