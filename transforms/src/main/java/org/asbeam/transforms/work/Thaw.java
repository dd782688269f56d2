package org.asbeam.transforms.work;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.asbeam.storage.Archive;
import org.asbeam.storage.BlockIndexes;
import org.asbeam.storage.Store;
import org.asbeam.storage.journal.BackupFolder;
import org.asbeam.storage.journal.BackupInput;
import org.asbeam.storage.journal.ManifestFile;

/**
 * Takes what a job is to read out of its store's archive, before the job begins: asks for it, waits
 * for hours if need be, and tells how far it is.
 */
public final class Thaw {
  /** How soon a person who stops the waiting is heard. */
  private static final Duration STEP = Duration.ofMillis(200);

  /** The folders that a backup consists of. */
  private static final List<String> PARTS = List.of("", BackupFolder.HIDDEN, BlockIndexes.FOLDER);

  private final Archive archive;
  private final String location;
  private final Consumer<String> news;
  private final BooleanSupplier stop;

  private Thaw(Archive archive, String location, Consumer<String> news, BooleanSupplier stop) {
    this.archive = archive;
    this.location = location;
    this.news = news;
    this.stop = stop;
  }

  /**
   * Returns when all files of an input can be read.
   *
   * @param news gets what is asked for, how long it may take, and how far it is
   * @param stop ends the waiting soon after it turns true
   * @throws WorkException if files lie in an archive and nobody said that they may be taken out, or
   *     it was stopped
   */
  public static void await(
      RestoreInput input, Backends backends, Consumer<String> news, BooleanSupplier stop)
      throws IOException, WorkException {
    if (input.isStream()) {
      return;
    }
    for (BackupInput part : input.parts()) {
      try (Store store = backends.openStore(part.directory())) {
        Optional<Archive> archive = store.archive();
        if (archive.isPresent()) {
          new Thaw(archive.get(), store.location(), news, stop).await(part.file());
        }
      }
    }
  }

  /**
   * @param only the only file that is needed; empty: all
   */
  private void await(String only) throws IOException, WorkException {
    List<String> left = new ArrayList<>();
    for (String folder : PARTS) {
      archive.archived(folder).stream().filter(name -> isNeeded(name, only)).forEach(left::add);
    }
    if (left.isEmpty()) {
      return;
    }
    String what = left.size() + (left.size() == 1 ? " file lies" : " files lie") + " in an archive";
    if (!archive.mayRequest()) {
      throw new WorkException(
          ErrorCode.ARCHIVED,
          location + ": " + what + ", " + left.get(0) + " for example",
          archive.expectation());
    }
    for (String name : left) {
      checkStop();
      archive.request(name);
    }
    news.accept(location + ": " + what + " and were asked for; " + archive.expectation());
    waitFor(left);
    news.accept(location + ": all files can be read");
  }

  /** For one file, what is known of it is needed too. */
  private static boolean isNeeded(String name, String only) {
    return only.isEmpty()
        || name.equals(only)
        || name.equals(ManifestFile.NAME)
        || name.equals(ManifestFile.COPY)
        || name.equals(BlockIndexes.nameOf(only));
  }

  private void waitFor(List<String> asked) throws IOException, WorkException {
    List<String> left = asked;
    Duration waited = Duration.ZERO;
    while (true) {
      List<String> still = new ArrayList<>();
      for (String name : left) {
        checkStop();
        if (!archive.isReadable(name)) {
          still.add(name);
        }
      }
      if (still.isEmpty()) {
        return;
      }
      if (still.size() < left.size()) {
        news.accept(
            location
                + ": "
                + (asked.size() - still.size())
                + " of "
                + asked.size()
                + " files are out of the archive, after "
                + waited.toMinutes()
                + " min");
      }
      left = still;
      pause(archive.pollInterval());
      waited = waited.plus(archive.pollInterval());
    }
  }

  private void pause(Duration time) throws WorkException {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      checkStop();
      try {
        Thread.sleep(Math.min(STEP.toMillis(), time.toMillis()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw stopped();
      }
    }
  }

  private void checkStop() throws WorkException {
    if (stop.getAsBoolean()) {
      throw stopped();
    }
  }

  private WorkException stopped() {
    return new WorkException(
        ErrorCode.STOPPED,
        location + ": stopped while files were on their way out of the archive",
        "they go on coming; run the same command again");
  }
}
