package org.asbeam.aerospike;

/**
 * A copy of a record that was refused for good.
 *
 * @param row as scans send it, and a {@link org.asbeam.format.RecordView} reads it
 * @param resultCode the server's code
 * @param reason in one line
 */
record RejectedRow(byte[] row, int resultCode, String reason) {}
