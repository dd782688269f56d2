package org.asbeam.pipelines;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.asbeam.connectors.FileSource;
import org.asbeam.storage.Store;
import org.asbeam.storage.journal.BackupContents;
import org.asbeam.storage.journal.FileReceipt;
import org.asbeam.storage.journal.Manifest;
import org.asbeam.transforms.ReportFiles;
import org.asbeam.transforms.work.Backends;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.FileOutcome;
import org.asbeam.transforms.work.WorkException;

/**
 * A backup folder as the launcher of a restore or a verification sees it.
 *
 * @param directory as a person gave it
 * @param location as messages name it
 * @param contents what it holds
 * @param slots the slices that are worked on at once
 * @param slices the slices of the job
 */
record FolderToRead(
    String directory, String location, BackupContents contents, int slots, int slices) {
  static FolderToRead open(Backends backends, String directory, int slots) throws IOException {
    try (Store store = backends.openStore(directory)) {
      BackupContents contents = BackupContents.of(store);
      return new FolderToRead(
          directory, store.location(), contents, slots, contents.slices(slots).size());
    }
  }

  /** The source of the job's slices. */
  FileSource source() {
    return FileSource.ofFolder(directory, slots, contents.edition(), slices);
  }

  int files() {
    return contents.files().size();
  }

  long bytes() {
    return contents.files().stream().mapToLong(FileReceipt::bytes).sum();
  }

  List<String> warnings() {
    return contents.manifest().map(Manifest::warnings).orElse(List.of());
  }

  /** What the manifest says is found out before the first record is written. */
  void checkNamespace(String namespace) throws WorkException {
    if (contents.manifest().isPresent()
        && !contents.manifest().get().namespace().equals(namespace)) {
      String actual = contents.manifest().get().namespace();
      throw new WorkException(
          ErrorCode.WRONG_NAMESPACE,
          location + ": is a backup of namespace " + actual + ", not of " + namespace,
          "to restore it into another one: --namespace " + actual + "," + namespace);
    }
  }

  /** A manifest knows how many records there are. */
  void checkTotal(long records) throws WorkException {
    if (contents.manifest().isPresent() && contents.manifest().get().records() != records) {
      throw new WorkException(
          ErrorCode.INCOMPLETE,
          location
              + ": "
              + records
              + " records were read, the manifest says "
              + contents.manifest().get().records(),
          "'asbeam verify' finds what is missing");
    }
  }

  /** The outcomes of a job on this folder, one per slice. */
  static List<FileOutcome> outcomes(String runId, FolderToRead folder) throws WorkException {
    List<FileOutcome> outcomes =
        ReportFiles.take(runId).orElse(List.of()).stream()
            .sorted(Comparator.comparingInt(FileOutcome::slice))
            .toList();
    if (outcomes.size() != folder.slices()) {
      throw new WorkException(
          ErrorCode.INCOMPLETE,
          folder.location()
              + ": "
              + outcomes.size()
              + " of "
              + folder.slices()
              + " slices were done, though the job ended",
          "run it again");
    }
    return outcomes;
  }
}
