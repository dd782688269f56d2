package org.asbeam.storage.remote;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.asbeam.storage.Archive;
import org.asbeam.storage.StoreException;

/** The archive of an {@link ObjectStore}. */
final class StoreArchive implements Archive {
  private final ObjectStore store;
  private final ObjectClient.ObjectArchive archive;

  StoreArchive(ObjectStore store, ObjectClient.ObjectArchive archive) {
    this.store = store;
    this.archive = archive;
  }

  @Override
  public List<String> archived(String folder) throws StoreException {
    List<String> archived = new ArrayList<>();
    // What was taken out for a while keeps its class in listings.
    for (String name : store.filesOfArchiveClass(folder)) {
      if (!isReadable(name)) {
        archived.add(name);
      }
    }
    return archived;
  }

  @Override
  public boolean mayRequest() {
    return archive.mayRequest();
  }

  @Override
  public void request(String name) throws StoreException {
    String key = store.key(name);
    store.call(
        name,
        "could not be taken out of the archive",
        () -> {
          archive.request(key);
          return null;
        });
  }

  @Override
  public boolean isReadable(String name) throws StoreException {
    return store.infoOf(name, "could not be read").map(info -> !info.archived()).orElse(true);
  }

  @Override
  public String expectation() {
    return archive.expectation();
  }

  @Override
  public Duration pollInterval() {
    return archive.pollInterval();
  }
}
