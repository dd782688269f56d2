/**
 * A cluster: raw partition scans, batch writes, secondary indexes and UDFs, its state.
 *
 * <p>Built on the sockets, pools and partition maps of Aerospike's Java client, but records go to
 * and from the wire as rows ({@link org.asbeam.format.RecordView}): none becomes an object. Knows
 * no Beam type. Every error is a {@link org.asbeam.aerospike.ClusterException} or a {@link
 * org.asbeam.aerospike.RecordWriteException} of one line that says what to do.
 */
package org.asbeam.aerospike;
