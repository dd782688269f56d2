package org.asbeam.transforms.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.aerospike.RejectHandler;
import org.asbeam.format.AsbDecoder;
import org.asbeam.format.RecordView;
import org.asbeam.format.SecondaryIndex;
import org.asbeam.format.UdfModule;
import org.asbeam.storage.BackupFileReader;
import org.asbeam.storage.Compression;
import org.asbeam.storage.Store;
import org.asbeam.storage.journal.BackupFolder;
import org.asbeam.storage.journal.FileJournal;
import org.asbeam.storage.journal.FileSlice;
import org.asbeam.storage.secrets.SecretAgentSpec;

/** Restores that die at any change of a folder, again and again, and are resumed. */
class RestoreSimulationTest {

  /** A cluster that keeps what it gets, and refuses some records. */
  private static final class FakeTarget implements RecordSink {
    private final Set<String> records = new TreeSet<>();
    private final Map<String, Integer> writes = new HashMap<>();
    private final int refusedOfTen;

    FakeTarget(int refusedOfTen) {
      this.refusedOfTen = refusedOfTen;
    }

    boolean refuses(byte[] digest) {
      return Byte.toUnsignedInt(digest[19]) % 10 < refusedOfTen;
    }

    @Override
    public Lane lane(RejectHandler refused, BooleanSupplier stop) {
      return new Lane() {
        private RecordCounts counts = RecordCounts.NONE;

        @Override
        public void write(RecordView row) throws IOException {
          counts = counts.withRead(counts.read() + 1);
          String digest = HexFormat.of().formatHex(row.digest());
          if (refuses(row.digest())) {
            refused.rejected(row, 13, "too big");
            counts = counts.withRejected(counts.rejected() + 1);
            counts = counts.withRefusals(Map.of("too big", counts.rejected()));
          } else if (records.add(digest)) {
            counts = counts.withInserted(counts.inserted() + 1);
          } else {
            counts = counts.withFresher(counts.fresher() + 1);
          }
          writes.merge(digest, 1, Integer::sum);
        }

        @Override
        public RecordCounts finish() {
          return counts;
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public MetadataOutcome restore(
        List<SecondaryIndex> indexes, List<UdfModule> udfs, BooleanSupplier stop) {
      return MetadataOutcome.NONE;
    }

    @Override
    public void close() {}
  }

  private final class Run {
    private final Random random;
    private static final TargetView SEEN =
        new TargetView("", List.of("A1"), Long.MAX_VALUE, List.of(), List.of(), List.of(), false);

    private final MemoryStore backup;
    private final MemoryStore rejects = MemoryStore.empty();
    private final FakeTarget target;
    private final RestoreSpec spec;
    private Instant now = Instant.parse("2026-02-01T00:00:00Z");
    private Store backupNow;
    private Store rejectsNow;

    Run(Simulation simulation, long seed) {
      random = new Random(seed);
      backup = simulation.store;
      target = new FakeTarget(random.nextInt(4));
      spec =
          RestoreSpec.of(ConnectionSpec.of("127.0.0.1"), "test", RestoreInput.folder("backup"))
              .withRejects(new Rejects("rejects", 0))
              .withSlots(1 + random.nextInt(3));
    }

    private Backends backends() {
      return new Backends() {
        @Override
        public BackupSpec resolve(BackupSpec asked) {
          throw new UnsupportedOperationException();
        }

        @Override
        public ClusterView look(
            ConnectionSpec connection, SecretAgentSpec agent, String namespace) {
          throw new UnsupportedOperationException();
        }

        @Override
        public TargetView lookAtTarget(RestoreSpec asked) {
          return SEEN;
        }

        @Override
        public Store openStore(String directory) {
          return directory.equals("rejects") ? rejectsNow : backupNow;
        }

        @Override
        public RecordSource openSource(BackupSpec ignored) {
          throw new UnsupportedOperationException();
        }

        @Override
        public RecordSink openSink(RestoreSpec ignored, String runId) {
          return target;
        }
      };
    }

    /** A process; returns the sum of the outcomes if it came to the end. */
    RecordCounts process(int life, boolean resume) throws IOException, WorkException {
      now = now.plusSeconds(60);
      boolean backupDies = random.nextBoolean();
      backupNow = backupDies ? backup.dyingAfter(life, random) : backup.immortal();
      rejectsNow = backupDies ? rejects.immortal() : rejects.dyingAfter(life, random);
      Surroundings surroundings =
          new Surroundings(() -> now, random, (period, name, task) -> () -> {});
      RestoreLaunch launch = new RestoreLaunch(backends(), surroundings);
      Workers workers = random.nextBoolean() ? Workers.HERE : Workers.ELSEWHERE;
      // A launcher of workers elsewhere may not reach the cluster.
      TargetView view =
          workers == Workers.ELSEWHERE && random.nextBoolean() ? TargetView.UNSEEN : SEEN;
      RestoreSpec mine = spec.withResume(resume).withSlots(1 + random.nextInt(3));
      try (OpenInputs inputs = OpenInputs.open(mine.input(), null, backends())) {
        RestoreLaunch.Launched launched = launch.launch(mine, inputs, view, workers);
        RunStop.forget(launched.run().id());
        List<FileSlice> slices = new ArrayList<>(inputs.slices(launched.run().slots()));
        assertThat(slices).hasSize(launched.run().slices());
        Collections.shuffle(slices, random);
        List<FileOutcome> outcomes = new ArrayList<>();
        RecordCounts sum = RecordCounts.NONE;
        try (RestoreWorker worker =
            RestoreWorker.join(mine, launched.run(), backends(), surroundings, "worker")) {
          for (FileSlice slice : slices) {
            FileOutcome outcome = worker.run(slice);
            assertThat(outcome.failed()).isEmpty();
            if (random.nextInt(4) == 0) {
              // A runner may do a slice again.
              assertThat(worker.run(slice)).isEqualTo(outcome);
            }
            outcomes.add(outcome);
            sum = sum.plus(outcome.records());
          }
          if (workers == Workers.ELSEWHERE) {
            if (random.nextInt(4) == 0) {
              assertThat(worker.end()).isEqualTo(worker.end());
            }
            assertThat(worker.end().orElseThrow().records()).isEqualTo(sum);
          }
        }
        launch.end(mine, launched.run(), outcomes);
        return sum;
      }
    }
  }

  @Property(tries = 300)
  void aRestoreThatDiesAnywhereIsFinishedByResuming(@ForAll long seed) throws Exception {
    Simulation simulation = new Simulation(seed, Compression.NONE);
    simulation.attempt(false).orElseThrow();
    Run run = new Run(simulation, seed);
    Set<String> before = Set.copyOf(run.backup.files().keySet());
    RecordCounts sum = null;
    for (int process = 0; sum == null; process++) {
      int life = process < 5 ? 1 + run.random.nextInt(25) : Integer.MAX_VALUE;
      boolean resume = isResumable(run.backup);
      try {
        sum = run.process(life, resume);
      } catch (MemoryStore.Crash e) {
        everyRejectsFileIsWhole(run);
        if (!isResumable(run.backup) && run.target.writes.size() > 0) {
          // It died while it tidied up after its end, or has written nothing that counts.
          break;
        }
      }
    }
    TreeMap<String, byte[]> rows = new TreeMap<>(simulation.cluster.rowsByDigest());
    Set<String> expected = new TreeSet<>();
    Set<String> refused = new TreeSet<>();
    rows.forEach(
        (digest, row) ->
            (run.target.refuses(HexFormat.of().parseHex(digest)) ? refused : expected).add(digest));
    assertThat(run.target.records)
        .as("the records in the target; seed %s, at the end %s", seed, sum)
        .isEqualTo(expected);
    assertThat(new TreeSet<>(rejected(run))).isEqualTo(refused);
    if (sum != null) {
      assertThat(sum.addsUp()).isTrue();
      assertThat(sum.read()).isEqualTo(rows.size());
      assertThat(sum.rejected()).isEqualTo(refused.size());
      assertThat(rejected(run)).hasSameSizeAs(refused);
      assertThat(run.backup.files().keySet()).isEqualTo(before);
    }
  }

  private static boolean isResumable(MemoryStore files) {
    Set<String> names = files.files().keySet();
    return names.stream()
        .anyMatch(
            name ->
                name.startsWith(FileJournal.Kind.RESTORES.folder())
                    && name.endsWith("/plan.json")
                    && !names.contains(name.replace("/plan.json", "/end.json")));
  }

  private static void everyRejectsFileIsWhole(Run run) throws Exception {
    assertThat(new HashSet<>(rejected(run))).allMatch(d -> d.length() == 40);
  }

  /** The digests of all rejected records, as any tool reads them. */
  private static List<String> rejected(Run run) throws Exception {
    List<String> digests = new ArrayList<>();
    MemoryStore store = run.rejects.immortal();
    for (var file : new BackupFolder(store).backupFiles()) {
      AsbDecoder decoder =
          new AsbDecoder(new BackupFileReader(store).text(file.name()), file.name());
      while (decoder.next() == AsbDecoder.Item.RECORD) {
        digests.add(HexFormat.of().formatHex(decoder.record().digest()));
      }
    }
    return digests;
  }
}
