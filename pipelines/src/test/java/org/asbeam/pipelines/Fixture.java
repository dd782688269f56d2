package org.asbeam.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.embedded.Authenticator;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.EmbeddedNamespace;
import org.asbeam.embedded.NewRecord;
import org.asbeam.embedded.StoredBin;
import org.asbeam.embedded.StoredRecord;
import org.asbeam.format.ParticleType;
import org.asbeam.storage.Compression;
import org.asbeam.transforms.work.BackupOutput;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.RestoreInput;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.VerifySpec;
import org.asbeam.transforms.work.WorkException;
import org.asbeam.transforms.work.WriteSettings;

/** An embedded cluster with records to back up, and the jobs' specifications for it. */
final class Fixture implements AutoCloseable {
  static final String SOURCE = "source";
  static final String TARGET = "target";

  final EmbeddedCluster cluster;

  private Fixture(EmbeddedCluster cluster) {
    this.cluster = cluster;
  }

  static Fixture start(int nodes) {
    return new Fixture(
        EmbeddedCluster.builder()
            .nodes(nodes)
            .replicationFactor(2)
            .namespace(SOURCE)
            .namespace(TARGET)
            .start());
  }

  /** One node that lets in who passes the check. */
  static Fixture guarded(Authenticator check) {
    return new Fixture(
        EmbeddedCluster.builder().namespace(SOURCE).namespace(TARGET).authenticator(check).start());
  }

  /** Records of every particle type, in several sets, with and without user keys and void times. */
  Fixture fill(int records) {
    EmbeddedNamespace namespace = cluster.namespace(SOURCE);
    Random random = new Random(42);
    // Void times are seconds since 2010; servers take no more than ten years from now.
    long inAYear = Instant.now().getEpochSecond() - 1_262_304_000L + 365 * 86_400;
    for (int i = 0; i < records; i++) {
      NewRecord created =
          NewRecord.of(i % 5 == 0 ? "" : "set" + i % 3, i % 2 == 0 ? (Object) (long) i : "key" + i)
              .generation(1 + i % 7)
              .voidTime(i % 4 == 0 ? 0 : inAYear + i)
              .bin("int", random.nextLong())
              .bin("text", "value of\nrecord " + i)
              .bin("double", random.nextGaussian())
              .bin("bool", i % 2 == 0);
      byte[] blob = new byte[random.nextInt(200)];
      random.nextBytes(blob);
      created.bin("blob", blob);
      // [1, 2] and {1: 2} as the server packs them.
      created.bin(new StoredBin("list", ParticleType.LIST, new byte[] {(byte) 0x92, 1, 2}));
      created.bin(new StoredBin("map", ParticleType.MAP, new byte[] {(byte) 0x81, 1, 2}));
      created.bin(new StoredBin("java", ParticleType.JAVA_BLOB, new byte[] {1, 2, 3}));
      namespace.put(i % 3 == 0 ? created.withoutKey() : created);
    }
    cluster.putUdf("half.lua", "function half(r) return 1 end\n".getBytes(StandardCharsets.UTF_8));
    return this;
  }

  ConnectionSpec connection() {
    return ConnectionSpec.of(cluster.seeds()).withTendIntervalMillis(250);
  }

  BackupSpec backup(Path folder, Compression compression, int slots) {
    return BackupSpec.of(
            connection(),
            SOURCE,
            BackupOutput.folder(folder.toString()).withCompression(compression))
        .withSlots(slots)
        .withWaitStable(Duration.ofSeconds(5));
  }

  static BackupSpec allowingUnstable(BackupSpec spec) {
    return spec.withWaitStable(Duration.ZERO).withAllowUnstable(true);
  }

  RestoreSpec restore(Path folder) {
    return RestoreSpec.of(connection(), SOURCE, RestoreInput.folder(folder.toString()))
        .withTargetNamespace(TARGET)
        .withWriting(WriteSettings.DEFAULT.withMaxAsyncBatches(8))
        .withSlots(2);
  }

  static VerifyReport verify(Path folder) throws WorkException, InterruptedException {
    return VerifyPipeline.start(VerifySpec.of(RestoreInput.folder(folder.toString()), 2), direct())
        .await();
  }

  static PipelineOptions direct() {
    return PipelineOptionsFactory.fromArgs("--runner=DirectRunner", "--targetParallelism=2")
        .create();
  }

  static PipelineOptions flink(String mode, int parallelism) {
    return PipelineOptionsFactory.fromArgs(
            "--runner=FlinkRunner",
            "--flinkMaster=[local]",
            "--parallelism=" + parallelism,
            "--executionModeForBatch=" + mode)
        .create();
  }

  /** What must come back, byte for byte, by digest: set, key and bins. */
  Map<String, String> contents(String namespace) {
    Map<String, String> all = new TreeMap<>();
    cluster
        .namespace(namespace)
        .forEach(record -> all.put(HexFormat.of().formatHex(record.digest()), text(record)));
    return all;
  }

  private static String text(StoredRecord record) {
    List<String> bins =
        record.bins().stream()
            .map(bin -> bin.name() + "/" + bin.type() + "/" + HexFormat.of().formatHex(bin.value()))
            .sorted()
            .toList();
    String key =
        record.hasKey() ? record.keyType() + HexFormat.of().formatHex(record.key()) : "no key";
    return record.set() + "|" + key + "|" + bins;
  }

  /**
   * Void times come back too, but a restore sends times to live: a second may be lost on the way.
   */
  void targetEqualsSource() {
    assertThat(contents(TARGET)).isEqualTo(contents(SOURCE));
    cluster
        .namespace(SOURCE)
        .forEach(
            record -> {
              long restored =
                  cluster.namespace(TARGET).get(record.digest()).orElseThrow().voidTime();
              assertThat(restored).isBetween(record.voidTime() - 2, record.voidTime() + 2);
            });
  }

  @Override
  public void close() {
    cluster.close();
  }
}
