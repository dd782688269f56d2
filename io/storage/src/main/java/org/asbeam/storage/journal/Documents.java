package org.asbeam.storage.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoredFile;

/** The documents of journals: read, read if they are there, and removed with their folders. */
final class Documents {
  private static final Pattern NUMBERED = Pattern.compile(".*/(\\d{1,9})\\.json");

  private Documents() {}

  static <T> T read(Store store, String name, Class<T> type) throws IOException {
    return Json.read(store.get(name), type);
  }

  /** Empty: there is none, or it went in this moment. */
  static <T> Optional<T> readIfThere(Store store, String name, Class<T> type) throws IOException {
    try {
      return Optional.of(read(store, name, type));
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The numbers of the documents of slices in a folder, {@code <number>.json}. */
  static List<Integer> numbers(Store store, String folder) throws StoreException {
    List<Integer> numbers = new ArrayList<>();
    for (StoredFile file : store.list(folder)) {
      Matcher matcher = NUMBERED.matcher(file.name());
      if (matcher.matches()) {
        numbers.add(Integer.valueOf(matcher.group(1)));
      }
    }
    return numbers;
  }

  /** Deletes a folder with all that is in it. */
  static void deleteFolder(Store store, String folder) throws StoreException {
    for (StoredFile file : store.list(folder)) {
      if (file.folder()) {
        deleteFolder(store, file.name());
      } else {
        store.delete(file.name());
      }
    }
    store.delete(folder);
  }
}
