package org.asbeam.pipelines;

import java.io.IOException;
import java.time.Instant;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.Stores;
import org.asbeam.transforms.work.BackupLaunch;
import org.asbeam.transforms.work.FolderCleanup;
import org.asbeam.transforms.work.FolderCleanup.Leftovers;
import org.asbeam.transforms.work.FolderStatus;
import org.asbeam.transforms.work.Increment;
import org.asbeam.transforms.work.RealBackends;
import org.asbeam.transforms.work.Surroundings;
import org.asbeam.transforms.work.WorkException;

/**
 * What can be done with backup folders beside jobs. It is done in the thread that asks for it.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Folders {
  private final StoreAccess access;

  Folders(StoreAccess access) {
    this.access = access;
  }

  /**
   * The time from which on the next increment must take what was modified, so that no record is
   * lost between a finished backup and itself: {@code ScanFilter.modifiedAfter}.
   *
   * @param directory the folder of the backup before
   * @param namespace the namespace that is to be backed up
   * @throws WorkException if there is no such backup, or nothing can follow it
   */
  public Instant nextModifiedAfter(String directory, String namespace) throws WorkException {
    return direct(() -> Increment.after(new RealBackends(access), directory, namespace));
  }

  /**
   * Finds what dead runs left in a backup folder; changes nothing.
   *
   * @throws WorkException if the folder can't be read
   */
  public Leftovers leftovers(String directory) throws WorkException {
    return direct(() -> FolderCleanup.find(new RealBackends(access), directory));
  }

  /**
   * Opens a folder to see the jobs that work in it, on any machine, and how the last ones ended.
   *
   * @return to be closed by the caller
   * @throws WorkException if the folder can't be opened
   */
  public FolderJobs status(String directory) throws WorkException {
    return direct(() -> new FolderJobs(FolderStatus.open(new RealBackends(access), directory)));
  }

  /**
   * Removes what dead runs left in a backup folder. A finished backup stays.
   *
   * @return what was removed
   * @throws WorkException if a run is at work in the folder, or it can't be changed
   */
  public Leftovers cleanUp(String directory) throws WorkException {
    return direct(() -> FolderCleanup.remove(new RealBackends(access), directory));
  }

  /**
   * Removes the backup in a folder, finished or not, and what belongs to it; nothing else.
   *
   * @return the number of backup files removed
   * @throws WorkException if a run is at work in the folder, or it can't be changed
   */
  public int removeBackup(String directory) throws WorkException {
    return direct(
        () -> new BackupLaunch(new RealBackends(access), Surroundings.real()).remove(directory));
  }

  /**
   * Removes a backup that is a single file.
   *
   * @param file a path or URI
   * @return the number of files removed, 0 or 1
   * @throws WorkException if it can't be removed
   */
  public int removeFile(String file) throws WorkException {
    return direct(
        () -> {
          int slash = file.lastIndexOf('/');
          try (Store store = Stores.open(slash < 0 ? "." : file.substring(0, slash + 1), access)) {
            String name = file.substring(slash + 1);
            boolean there = store.list("").stream().anyMatch(one -> one.name().equals(name));
            store.delete(name);
            return there ? 1 : 0;
          }
        });
  }

  /** Work that is done in the thread that asks for it. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException, WorkException;
  }

  static <T> T direct(Work<T> work) throws WorkException {
    try {
      return work.run();
    } catch (IOException e) {
      throw RunningJob.failure(e);
    }
  }
}
