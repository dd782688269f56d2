package org.asbeam.storage.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoredFile;

/**
 * The journal of one restore, in {@code .asbeam/restores/<id>/} of the folder that is restored, or
 * of another one: the plan, and what became of each slice that is done.
 *
 * <p>The outcome of a slice is created exclusively: of two attempts the first one counts.
 */
public final class RestoreJournal {
  /** Where the journals of restores lie. */
  public static final String FOLDER = BackupFolder.HIDDEN + "/restores";

  private static final String DONE = "/done";

  private final Store store;
  private final String id;

  public RestoreJournal(Store store, String id) {
    this.store = store;
    this.id = id;
  }

  public String id() {
    return id;
  }

  /** The ids of all restores that lie in a folder and have not ended well. */
  public static List<String> ids(Store store) throws StoreException {
    return store.list(FOLDER).stream()
        .filter(StoredFile::folder)
        .map(entry -> entry.name().substring(FOLDER.length() + 1))
        .toList();
  }

  public void writePlan(RestorePlan plan) throws StoreException {
    store.put(folder() + "/plan.json", Json.write(plan));
  }

  /**
   * The plan; empty: the launcher died before it was written.
   *
   * @throws IOException if it is damaged, or of a newer asbeam
   */
  public Optional<RestorePlan> plan() throws IOException {
    String name = folder() + "/plan.json";
    Optional<RestorePlan> plan = readIfThere(name, RestorePlan.class);
    if (plan.isPresent() && plan.get().formatVersion() > RestorePlan.FORMAT_VERSION) {
      throw new IOException(
          store.location()
              + "/"
              + name
              + ": made by asbeam "
              + plan.get().tool()
              + ", which is newer than this one: use that version");
    }
    return plan;
  }

  /**
   * Files what became of a slice.
   *
   * @return the outcome that counts: the given one, or that of an attempt that was faster
   */
  public <T> T file(int slice, T outcome, Class<T> type) throws IOException {
    if (store.putIfAbsent(name(slice), Json.write(outcome))) {
      return outcome;
    }
    return Json.read(store.get(name(slice)), type);
  }

  /** What became of a slice; empty: it is not done. */
  public <T> Optional<T> outcome(int slice, Class<T> type) throws IOException {
    return readIfThere(name(slice), type);
  }

  /** What became of all slices that are done. */
  public <T> List<T> outcomes(Class<T> type) throws IOException {
    List<T> outcomes = new ArrayList<>();
    for (StoredFile file : store.list(folder() + DONE)) {
      if (file.name().endsWith(".json")) {
        outcomes.add(Json.read(store.get(file.name()), type));
      }
    }
    return outcomes;
  }

  /** Deletes the journal, and the folders above it that are empty then. */
  public void delete() throws StoreException {
    for (String inside : List.of(folder() + DONE, folder())) {
      for (StoredFile file : store.list(inside)) {
        if (!file.folder()) {
          store.delete(file.name());
        }
      }
      store.delete(inside);
    }
    for (String above : List.of(FOLDER, BackupFolder.HIDDEN)) {
      if (store.list(above).isEmpty()) {
        store.delete(above);
      }
    }
  }

  private String folder() {
    return FOLDER + "/" + id;
  }

  private String name(int slice) {
    return folder() + DONE + "/" + slice + ".json";
  }

  private <T> Optional<T> readIfThere(String name, Class<T> type) throws IOException {
    try {
      return Optional.of(Json.read(store.get(name), type));
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
