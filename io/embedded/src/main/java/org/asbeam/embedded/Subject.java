package org.asbeam.embedded;

/**
 * What a filter is evaluated on.
 *
 * @param row a stored record
 * @param now milliseconds since 2010-01-01T00:00:00Z
 */
record Subject(byte[] row, long now) {}
