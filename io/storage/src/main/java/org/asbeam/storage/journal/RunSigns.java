package org.asbeam.storage.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoredFile;

/**
 * What the processes of a run tell each other, and whoever looks on, through the folder of its
 * journal: that they live and how far they are, and that the run can't succeed.
 */
public final class RunSigns {
  private static final String LIVE = "live";
  private static final String FAILURE = "failure.json";
  private static final String SHARES = "shares";

  private final Store store;
  private final String folder;

  RunSigns(Store store, String folder) {
    this.store = store;
    this.folder = folder;
  }

  public void beat(Heartbeat heartbeat) throws StoreException {
    store.put(path(LIVE + "/" + heartbeat.worker() + ".json"), Json.write(heartbeat));
  }

  /** Takes a worker's sign of life away, when the worker ends in order. */
  public void endBeat(String worker) throws StoreException {
    store.delete(path(LIVE + "/" + worker + ".json"));
  }

  /** Where the workers share the limits of the run. */
  public String shares() {
    return path(SHARES);
  }

  /** Takes away what dead workers left: those that go on wait for nobody then. */
  public void forgetWorkers() throws StoreException {
    Documents.deleteFolder(store, path(LIVE));
    Documents.deleteFolder(store, path(SHARES));
  }

  /** The last sign of life of every worker that did not end in order. */
  public List<Heartbeat> heartbeats() throws IOException {
    List<Heartbeat> heartbeats = new ArrayList<>();
    for (StoredFile file : store.list(path(LIVE))) {
      if (file.name().endsWith(".json")) {
        Documents.readIfThere(store, file.name(), Heartbeat.class).ifPresent(heartbeats::add);
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
    store.putIfAbsent(path(FAILURE), Json.write(failure));
    return Documents.read(store, path(FAILURE), Failure.class);
  }

  public Optional<Failure> failure() throws IOException {
    return Documents.readIfThere(store, path(FAILURE), Failure.class);
  }

  /** Takes a failure back, when a person resumes the run after mending its cause. */
  public void forgiveFailure() throws StoreException {
    store.delete(path(FAILURE));
  }

  private String path(String name) {
    return folder + "/" + name;
  }
}
