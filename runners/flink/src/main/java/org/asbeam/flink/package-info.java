/** The main classes of the jar for {@code flink run}: the asbeam command inside a Flink job. */
package org.asbeam.flink;
