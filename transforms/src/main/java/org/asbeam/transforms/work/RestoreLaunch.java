package org.asbeam.transforms.work;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.journal.FileJournal;
import org.asbeam.storage.journal.FilePlan;
import org.asbeam.storage.journal.Json;

/** Begins and ends restores: their plan, the journal that they are resumed by, and its removal. */
public final class RestoreLaunch {
  private final Backends backends;
  private final Surroundings surroundings;

  public RestoreLaunch(Backends backends, Surroundings surroundings) {
    this.backends = backends;
    this.surroundings = surroundings;
  }

  /**
   * A restore that was begun.
   *
   * @param run as its workers know it
   * @param done what became of the slices that an earlier run did
   * @param warnings what a person should know of, one line each
   */
  public record Launched(FileRun run, List<FileOutcome> done, List<String> warnings) {}

  /** A journal and the folder that it lies in. */
  private record Found(FileJournal journal, FilePlan plan, RestoreTask task) {
    /** Whether it ended well, and its journal only tells of that. */
    boolean isEnded() throws IOException {
      return journal.end(FileJobEnd.class).isPresent();
    }
  }

  /**
   * Checks all that can be checked before the first write, and makes the plan or takes that of the
   * run that is resumed.
   *
   * @throws WorkException if something is wrong with the inputs, or there is nothing to resume
   */
  public Launched launch(RestoreSpec spec, OpenInputs inputs, TargetView target, Workers workers)
      throws IOException, WorkException {
    if (workers == Workers.ELSEWHERE && inputs.isStream()) {
      throw new WorkException(
          ErrorCode.USAGE,
          "standard input can't be restored by workers elsewhere: only this process has it",
          "restore it with --runner direct");
    }
    InputCheck.check(spec, inputs, target);
    Launched launched =
        spec.resume()
            ? resume(spec, inputs, target, workers)
            : start(spec, inputs, target, workers);
    if (spec.rejects().isOn()) {
      try (Store store = backends.openStore(spec.rejects().directory())) {
        RejectFiles.prepare(store, launched.run().id(), launched.done());
      }
    }
    return launched;
  }

  private Launched start(RestoreSpec spec, OpenInputs inputs, TargetView target, Workers workers)
      throws IOException, WorkException {
    FileRun unjournaled =
        FileRun.unjournaled(
            FileJournal.Kind.RESTORES, FileNames.newRunId(surroundings), spec.slots(), inputs);
    List<String> warnings = new ArrayList<>();
    if (inputs.isStream()) {
      return new Launched(unjournaled, List.of(), warnings);
    }
    String directory = journalDirectory(spec);
    try (Store store = backends.openStore(directory)) {
      for (Found found : journals(store, RestoreTask.of(spec, target))) {
        if (found.plan().edition().equals(inputs.edition()) && !found.isEnded()) {
          warnings.add(
              store.location()
                  + ": this restore was begun "
                  + found.plan().created()
                  + " and did not end; --resume would have gone on with it");
        }
      }
      FileRun run = unjournaled.journaled(directory, workers);
      FileJournal journal = run.journal(store);
      journal.writePlan(run.plan(surroundings.now(), RestoreTask.of(spec, target)));
      if (target.isSeen()) {
        journal.check(TargetFound.of(target), TargetFound.class);
      }
      return new Launched(run, List.of(), warnings);
    } catch (StoreException e) {
      if (workers == Workers.ELSEWHERE) {
        throw FileRun.needsJournal(e);
      }
      if (!spec.stateDirectory().isEmpty() || e.kind() == StoreException.Kind.TRANSIENT) {
        throw e;
      }
      warnings.add(
          "the restore can't be resumed if it is stopped, for its journal can't be written: "
              + e.getMessage());
      return new Launched(unjournaled, List.of(), warnings);
    }
  }

  private static String journalDirectory(RestoreSpec spec) {
    return spec.stateDirectory().isEmpty()
        ? spec.input().parts().get(0).directory()
        : spec.stateDirectory();
  }

