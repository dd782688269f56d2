package org.asbeam.transforms.work;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.journal.BackupFolder;
import org.asbeam.storage.journal.Heartbeat;
import org.asbeam.storage.journal.Journal;
import org.asbeam.storage.journal.Json;
import org.asbeam.storage.journal.Lock;
import org.asbeam.storage.journal.ManifestFile;
import org.asbeam.storage.journal.Plan;
import org.asbeam.storage.journal.Removal;
import org.asbeam.storage.journal.RunSigns;

/**
 * The launcher's part of a backup: takes the folder and fixes the plan, or finds the run to resume.
 * Needs the folder, not the cluster.
 */
public final class BackupLaunch {
  /** A worker without a sign of life for this long is taken for dead: three beats and some skew. */
  static final Duration DEAD_AFTER = Duration.ofSeconds(45);

  private final Backends backends;
  private final Surroundings surroundings;

  public BackupLaunch(Backends backends, Surroundings surroundings) {
    this.backends = backends;
    this.surroundings = surroundings;
  }

  /**
   * A run that is ready to be worked on.
   *
   * @param directory the backup folder
   * @param runId the run
   * @param slices the slices of its plan
   * @param done those that have a receipt
   * @param removal what the store lets the run do with files in the way
   */
  public record Launched(String directory, String runId, int slices, int done, Removal removal) {
    /** What a person should know of before the work begins, one line each. */
    public List<String> warnings() {
      String start = directory + ": these rights don't allow to delete files";
      return switch (removal) {
        case DELETES -> List.of();
        case OVERWRITES ->
            List.of(
                start
                    + ": the journal stays, and files of attempts that don't count stay and are"
                    + " named in the manifest");
        case NOTHING ->
            List.of(
                start
                    + " or to replace them: nothing marks the backup as unfinished until it is, so"
                    + " other tools would take half of it for whole; the journal stays, and files"
                    + " of attempts that don't count stay and are named in the manifest");
      };
    }
  }

  /**
   * Starts a run.
   *
   * @param masters the name of the master node of a partition, empty if it is not known
   * @param owner names the launching process
   * @throws WorkException if the folder is not free
   */
  public Launched start(BackupSpec spec, IntFunction<String> masters, String owner)
      throws IOException, WorkException {
    try (Store store = backends.openStore(spec.directory())) {
      BackupFolder folder = new BackupFolder(store);
      boolean removes = checkFree(spec, store, folder);
      String runId = FileNames.newRunId(surroundings);
      Journal journal = new Journal(store, runId);
      Plan plan =
          new Plan(
              Plan.FORMAT_VERSION,
              runId,
              surroundings.now(),
              Version.current(),
              Json.toTree(spec),
              PartitionPlanner.plan(spec.scope(), spec.slots(), masters));
      Removal removal = folder.removal(journal);
      if (removes && removal != Removal.DELETES) {
        throw new WorkException(
            ErrorCode.DENIED,
            store.location() + ": what lies here can't be deleted with these rights",
            "grant the right to delete, or name another folder");
      }
      if (removes) {
        // The lock of a run that died; another may have begun since the first look.
        refuseIfAlive(store, folder);
        folder.release();
      }
      // Before the lock: whoever sees the lock finds a plan to resume, and a sign of life.
      journal.writePlan(plan);
      signOfLife(journal, owner);
      if (!folder.take(new Lock(runId, owner, surroundings.now(), removal))) {
        if (removal == Removal.DELETES) {
          journal.delete();
        }
        throw inUse(store, folder);
      }
      if (removes) {
        folder.removeBackup();
        for (String run : folder.journals()) {
          if (!run.equals(runId)) {
            new Journal(store, run).delete();
          }
        }
      }
      return new Launched(spec.directory(), runId, plan.slices().size(), 0, removal);
    }
  }

  /** Returns whether something that lies in the folder is to be removed. */
  private boolean checkFree(BackupSpec spec, Store store, BackupFolder folder)
      throws IOException, WorkException {
    BackupFolder.State state = folder.state();
    switch (state) {
      case EMPTY:
        return false;
      case UNFINISHED:
        refuseIfAlive(store, folder);
        if (!spec.output().removeFiles()) {
          throw new WorkException(
              ErrorCode.UNFINISHED,
              store.location() + ": holds an unfinished backup",
              "finish it with --resume, or remove it with --remove-files");
        }
        return true;
      default:
        if (!spec.output().removeFiles()) {
          throw new WorkException(
              ErrorCode.NOT_EMPTY,
              store.location()
                  + ": is not empty"
                  + (state == BackupFolder.State.OTHER ? "" : ", it holds a backup"),
              "name another folder, or remove the backup in it with --remove-files");
        }
        refuseIfAlive(store, folder);
        return true;
    }
  }

  private void refuseIfAlive(Store store, BackupFolder folder) throws IOException, WorkException {
    Optional<Lock> lock = folder.lock();
    if (lock.isPresent() && isAtWork(store, lock.get(), surroundings)) {
      throw inUse(store, folder);
    }
  }

