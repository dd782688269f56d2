/**
 * An Aerospike cluster inside the JVM: one to a few nodes on loopback sockets that speak the wire
 * protocol of an 8.1 community server, so that clients and backup tools take them for real ones.
 *
 * <p>For trying things out and for tests: records live in memory, and {@link
 * org.asbeam.embedded.EmbeddedCluster} can kill and revive nodes, move partitions, and inject the
 * faults that a real cluster only has on bad days.
 *
 * <p>The package knows the JDK only.
 */
package org.asbeam.embedded;
