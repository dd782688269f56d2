package org.asbeam.storage.beam;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.asbeam.storage.StoredFile;

/**
 * Makes entries of a folder of what patterns found in it.
 *
 * @param folder its name, empty for the top
 * @param path the same as Beam takes it
 */
record BeamListing(String folder, String path) {
  /**
   * @param found what lies in the folder, one level down, two levels down, and so on
   */
  List<StoredFile> of(List<List<MatchResult.Metadata>> found) {
    TreeMap<String, StoredFile> files = new TreeMap<>();
    TreeMap<String, StoredFile> folders = new TreeMap<>();
    for (int level = 1; level <= found.size(); level++) {
      for (MatchResult.Metadata one : found.get(level - 1)) {
        String name = nameAbove(one, level);
        if (level == 1 && !one.resourceId().isDirectory()) {
          files.put(name, new StoredFile(name, one.sizeBytes(), false));
        } else if (!name.isEmpty()) {
          folders.put(name, new StoredFile(name, 0, true));
        }
      }
    }
    files.remove("");
    // Some file systems give folders for files.
    files.values().removeIf(file -> file.size() == 0 && folders.containsKey(file.name()));
    List<StoredFile> all = new ArrayList<>(files.values());
    all.addAll(folders.values());
    all.sort(Comparator.comparing(StoredFile::name));
    return List.copyOf(all);
  }

  /** The name of the entry of this folder that something lies in; empty if that is elsewhere. */
  private String nameAbove(MatchResult.Metadata found, int level) {
    String[] parts = found.resourceId().toString().replaceAll("/+$", "").split("/", -1);
    int index = parts.length - level;
    String last = path.substring(path.lastIndexOf('/') + 1);
    if (index < 1 || !parts[index - 1].equals(last) || parts[index].isEmpty()) {
      return "";
    }
    return folder.isEmpty() ? parts[index] : folder + "/" + parts[index];
  }
}
