/** The asbeam command: parse, check everything, start, watch, report. */
package org.asbeam.cli;
