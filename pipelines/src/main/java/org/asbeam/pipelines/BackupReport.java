package org.asbeam.pipelines;

import java.time.Duration;
import org.asbeam.storage.journal.Manifest;

/**
 * What a backup came to. All numbers are of the receipts, by way of the manifest.
 *
 * @param directory the backup folder
 * @param manifest what was published
 * @param slices slices of the plan
 * @param resumed slices that an earlier run had done
 * @param elapsed the time this job took
 */
public record BackupReport(
    String directory, Manifest manifest, int slices, int resumed, Duration elapsed) {}
