/**
 * What a backup folder says of itself: the plan of a run, the receipts of its finished slices, the
 * guard and lock that keep others away while it is unfinished, and the manifest that makes it a
 * backup.
 *
 * <p>The folder is the truth. A run leaves
 *
 * <pre>
 * 000_UNFINISHED.asb             while it is not committed: a header that every reader refuses
 * test_17_1_3fa85f64.asb ...     what every tool reads
 * metadata_test_1.asb            secondary indexes and UDFs
 * backup.manifest.json           written last: no manifest, no finished backup
 * .asbeam/manifest-copy.json     its second copy
 * .asbeam/index/                 block indexes, one per file
 * .asbeam/lock.json              the run that may write here
 * .asbeam/&lt;run-id&gt;/              plan, identity, receipts, heartbeats, failure, intent
 * </pre>
 */
package org.asbeam.storage.journal;