  private Launched resume(RestoreSpec spec, OpenInputs inputs, TargetView target, Workers workers)
      throws IOException, WorkException {
    if (inputs.isStream()) {
      throw new WorkException(
          ErrorCode.USAGE,
          "a restore of standard input can't be resumed",
          "leave --resume out: records that are there are passed over as fresher");
    }
    String directory = journalDirectory(spec);
    try (Store store = backends.openStore(directory)) {
      RestoreTask task = RestoreTask.of(spec, target);
      Found found = toResume(store, task, inputs.edition());
      if (BackupLaunch.isAlive(found.journal().signs(), surroundings)) {
        throw new WorkException(
            ErrorCode.IN_USE,
            store.location()
                + ": the restore that was begun "
                + found.plan().created()
                + " is at work",
            "wait for its end; if it died, its last sign of life is taken for one for "
                + BackupLaunch.DEAD_AFTER.toSeconds()
                + " s");
      }
      found.journal().signs().forgetWorkers();
      found.journal().signs().forgiveFailure();
      List<FileOutcome> done = found.journal().outcomes(FileOutcome.class);
      List<String> warnings = new ArrayList<>();
      long inserted = done.stream().mapToLong(outcome -> outcome.records().inserted()).sum();
      if (target.isSeen() && target.objects() < inserted) {
        warnings.add(
            "namespace "
                + spec.targetNamespace()
                + " holds "
                + target.objects()
                + " records, but the run that is resumed wrote "
                + inserted
                + ": if they did not expire they were lost, then restore without --resume");
      }
      FilePlan plan = found.plan();
      return new Launched(
          new FileRun(
              FileJournal.Kind.RESTORES,
              found.journal().id(),
              directory,
              plan.slots(),
              plan.slices(),
              plan.edition(),
              workers),
          done,
          warnings);
    }
  }

  private static Found toResume(Store store, RestoreTask task, String edition)
      throws IOException, WorkException {
    List<Found> all = new ArrayList<>();
    for (Found found : journals(store, null)) {
      if (!found.isEnded()) {
        all.add(found);
      }
    }
    Optional<Found> same =
        all.stream()
            .filter(found -> found.plan().edition().equals(edition))
            .filter(found -> task.differencesFrom(found.task()).isEmpty())
            .findFirst();
    if (same.isPresent()) {
      return same.get();
    }
    if (all.isEmpty()) {
      throw new WorkException(
          ErrorCode.NO_BACKUP,
          store.location() + ": holds no journal of a restore that did not end",
          "leave --resume out to restore from the start");
    }
    Found last = all.get(0);
    List<String> differences = new ArrayList<>(task.differencesFrom(last.task()));
    if (!last.plan().edition().equals(edition)) {
      differences.add(0, "the input was " + last.task().input() + ", or it has changed");
    }
    throw new WorkException(
        ErrorCode.USAGE,
        store.location()
            + ": the restore that was begun "
            + last.plan().created()
            + " is another one: "
            + String.join("; ", differences),
        "give the same flags as then, or leave --resume out");
  }

  /** The journals that lie in a folder, the newest first; of one task only, unless it is null. */
  private static List<Found> journals(Store store, RestoreTask task) throws IOException {
    List<Found> all = new ArrayList<>();
    for (String id : FileJournal.ids(store, FileJournal.Kind.RESTORES)) {
      FileJournal journal = new FileJournal(store, FileJournal.Kind.RESTORES, id);
      Optional<FilePlan> plan = journal.plan();
      if (plan.isPresent()) {
        RestoreTask its = Json.fromTree(plan.get().task(), RestoreTask.class);
        if (task == null || task.differencesFrom(its).isEmpty()) {
          all.add(new Found(journal, plan.get(), its));
        }
      }
    }
    all.sort(Comparator.comparing((Found found) -> found.plan().created()).reversed());
    return all;
  }

  /**
   * Ends a restore that went well: its journal goes, with those of earlier runs of the same, and so
   * do files of rejects that no outcome names.
   *
   * @return what a person should know of, one line each
   */
  public List<String> end(RestoreSpec spec, FileRun run, List<FileOutcome> outcomes)
      throws IOException {
    if (spec.rejects().isOn()) {
      try (Store store = backends.openStore(spec.rejects().directory())) {
        RejectFiles.removeOthers(store, run.id(), outcomes);
      }
    }
    if (!run.hasJournal()) {
      return List.of();
    }
    try (Store store = backends.openStore(run.journalDirectory())) {
      FileJournal mine = run.journal(store);
      Optional<FilePlan> plan = mine.plan();
      if (plan.isPresent()) {
        RestoreTask task = Json.fromTree(plan.get().task(), RestoreTask.class);
        for (Found found : journals(store, task)) {
          if (found.plan().edition().equals(plan.get().edition())
              && !found.plan().created().isAfter(plan.get().created())) {
            found.journal().delete();
          }
        }
      }
      mine.delete();
      return List.of();
    } catch (StoreException e) {
      // All is restored; what is left is only in nobody's way.
      if (e.kind() != StoreException.Kind.DENIED) {
        throw e;
      }
      return List.of("the journal of this restore stays: " + e.getMessage());
    }
  }
}
