/**
 * Backup folders: the stores they lie in, files of compressed blocks with their indexes, and the
 * journal and manifest that say what of them is whole.
 */
package org.asbeam.storage;
