package org.asbeam.storage.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoredFile;

/**
 * The journal of one job that reads backup files, in {@code .asbeam/restores/<id>/} or {@code
 * .asbeam/verifications/<id>/} of the folder that is read, or of another one: the plan, what became
 * of each slice that is done, and the end.
 *
 * <p>The outcome of a slice is created exclusively: of two attempts the first one counts.
 */
public final class FileJournal {
  private static final String PLAN = "/plan.json";
  private static final String CHECK = "/check.json";
  private static final String END = "/end.json";
  private static final String BEGUN = "/begun";
  private static final String DONE = "/done";

  private final Store store;
  private final Kind kind;
  private final String id;
  private final RunSigns signs;

  /** What the files are read for. */
  public enum Kind {
    RESTORES,
    VERIFICATIONS;

    /** Where the journals of the kind lie. */
    public String folder() {
      return BackupFolder.HIDDEN + "/" + name().toLowerCase(Locale.ROOT);
    }
  }

  public FileJournal(Store store, Kind kind, String id) {
    this.store = store;
    this.kind = kind;
    this.id = id;
    this.signs = new RunSigns(store, folder());
  }

  public String id() {
    return id;
  }

  /** The ids of all jobs of a kind that lie in a folder. */
  public static List<String> ids(Store store, Kind kind) throws StoreException {
    return store.list(kind.folder()).stream()
        .filter(StoredFile::folder)
        .map(entry -> entry.name().substring(kind.folder().length() + 1))
        .toList();
  }

  /** Whether the journals of a kind lie in a folder of that name. */
  static boolean isFolder(String name) {
    return Arrays.stream(Kind.values()).anyMatch(kind -> kind.folder().equals(name));
  }

  public void writePlan(FilePlan plan) throws StoreException {
    store.put(folder() + PLAN, Json.write(plan));
  }

  /**
   * The plan; empty: the launcher died before it was written.
   *
   * @throws IOException if it is damaged, or of a newer asbeam
   */
  public Optional<FilePlan> plan() throws IOException {
    Optional<FilePlan> plan = readIfThere(folder() + PLAN, FilePlan.class);
    if (plan.isPresent() && plan.get().formatVersion() > FilePlan.FORMAT_VERSION) {
      throw new IOException(
          store.location()
              + "/"
              + folder()
              + PLAN
              + ": made by asbeam "
              + plan.get().tool()
              + ", which is newer than this one: use that version");
    }
    return plan;
  }

  /** What the processes of the job tell each other, and whoever looks on. */
  public RunSigns signs() {
    return signs;
  }

  /**
   * Says that what must be so before the first write is so: the first word counts.
   *
   * @return what counts: the given word, or an earlier one
   */
  public <T> T check(T found, Class<T> type) throws IOException {
    return putFirst(folder() + CHECK, found, type);
  }

  /** What was found before the first write; empty: nobody looked so far. */
  public <T> Optional<T> check(Class<T> type) throws IOException {
    return readIfThere(folder() + CHECK, type);
  }

  /**
   * Says that a slice is begun.
   *
   * @return whether it is for the first time, by all processes of the job and those before it that
   *     it goes on for
   */
  public boolean begin(int slice) throws StoreException {
    return store.putIfAbsent(folder() + BEGUN + "/" + slice + ".json", Json.write(slice));
  }

  /**
   * Files what became of a slice.
   *
   * @return the outcome that counts: the given one, or that of an attempt that was faster
   */
  public <T> T file(int slice, T outcome, Class<T> type) throws IOException {
    return putFirst(name(slice), outcome, type);
  }

  /** What became of a slice; empty: it is not done. */
  public <T> Optional<T> outcome(int slice, Class<T> type) throws IOException {
    return readIfThere(name(slice), type);
  }

  /** The numbers of the slices that are done, without reading what became of them. */
  public List<Integer> slicesDone() throws StoreException {
    return Documents.numbers(store, folder() + DONE);
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

  /**
   * Says how the job ended, for those who look when its launcher is gone: the first word counts.
   *
   * @return what counts: the given word, or an earlier one
   */
  public <T> T end(T end, Class<T> type) throws IOException {
    return putFirst(folder() + END, end, type);
  }

  /** How the job ended; empty: it did not end well so far. */
  public <T> Optional<T> end(Class<T> type) throws IOException {
    return readIfThere(folder() + END, type);
  }

  /** Deletes the journal, and the folders above it that are empty then. */
  public void delete() throws StoreException {
    Documents.deleteFolder(store, folder());
    for (String above : List.of(kind.folder(), BackupFolder.HIDDEN)) {
      if (store.list(above).isEmpty()) {
        store.delete(above);
      }
    }
  }

  private String folder() {
    return kind.folder() + "/" + id;
  }

  private String name(int slice) {
    return folder() + DONE + "/" + slice + ".json";
  }

  private <T> T putFirst(String name, T document, Class<T> type) throws IOException {
    if (store.putIfAbsent(name, Json.write(document))) {
      return document;
    }
    return Json.read(store.get(name), type);
  }

  private <T> Optional<T> readIfThere(String name, Class<T> type) throws IOException {
    return Documents.readIfThere(store, name, type);
  }
}
