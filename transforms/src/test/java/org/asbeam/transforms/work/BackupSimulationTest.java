package org.asbeam.transforms.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.asbeam.format.AsbBuffer;
import org.asbeam.format.AsbDecoder;
import org.asbeam.format.AsbEncoder;
import org.asbeam.format.RecordView;
import org.asbeam.storage.BackupFileReader;
import org.asbeam.storage.Compression;
import org.asbeam.storage.journal.BackupFolder;
import org.asbeam.storage.journal.FileReceipt;
import org.asbeam.storage.journal.Journal;
import org.asbeam.storage.journal.Manifest;
import org.asbeam.storage.journal.ManifestFile;
import org.asbeam.storage.journal.PartitionSlice;

/** Backups that die at any change of the folder, again and again, and are resumed. */
class BackupSimulationTest {

  @Property(tries = 400)
  void aBackupThatDiesAnywhereIsFinishedByResuming(@ForAll long seed) throws Exception {
    Simulation simulation =
        new Simulation(seed, seed % 2 == 0 ? Compression.NONE : Compression.ZSTD);
    MemoryStore files = simulation.store;
    Optional<Manifest> manifest = Optional.empty();
    for (int process = 0; manifest.isEmpty(); process++) {
      int life = process < 6 ? 1 + simulation.random().nextInt(120) : Integer.MAX_VALUE;
      simulation.store = files.dyingAfter(life, simulation.random());
      boolean resume = isResumable(files);
      try {
        manifest = simulation.attempt(resume);
        assertThat(manifest).as("a process that lived has committed").isPresent();
      } catch (MemoryStore.Crash e) {
        simulation.store = files.immortal();
        looksUnfinishedOrIsWhole(simulation);
        if (new BackupFolder(files.immortal()).state() == BackupFolder.State.FINISHED) {
          manifest = ManifestFile.read(files.immortal());
        }
      }
    }
    simulation.store = files.immortal();
    isWhole(simulation, manifest.get());
  }

  @Property(tries = 100)
  void aSliceWithAReceiptIsNotDoneAgain(@ForAll long seed) throws Exception {
    Simulation simulation = new Simulation(seed, Compression.NONE);
    MemoryStore files = simulation.store;
    simulation.store = files.dyingAfter(60, simulation.random());
    try {
      simulation.attempt(false);
      return;
    } catch (MemoryStore.Crash e) {
      simulation.store = files.immortal();
    }
    if (!isResumable(files)) {
      return;
    }
    Set<String> receipts =
        files.files().keySet().stream()
            .filter(name -> name.contains("/receipts/"))
            .collect(Collectors.toSet());
    Map<?, Integer> before = Map.copyOf(simulation.cluster.scans);
    simulation.attempt(true);
    long again =
        simulation.cluster.scans.entrySet().stream()
            .filter(entry -> entry.getValue() > before.getOrDefault(entry.getKey(), 0))
            .count();
    int slices = simulation.cluster.scans.size();
    long metadata = receipts.stream().filter(name -> name.endsWith("/0.json")).count();
    assertThat(again).isEqualTo(slices - (receipts.size() - metadata));
  }

  /** A runner may do a slice again after the commit, even when the launcher has tidied up. */
  @Property(tries = 50)
  void aLateAttemptChangesNothing(@ForAll long seed) throws Exception {
    Simulation simulation = new Simulation(seed, Compression.NONE);
    BackupLaunch.Launched run =
        new BackupLaunch(simulation.backends(), simulation.surroundings())
            .start(simulation.spec, id -> "", "launcher");
    BackupWorker late =
        BackupWorker.join(
            "memory", run.runId(), simulation.backends(), simulation.surroundings(), "late");
    Journal journal = new Journal(simulation.store, run.runId());
    PartitionSlice slice = journal.plan().slices().get(run.slices() - 1);
    Manifest manifest = simulation.work(run.runId()).orElseThrow();
    journal.delete();
    assertThat(late.run(slice)).isEmpty();
    isWhole(simulation, manifest);
  }

  /** A launcher that died before it took the folder has begun nothing: the next one starts anew. */
  private static boolean isResumable(MemoryStore files) {
    return files.files().containsKey(".asbeam/lock.json");
  }

  private static void looksUnfinishedOrIsWhole(Simulation simulation) throws Exception {
    BackupFolder folder = new BackupFolder(simulation.store);
    switch (folder.state()) {
      case EMPTY, UNFINISHED -> {
        boolean dataFiles = !folder.backupFiles().isEmpty();
        boolean guarded = simulation.store.files().containsKey(BackupFolder.GUARD);
        boolean intended =
            simulation.store.files().keySet().stream().anyMatch(n -> n.endsWith("/intent.json"));
        assertThat(guarded || intended || !dataFiles)
            .as("other tools refuse the folder, or all its files are whole")
            .isTrue();
        if (!guarded && intended) {
          everyFileDecodes(simulation);
        }
      }
      case FINISHED -> isWhole(simulation, ManifestFile.read(simulation.store).orElseThrow());
      default -> throw new AssertionError(folder.state());
    }
  }

  private static void everyFileDecodes(Simulation simulation) throws Exception {
    assertThat(read(simulation).keySet()).isEqualTo(simulation.cluster.digests());
  }

  private static void isWhole(Simulation simulation, Manifest manifest) throws Exception {
    assertThat(read(simulation)).isEqualTo(expected(simulation));
    Set<String> listed =
        manifest.files().stream().map(FileReceipt::name).collect(Collectors.toSet());
    Set<String> there = new HashSet<>();
    new BackupFolder(simulation.store).backupFiles().forEach(file -> there.add(file.name()));
    assertThat(there).isEqualTo(listed);
    assertThat(manifest.records()).isEqualTo(simulation.cluster.digests().size());
    assertThat(manifest.indexes()).isEqualTo(1);
    assertThat(manifest.udfs()).isEqualTo(1);
    assertThat(manifest.complete()).isTrue();
    assertThat(Arrays.stream(manifest.partitionRecords()).sum()).isEqualTo(manifest.records());
  }

  /** Every record of every backup file in ASB, by digest; a digest that comes twice is an error. */
  private static Map<String, String> read(Simulation simulation) throws Exception {
    Map<String, String> records = new TreeMap<>();
    BackupFileReader reader = new BackupFileReader(simulation.store);
    for (var file : new BackupFolder(simulation.store).backupFiles()) {
      try (InputStream text = reader.text(file.name())) {
        AsbDecoder decoder = new AsbDecoder(text, file.name());
        for (AsbDecoder.Item item = decoder.next();
            item != AsbDecoder.Item.END;
            item = decoder.next()) {
          if (item == AsbDecoder.Item.RECORD) {
            RecordView row = decoder.record();
            String digest = HexFormat.of().formatHex(row.digest());
            assertThat(records.put(digest, text(row))).as("record " + digest + " twice").isNull();
          }
        }
      }
    }
    return records;
  }

  private static Map<String, String> expected(Simulation simulation) {
    Map<String, String> records = new TreeMap<>();
    simulation
        .cluster
        .rowsByDigest()
        .forEach(
            (digest, row) -> records.put(digest, text(new RecordView().wrap(row, 0, row.length))));
    return records;
  }

  private static String text(RecordView row) {
    AsbBuffer buffer = new AsbBuffer(1024);
    try {
      new AsbEncoder("test", false).record(buffer, row);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return new String(buffer.toByteArray(), java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
