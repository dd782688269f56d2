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
  private static final String LIVE = "live";

  private final Store store;
  private final String runId;

  public Journal(Store store, String runId) {
    this.store = store;
    this.runId = runId;
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

  /** The number of slices that are done, without reading their receipts. */
  public int receiptCount() throws StoreException {
    return (int)
        store.list(path(RECEIPTS)).stream().filter(file -> file.name().endsWith(".json")).count();
  }

  public void beat(Heartbeat heartbeat) throws StoreException {
    store.put(path(LIVE + "/" + heartbeat.worker() + ".json"), Json.write(heartbeat));
  }

  /** Takes a worker's sign of life away, when the worker ends in order. */
  public void endBeat(String worker) throws StoreException {
    store.delete(path(LIVE + "/" + worker + ".json"));
  }

  /** The last sign of life of every worker that did not end in order. */
  public List<Heartbeat> heartbeats() throws IOException {
    List<Heartbeat> heartbeats = new ArrayList<>();
    for (StoredFile file : store.list(path(LIVE))) {
      if (file.name().endsWith(".json")) {
        heartbeats.add(Json.read(store.get(file.name()), Heartbeat.class));
      }
    }
    return heartbeats;
  }

  /**
   * Says that the run can't succeed. The first failure counts.
   *
   * @return the failure that counts
   */
  public Failure fail(Failure failure) throws IOException {
    store.putIfAbsent(path("failure.json"), Json.write(failure));
    return read("failure.json", Failure.class);
  }

  public Optional<Failure> failure() throws IOException {
    return readIfThere("failure.json", Failure.class);
  }

  /** Takes a failure back, when a person resumes the run after mending its cause. */
  public void forgiveFailure() throws StoreException {
    store.delete(path("failure.json"));
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
    deleteFolder(folder());
  }

  /** The specification in the plan, for the room that knows its type. */
  public static <T> T spec(Plan plan, Class<T> type) throws IOException {
    JsonNode spec = plan.spec();
    return Json.fromTree(spec, type);
  }

  private void deleteFolder(String folder) throws StoreException {
    for (StoredFile file : store.list(folder)) {
      if (file.folder()) {
        deleteFolder(file.name());
      } else {
        store.delete(file.name());
      }
    }
    store.delete(folder);
  }

  private String path(String name) {
    return folder() + "/" + name;
  }

  private <T> T read(String name, Class<T> type) throws IOException {
    return Json.read(store.get(path(name)), type);
  }

  private <T> Optional<T> readIfThere(String name, Class<T> type) throws IOException {
    try {
      return Optional.of(read(name, type));
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
