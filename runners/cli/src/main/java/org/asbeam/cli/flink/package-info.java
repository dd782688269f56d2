/** Flink as the runner of jobs: in this process, or a cluster that jobs are handed to. */
package org.asbeam.cli.flink;
