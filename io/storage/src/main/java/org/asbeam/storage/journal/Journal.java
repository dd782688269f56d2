package org.asbeam.storage.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoredFile;

/**
 * The journal of one run, in {@code .asbeam/<run-id>/} of the backup folder.
 *
 * <p>Receipts, identity, intent and failure are created exclusively: whoever comes second reads
 * what the first one wrote. So a slice that is done twice, by a runner's retry or by a person who
 * resumes, counts once.
 */
public final class Journal {
  private static final String RECEIPTS = "receipts";

  private final Store store;
  private final String runId;
  private final RunSigns signs;

  public Journal(Store store, String runId) {
    this.store = store;
    this.runId = runId;
    this.signs = new RunSigns(store, folder());
  }

  public String runId() {
    return runId;
  }

  /** The folder of the journal within the backup folder. */
  public String folder() {
    return BackupFolder.HIDDEN + "/" + runId;
  }

  public void writePlan(Plan plan) throws StoreException {
    store.put(path("plan.json"), Json.write(plan));
  }

  /**
   * The run's plan.
   *
   * @throws StoreException of kind NOT_FOUND if the launcher died before it was written
   */
  public Plan plan() throws IOException {
    Plan plan = read("plan.json", Plan.class);
    if (plan.formatVersion() > Plan.FORMAT_VERSION) {
      throw new IOException(
          store.location()
              + "/"
              + path("plan.json")
              + ": made by asbeam "
              + plan.tool()
              + ", which is newer than this one: use that version");
    }
    return plan;
  }

  /**
   * Fixes what cluster the run reads: the first worker's word counts.
   *
   * @return what the first worker wrote, which may be the given identity
   */
  public <T> T identity(T identity, Class<T> type) throws IOException {
    store.putIfAbsent(path("identity.json"), Json.write(identity));
    return read("identity.json", type);
  }

  /** What the first worker wrote; empty: no worker has come so far. */
  public <T> Optional<T> identity(Class<T> type) throws IOException {
    return readIfThere("identity.json", type);
  }

  /**
   * Files the receipt of a finished slice.
   *
   * @return the receipt that counts: the given one, or that of an attempt that was faster
   */
  public SliceReceipt file(SliceReceipt receipt) throws IOException {
    String name = RECEIPTS + "/" + receipt.slice() + ".json";
    if (store.putIfAbsent(path(name), Json.write(receipt))) {
      return receipt;
    }
    return read(name, SliceReceipt.class);
  }

  /** The receipt of a slice; empty: the slice is not done. */
  public Optional<SliceReceipt> receipt(int slice) throws IOException {
    return readIfThere(RECEIPTS + "/" + slice + ".json", SliceReceipt.class);
  }

  /** All receipts there are, in no order that matters. */
  public List<SliceReceipt> receipts() throws IOException {
    List<SliceReceipt> receipts = new ArrayList<>();
    for (StoredFile file : store.list(path(RECEIPTS))) {
      if (file.name().endsWith(".json")) {
        receipts.add(Json.read(store.get(file.name()), SliceReceipt.class));
      }
    }
    return receipts;
  }

  /** The numbers of the slices that are done, without reading their receipts. */
  public List<Integer> slicesDone() throws StoreException {
    return Documents.numbers(store, path(RECEIPTS));
  }

  /** How many slices are done, without reading their receipts. */
  public int receiptCount() throws StoreException {
    return slicesDone().size();
  }

  /** What the workers of the run tell each other, and whoever looks on. */
  public RunSigns signs() {
    return signs;
  }

  /**
   * Fixes what a commit publishes, so that a commit that dies and runs again publishes the same.
   *
   * @return the intent that counts: the first one
   */
  Manifest intend(Supplier<Manifest> manifest) throws IOException {
    Optional<Manifest> first = intent();
    if (first.isPresent()) {
      return first.get();
    }
    store.putIfAbsent(path("intent.json"), Json.write(manifest.get()));
    return read("intent.json", Manifest.class);
  }

  Optional<Manifest> intent() throws IOException {
    return readIfThere("intent.json", Manifest.class);
  }

  /** Deletes the journal. Only once the job has ended: a runner may repeat slices until then. */
  public void delete() throws StoreException {
    Documents.deleteFolder(store, folder());
  }

  /** The specification in the plan, for the room that knows its type. */
  public static <T> T spec(Plan plan, Class<T> type) throws IOException {
    JsonNode spec = plan.spec();
    return Json.fromTree(spec, type);
  }

  private String path(String name) {
    return folder() + "/" + name;
  }

  private <T> T read(String name, Class<T> type) throws IOException {
    return Documents.read(store, path(name), type);
  }

  private <T> Optional<T> readIfThere(String name, Class<T> type) throws IOException {
    return Documents.readIfThere(store, path(name), type);
  }
}
