package org.asbeam.transforms.work;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.journal.BackupFolder;
import org.asbeam.storage.journal.Failure;
import org.asbeam.storage.journal.FileJournal;
import org.asbeam.storage.journal.FilePlan;
import org.asbeam.storage.journal.Heartbeat;
import org.asbeam.storage.journal.Journal;
import org.asbeam.storage.journal.Manifest;
import org.asbeam.storage.journal.ManifestFile;
import org.asbeam.storage.journal.Plan;

/**
 * The jobs of a folder, as anybody who reaches it sees them: how far they are, or how they ended.
 * Changes nothing.
 */
public final class FolderStatus implements Closeable {
  /** How long a job may be idle that lives: no runner takes longer from one step to the next. */
  public static final Duration DEAD_AFTER = BackupLaunch.DEAD_AFTER;

  private final Store store;
  private final Surroundings surroundings;
  private final Map<String, RunLook> looks = new HashMap<>();

  /** What a job does. */
  public enum Kind {
    BACKUP,
    RESTORE,
    VERIFICATION
  }

  /** How it is with a job. */
  public enum State {
    /** It was begun, and no worker has come so far. */
    WAITING,
    /** A worker shows that it lives. */
    AT_WORK,
    /** It ended well. */
    DONE,
    /** It ended with an error, or is about to. */
    FAILED,
    /**
     * No worker shows that it lives, and nothing says how it ended: it is between two steps, or
     * dead if that lasts longer than {@link #DEAD_AFTER}.
     */
    IDLE
  }

  /**
   * A job.
   *
   * @param id names it in the folder
   * @param subject the namespace that is backed up, or the input that is read
   * @param started when, by the launcher's clock
   * @param slices the slices of its plan
   * @param done those that are done
   * @param records read so far
   * @param bytes stored bytes written or read so far
   * @param workers the workers that live, by their last signs of life
   * @param failure why it failed; empty: nothing says so
   * @param findings damage that a verification found, one line each
   */
  public record Run(
      Kind kind,
      String id,
      String subject,
      State state,
      Instant started,
      int slices,
      int done,
      long records,
      long bytes,
      List<Heartbeat> workers,
      Optional<Failure> failure,
      List<String> findings) {}

  private FolderStatus(Store store, Surroundings surroundings) {
    this.store = store;
    this.surroundings = surroundings;
  }

  /** Opens a folder to look at it, once or again and again. */
  public static FolderStatus open(Backends backends, String directory) throws IOException {
    return new FolderStatus(backends.openStore(directory), Surroundings.real());
  }

  /** As a message names the folder. */
  public String location() {
    return store.location();
  }

  /** The jobs of this moment, the oldest first. */
  public List<Run> runs() throws IOException {
    List<Run> runs = new ArrayList<>();
    Optional<Manifest> manifest = ManifestFile.read(store);
    boolean journaled = false;
    for (String id : new BackupFolder(store).journals()) {
      Optional<Run> run = backup(new Journal(store, id), manifest);
      run.ifPresent(runs::add);
      journaled |= run.isPresent() && manifest.map(m -> m.runId().equals(id)).orElse(false);
    }
    if (manifest.isPresent() && !journaled) {
      runs.add(finished(manifest.get()));
    }
    for (FileJournal.Kind kind : FileJournal.Kind.values()) {
      for (String id : FileJournal.ids(store, kind)) {
        files(kind, new FileJournal(store, kind, id)).ifPresent(runs::add);
      }
    }
    runs.sort(Comparator.comparing(Run::started));
    return runs;
  }

  private Optional<Run> backup(Journal journal, Optional<Manifest> manifest) throws IOException {
    Plan plan;
    try {
      plan = journal.plan();
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
    RunLook look = look(journal.runId(), () -> RunLook.atBackup(store, journal.runId()));
    boolean begun = journal.identity(JsonNode.class).isPresent();
    boolean done = manifest.map(m -> m.runId().equals(journal.runId())).orElse(false);
    return Optional.of(
        run(
            Kind.BACKUP,
            journal.runId(),
            Journal.spec(plan, BackupSpec.class).namespace(),
            plan.created(),
            plan.slices().size(),
            look,
            begun,
            done,
            List.of()));
  }

  private static Run finished(Manifest manifest) {
    return new Run(
        Kind.BACKUP,
        manifest.runId(),
        manifest.namespace(),
        State.DONE,
        manifest.started(),
        0,
        0,
        manifest.records(),
        manifest.bytes(),
        List.of(),
        Optional.empty(),
        List.of());
  }

  private Optional<Run> files(FileJournal.Kind kind, FileJournal journal) throws IOException {
    Optional<FilePlan> plan = journal.plan();
    if (plan.isEmpty()) {
      return Optional.empty();
    }
    Optional<FileJobEnd> end = journal.end(FileJobEnd.class);
    RunLook look = look(journal.id(), () -> RunLook.atFiles(store, journal));
    return Optional.of(
        run(
            kind == FileJournal.Kind.RESTORES ? Kind.RESTORE : Kind.VERIFICATION,
            journal.id(),
            plan.get().task().path("input").asText(),
            plan.get().created(),
            plan.get().slices(),
            look,
            look.slicesDone() > 0 || !look.workers().isEmpty(),
            end.isPresent(),
            end.map(FileJobEnd::findings).orElse(List.of())));
  }

  /** Makes a look. */
  @FunctionalInterface
  private interface Maker {
    RunLook make();
  }

  private RunLook look(String id, Maker maker) throws IOException {
    RunLook look = looks.get(id);
    if (look == null) {
      look = maker.make();
      looks.put(id, look);
    }
    look.refresh();
    return look;
  }

  private Run run(
      Kind kind,
      String id,
      String subject,
      Instant started,
      int slices,
      RunLook look,
      boolean begun,
      boolean done,
      List<String> findings) {
    List<Heartbeat> alive =
        look.workers().stream().filter(beat -> BackupLaunch.isAlive(beat, surroundings)).toList();
    return new Run(
        kind,
        id,
        subject,
        state(look, alive, begun, done),
        started,
        slices,
        Math.min(slices, look.slicesDone()),
        look.records(),
        look.bytes(),
        alive,
        look.failure(),
        findings);
  }

  /**
   * @param begun whether a worker ever came
   */
  private static State state(RunLook look, List<Heartbeat> alive, boolean begun, boolean done) {
    if (done) {
      return State.DONE;
    }
    if (look.failure().isPresent()) {
      return State.FAILED;
    }
    if (!begun) {
      return State.WAITING;
    }
    return alive.isEmpty() ? State.IDLE : State.AT_WORK;
  }

  @Override
  public void close() {
    store.close();
  }
}
