package org.asbeam.transforms.work;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoredFile;
import org.asbeam.storage.journal.BackupContents;
import org.asbeam.storage.journal.BackupFolder;
import org.asbeam.storage.journal.FileReceipt;
import org.asbeam.storage.journal.Manifest;
import org.asbeam.storage.journal.ManifestFile;

/** What a verification finds by looking at the folder as a whole, beside reading its files. */
public final class FolderAudit {
  private final Optional<Manifest> manifest;
  private final String location;
  private final List<String> found;

  private FolderAudit(Optional<Manifest> manifest, String location, List<String> found) {
    this.manifest = manifest;
    this.location = location;
    this.found = found;
  }

  /** Looks at a folder: its manifest in both copies, and files that the manifest does not name. */
  public static FolderAudit of(Backends backends, String directory, BackupContents contents)
      throws IOException {
    try (Store store = backends.openStore(directory)) {
      List<String> found = new ArrayList<>();
      if (contents.manifest().isPresent()) {
        found.addAll(ManifestFile.damages(store));
        Set<String> named = new HashSet<>();
        contents.files().stream().map(FileReceipt::name).forEach(named::add);
        named.addAll(contents.manifest().get().unlisted());
        for (StoredFile file : new BackupFolder(store).backupFiles()) {
          if (!named.contains(file.name())) {
            found.add(
                store.location()
                    + "/"
                    + file.name()
                    + ": is no part of this backup, but other tools would restore it too");
          }
        }
      }
      return new FolderAudit(contents.manifest(), store.location(), found);
    }
  }

  /** The findings, given what was read from the files. */
  public List<String> findings(long records, int indexes, int udfs) {
    List<String> all = new ArrayList<>(found);
    if (manifest.isPresent()) {
      compare(all, "records", records, manifest.get().records());
      compare(all, "secondary indexes", indexes, manifest.get().indexes());
      compare(all, "UDF modules", udfs, manifest.get().udfs());
    }
    return all;
  }

  private void compare(List<String> all, String what, long read, long written) {
    if (read != written) {
      all.add(location + ": " + read + " " + what + " could be read, " + written + " were written");
    }
  }

  /**
   * What the verification proves, and what it can't.
   *
   * @param sound whether nothing was found
   */
  public List<String> promises(boolean sound) {
    if (!sound) {
      return List.of("what is not named above was read, and is what was written");
    }
    if (manifest.isEmpty()) {
      return List.of(
          "every file was decoded to its end",
          "not provable, since there is no manifest (another tool made this backup): that no file"
              + " is missing, that no file was cut between two records, and that no byte of a value"
              + " changed");
    }
    List<String> promises = new ArrayList<>();
    promises.add(
        "every file that the backup wrote is here, byte for byte, and every record in it decodes");
    promises.add(
        manifest.get().complete()
            ? "the cluster was stable from start to end: every record that existed, unchanged, all"
                + " that time is in the backup"
            : "not proved complete: the cluster was not stable during the backup, and"
                + " --allow-unstable was given");
    return promises;
  }
}
