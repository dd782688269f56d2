/**
 * The log of the command: what libraries and asbeam itself say through SLF4J, as lines of text or
 * JSON, on standard error or in a file.
 */
package org.asbeam.cli.logging;