  /**
   * Removes the backup that lies in a folder, finished or not, as {@code removeFiles} would, and
   * makes none.
   *
   * @return the number of files removed
   * @throws WorkException if a run is at work there
   */
  public int remove(String directory) throws IOException, WorkException {
    try (Store store = backends.openStore(directory)) {
      BackupFolder folder = new BackupFolder(store);
      BackupFolder.State state = folder.state();
      if (state == BackupFolder.State.EMPTY || state == BackupFolder.State.OTHER) {
        return 0;
      }
      refuseIfAlive(store, folder);
      // Whoever looks in the middle must not take what is left for a whole backup.
      folder.guard("none");
      int files = folder.backupFiles().size();
      folder.removeBackup();
      for (String run : folder.journals()) {
        new Journal(store, run).delete();
      }
      folder.release();
      store.delete(BackupFolder.GUARD);
      return files;
    }
  }

  /**
   * Finds the unfinished run of a folder and makes it ready to go on by its stored plan.
   *
   * @param given what the person asked for now: its connection, slots and {@code allowUnstable}
   *     count, the rest is the plan's
   * @param owner names the launching process
   * @throws WorkException if there is nothing to resume, or the run is at work
   */
  public Launched resume(BackupSpec given, String owner) throws IOException, WorkException {
    try (Store store = backends.openStore(given.directory())) {
      BackupFolder folder = new BackupFolder(store);
      Lock lock = unfinished(store);
      Journal journal = new Journal(store, lock.runId());
      if (isAlive(journal.signs(), surroundings)) {
        throw inUse(store, folder);
      }
      Plan plan = planOf(store, journal);
      BackupSpec planned = Journal.spec(plan, BackupSpec.class);
      if (!given.namespace().isEmpty() && !given.namespace().equals(planned.namespace())) {
        throw new WorkException(
            ErrorCode.USAGE,
            store.location()
                + ": the unfinished backup is of namespace "
                + planned.namespace()
                + ", not of "
                + given.namespace(),
            "leave --namespace out, or name another folder");
      }
      if (lock.removal() == Removal.DELETES) {
        journal.signs().forgetWorkers();
      }
      if (lock.removal() != Removal.NOTHING) {
        signOfLife(journal, owner);
      }
      if (lock.removal() == Removal.DELETES) {
        journal.signs().forgiveFailure();
      } else if (journal.signs().failure().isPresent()) {
        throw new WorkException(
            ErrorCode.DENIED,
            store.location()
                + ": the run has failed, and these rights don't allow to delete the note of that ("
                + journal.signs().failure().get().message()
                + ")",
            "grant the right to delete, or take the backup anew into another folder");
      }
      if (lock.removal() != Removal.NOTHING) {
        folder.guard(lock);
        journal.writePlan(
            new Plan(
                plan.formatVersion(),
                plan.runId(),
                plan.created(),
                plan.tool(),
                Json.toTree(planned.resumedAs(given)),
                plan.slices()));
      }
      return new Launched(
          given.directory(),
          journal.runId(),
          plan.slices().size(),
          journal.receiptCount(),
          lock.removal());
    }
  }

  /**
   * The namespace of the unfinished run in a folder.
   *
   * @throws WorkException if there is nothing to resume
   */
  public String namespaceToResume(BackupSpec given) throws IOException, WorkException {
    try (Store store = backends.openStore(given.directory())) {
      Journal journal = new Journal(store, unfinished(store).runId());
      return Journal.spec(planOf(store, journal), BackupSpec.class).namespace();
    }
  }

  private static Lock unfinished(Store store) throws IOException, WorkException {
    BackupFolder folder = new BackupFolder(store);
    Optional<Lock> lock = folder.lock();
    if (folder.state() != BackupFolder.State.UNFINISHED || lock.isEmpty()) {
      throw new WorkException(
          ErrorCode.NO_BACKUP,
          store.location() + ": holds no unfinished backup of asbeam",
          "without --resume a new backup is made");
    }
    return lock.get();
  }

  /** Until the first worker gives its own. */
  private void signOfLife(Journal journal, String owner) throws IOException {
    journal.signs().beat(new Heartbeat(owner, surroundings.now(), 0, 0, 0));
  }

  private static Plan planOf(Store store, Journal journal) throws IOException, WorkException {
    try {
      return journal.plan();
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        throw new WorkException(
            ErrorCode.UNFINISHED,
            store.location() + ": the plan of the unfinished backup is lost",
            "start anew with --remove-files",
            e);
      }
      throw e;
    }
  }

  /** Whether the run that holds a lock may be at work: it is not dead, and has not committed. */
  static boolean isAtWork(Store store, Lock lock, Surroundings surroundings) throws IOException {
    // A run that may delete releases its lock last; the others leave it behind.
    return isAlive(new Journal(store, lock.runId()).signs(), surroundings)
        && (lock.removal() == Removal.DELETES || !ManifestFile.isOf(store, lock.runId()));
  }

  /** Whether a worker of the run may be at work. */
  static boolean isAlive(RunSigns signs, Surroundings surroundings) throws IOException {
    return signs.heartbeats().stream().anyMatch(beat -> isAlive(beat, surroundings));
  }

  static boolean isAlive(Heartbeat beat, Surroundings surroundings) {
    return !WorkerName.isKnownDead(beat.worker())
        && beat.time().plus(DEAD_AFTER).isAfter(surroundings.now());
  }

  private WorkException inUse(Store store, BackupFolder folder) throws IOException {
    Optional<Lock> lock = folder.lock();
    return new WorkException(
        ErrorCode.IN_USE,
        store.location()
            + ": another run writes here"
            + lock.map(l -> ": " + l.runId() + " of " + l.owner() + ", begun " + l.created())
                .orElse(""),
        "wait for its end; if it died, its last sign of life is taken for one for "
            + DEAD_AFTER.toSeconds()
            + " s");
  }
}
