/** Beam sources and sinks: clusters and backup folders as connectors. */
package org.asbeam.connectors;
