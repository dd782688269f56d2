/** Backup folders on file systems that Beam knows, and this project doesn't. */
package org.asbeam.storage.beam;
