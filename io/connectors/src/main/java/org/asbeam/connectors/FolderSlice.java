package org.asbeam.connectors;

import org.asbeam.storage.journal.FileSlice;

/**
 * A slice of one of many backups.
 *
 * @param directory the backup's folder
 * @param edition the {@link org.asbeam.storage.journal.BackupContents#edition} that was cut
 * @param slice which part of it
 */
record FolderSlice(String directory, String edition, FileSlice slice) {}
