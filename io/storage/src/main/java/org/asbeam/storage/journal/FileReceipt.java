package org.asbeam.storage.journal;

/**
 * A finished backup file.
 *
 * @param name its name in the folder
 * @param bytes its size as stored
 * @param textBytes the size of its ASB text, before compression and encryption
 * @param records the records in it
 * @param blocks the blocks in it; 0: it has no index
 * @param crc32c of all its bytes as stored, eight hex digits
 */
public record FileReceipt(
    String name, long bytes, long textBytes, long records, int blocks, String crc32c) {}
