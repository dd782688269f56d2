package org.asbeam.transforms.work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.asbeam.format.PartitionSet;
import org.asbeam.format.Partitions;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.journal.BackupFolder;
import org.asbeam.storage.journal.Commit;
import org.asbeam.storage.journal.FileReceipt;
import org.asbeam.storage.journal.IncompleteBackupException;
import org.asbeam.storage.journal.Journal;
import org.asbeam.storage.journal.Json;
import org.asbeam.storage.journal.Manifest;
import org.asbeam.storage.journal.PartitionSlice;
import org.asbeam.storage.journal.PartitionTotal;
import org.asbeam.storage.journal.Plan;
import org.asbeam.storage.journal.SliceReceipt;

/**
 * Proves from the receipts in the folder that a backup is whole, and publishes it.
 *
 * <p>Proved is: every slice of the plan has a receipt, the receipts cover every partition of the
 * scope exactly once, their sums agree, every file is there in its size, and the cluster at the end
 * is the one of the start.
 */
final class BackupCommit {
  private final Store store;
  private final Journal journal;
  private final BackupSpec spec;
  private final RecordSource source;
  private final Surroundings surroundings;

  BackupCommit(
      Store store,
      Journal journal,
      BackupSpec spec,
      RecordSource source,
      Surroundings surroundings) {
    this.store = store;
    this.journal = journal;
    this.spec = spec;
    this.source = source;
    this.surroundings = surroundings;
  }

  Manifest run(BooleanSupplier stop) throws IOException, WorkException {
    Plan plan = journal.plan();
    RunIdentity identity =
        journal
            .identity(RunIdentity.class)
            .orElseThrow(
                () ->
                    new IncompleteBackupException(
                        store.location() + ": no worker saw the cluster"));
    List<String> troubles =
        Steadiness.troubles(
            spec,
            source,
            identity.cluster(),
            "the backup can't be proved complete: take it again, or accept that with"
                + " --resume --allow-unstable",
            stop);
    List<String> warnings = describeCluster();
    troubles.forEach(trouble -> warnings.add("not proved complete: " + trouble));
    FileNames names = new FileNames(spec, journal.runId());
    try {
      return new Commit(store, journal)
          .run(() -> unchecked(plan, identity, troubles.isEmpty(), warnings), names::isOfThisRun);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The cluster's settings beside the files; the backup is good without them. */
  private List<String> describeCluster() throws StoreException {
    List<String> warnings = new ArrayList<>();
    try {
      store.put(BackupFolder.CLUSTER, Json.write(source.describe()));
    } catch (StoreException e) {
      // An earlier attempt of this commit wrote it, where nothing may be replaced.
      if (e.kind() != StoreException.Kind.DENIED) {
        throw e;
      }
    } catch (IOException e) {
      warnings.add(BackupFolder.CLUSTER + " was not written: " + e.getMessage());
    }
    return warnings;
  }

  private Manifest unchecked(
      Plan plan, RunIdentity identity, boolean proved, List<String> warnings) {
    try {
      return manifest(plan, identity, proved, warnings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Manifest manifest(Plan plan, RunIdentity identity, boolean proved, List<String> warnings)
      throws IOException {
    List<SliceReceipt> receipts = receiptsOf(plan);
    long[] perPartition = coverage(plan, receipts);
    Map<String, Long> sets = new TreeMap<>();
    List<FileReceipt> files = new ArrayList<>();
    int indexes = 0;
    int udfs = 0;
    String metadataFile = "";
    for (SliceReceipt receipt : receipts) {
      receipt.sets().forEach((set, records) -> sets.merge(set, records, Long::sum));
      files.addAll(receipt.files());
      warnings.addAll(receipt.warnings());
      indexes += receipt.indexes();
      udfs += receipt.udfs();
      if (plan.slices().get(receipt.slice()).kind() == PartitionSlice.Kind.METADATA) {
        metadataFile = receipt.files().get(0).name();
      }
    }
    files.sort(Comparator.comparing(FileReceipt::name));
    long records = files.stream().mapToLong(FileReceipt::records).sum();
    agree("the files", records, "the sets", sets.values().stream().mapToLong(n -> n).sum());
    return new Manifest(
        Manifest.FORMAT_VERSION,
        journal.runId(),
        Version.current(),
        spec.namespace(),
        plan.created(),
        surroundings.now(),
        Increment.nextLowerBound(spec.scope(), identity.cluster()),
        proved,
        spec.scope().partitions(),
        Json.toTree(spec.scope().withPartitions(PartitionSet.none())),
        spec.output().compression().toString(),
        spec.output().encryption().mode().name(),
        identity.keyId(),
        identity.keyCheck(),
        Json.toTree(identity.cluster()),
        metadataFile,
        files,
        spec.scope().partitions().stream().mapToLong(id -> perPartition[id]).toArray(),
        sets,
        records,
        files.stream().mapToLong(FileReceipt::bytes).sum(),
        files.stream().mapToLong(FileReceipt::textBytes).sum(),
        indexes,
        udfs,
        List.of(),
        warnings);
  }

  private List<SliceReceipt> receiptsOf(Plan plan) throws IOException {
    Map<Integer, SliceReceipt> bySlice = new HashMap<>();
    journal.receipts().forEach(receipt -> bySlice.put(receipt.slice(), receipt));
    List<SliceReceipt> receipts = new ArrayList<>();
    for (PartitionSlice slice : plan.slices()) {
      SliceReceipt receipt = bySlice.get(slice.number());
      if (receipt == null) {
        throw incomplete("slice " + slice.number() + " has no receipt");
      }
      receipts.add(receipt);
    }
    return receipts;
  }

  /** Checks that every partition of the scope was read exactly once; returns records by id. */
  private long[] coverage(Plan plan, List<SliceReceipt> receipts) throws IOException {
    long[] records = new long[Partitions.COUNT];
    PartitionSet covered = PartitionSet.none();
    for (SliceReceipt receipt : receipts) {
      PartitionSet mine =
          PartitionSet.of(receipt.partitions().stream().mapToInt(PartitionTotal::partition));
      PartitionSet planned = plan.slices().get(receipt.slice()).partitions();
      if (!mine.equals(planned)) {
        throw incomplete(
            "slice " + receipt.slice() + " read partitions " + mine + " instead of " + planned);
      }
      if (!mine.and(covered).isEmpty()) {
        throw incomplete("partitions " + mine.and(covered) + " were read twice");
      }
      covered = covered.plus(mine);
      receipt.partitions().forEach(total -> records[total.partition()] = total.records());
      agree(
          "the partitions of slice " + receipt.slice(),
          receipt.records(),
          "its files",
          receipt.files().stream().mapToLong(FileReceipt::records).sum());
    }
    if (!covered.equals(spec.scope().partitions())) {
      throw incomplete("partitions " + spec.scope().partitions().minus(covered) + " were not read");
    }
    return records;
  }

  private void agree(String one, long oneSum, String other, long otherSum) throws IOException {
    if (oneSum != otherSum) {
      throw incomplete(one + " have " + oneSum + " records, " + other + " " + otherSum);
    }
  }

  private IOException incomplete(String what) {
    return new IncompleteBackupException(store.location() + ": " + what);
  }
}
