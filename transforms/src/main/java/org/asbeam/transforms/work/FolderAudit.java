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
  private final boolean whole;
  private final boolean sealed;
  private final List<String> found;

  /**
   * @param whole whether all that the manifest speaks of is read
   * @param sealed whether the key is lacking, so that bytes are checked and no text is read
   */
  private FolderAudit(
      Optional<Manifest> manifest,
      String location,
      boolean whole,
      boolean sealed,
      List<String> found) {
    this.manifest = manifest;
    this.whole = whole;
    this.sealed = sealed;
    this.location = location;
    this.found = found;
  }

  /**
   * Looks at an input: of a folder the manifest in both copies, and files that the manifest does
   * not name.
   */
  public static FolderAudit of(OpenInputs.Opened input) throws IOException {
    Store store = input.store();
    BackupContents contents = input.contents();
    List<String> found = new ArrayList<>();
    boolean whole = contents.manifest().isPresent() && input.input().file().isEmpty();
    if (whole) {
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
    return new FolderAudit(contents.manifest(), input.location(), whole, contents.sealed(), found);
  }

  /** All inputs of a job; a stream has none: nothing is known of it but what is read. */
  public static List<FolderAudit> of(OpenInputs inputs) throws IOException {
    List<FolderAudit> audits = new ArrayList<>();
    for (OpenInputs.Opened input : inputs.all()) {
      audits.add(of(input));
    }
    return audits;
  }

  /** The findings, given what was read from the files. */
  public List<String> findings(long records, int indexes, int udfs) {
    List<String> all = new ArrayList<>(found);
    if (whole) {
      compare(all, "records", records, manifest.get().records());
    }
    if (whole && !sealed) {
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
   * What the verification of all inputs proves, and what it can't.
   *
   * @param audits of all inputs; none for a stream
   * @param sound whether nothing was found
   */
  public static List<String> promises(List<FolderAudit> audits, boolean sound) {
    if (!sound) {
      return List.of("what is not named above was read, and is what was written");
    }
    List<String> promises = new ArrayList<>();
    if (audits.stream().allMatch(audit -> audit.manifest.isPresent()) && !audits.isEmpty()) {
      for (FolderAudit audit : audits) {
        audit.promises(audits.size() > 1 ? audit.location + ": " : "", promises);
      }
      return promises;
    }
    List<String> without =
        audits.stream().filter(a -> a.manifest.isEmpty()).map(a -> a.location).toList();
    promises.add("every file was decoded to its end");
    promises.add(
        "not provable"
            + (without.size() == audits.size() ? "" : " of " + String.join(", ", without))
            + ", since there is no manifest (another tool made this backup): that no file"
            + " is missing, that no file was cut between two records, and that no byte of a value"
            + " changed");
    return promises;
  }

  private void promises(String start, List<String> promises) {
    if (sealed) {
      promises.add(
          start
              + "every byte of every file is what the backup wrote; without the encryption key no"
              + " record was decoded");
    } else if (!whole) {
      promises.add(start + "the file is what the backup wrote, and every record in it decodes");
      return;
    } else {
      promises.add(
          start
              + "every file that the backup wrote is here, byte for byte, and every record in it"
              + " decodes");
    }
    promises.add(
        start
            + (manifest.orElseThrow().complete()
                ? "the cluster was stable from start to end: every record that existed, unchanged,"
                    + " all that time is in the backup"
                : "not proved complete: the cluster was not stable during the backup, and"
                    + " --allow-unstable was given"));
  }
}
