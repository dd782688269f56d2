package org.asbeam.transforms.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.format.AsbDecoder;
import org.asbeam.storage.BackupFileReader;
import org.asbeam.storage.Compression;
import org.asbeam.storage.Decryption;
import org.asbeam.storage.StreamWriter;
import org.asbeam.storage.crypto.FileEncryption;
import org.asbeam.storage.journal.Manifest;
import org.junit.jupiter.api.Test;

class StreamBackupTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private static BackupSpec spec(Random random, Compression compression) {
    return BackupSpec.of(
            ConnectionSpec.of("127.0.0.1"),
            "test",
            BackupOutput.singleFile(BackupOutput.STANDARD_OUTPUT).withCompression(compression))
        .withSlots(1 + random.nextInt(4))
        .withWaitStable(Duration.ZERO);
  }

  private Manifest run(BackupSpec spec, FakeCluster cluster) throws IOException, WorkException {
    try (StreamWriter stream =
        new StreamWriter(
            bytes, "standard output", spec.output().compression(), FileEncryption.NONE)) {
      return StreamBackup.run(
          spec,
          "run",
          StreamBackup.slices(spec, id -> "A" + id % 2),
          stream,
          cluster,
          new Surroundings(() -> Instant.EPOCH, new Random(1), (period, name, task) -> () -> {}),
          () -> false);
    }
  }

  @Property(tries = 30)
  void everyRecordIsInTheStreamOnce(@ForAll long seed, @ForAll boolean compressed)
      throws Exception {
    bytes.reset();
    Random random = new Random(seed);
    FakeCluster cluster = FakeCluster.random(random, random.nextInt(3_000), 4_096);
    BackupSpec spec = spec(random, compressed ? Compression.zstd(1) : Compression.NONE);

    Manifest manifest = run(spec, cluster);

    Map<String, Long> found = new TreeMap<>();
    int indexes = 0;
    int udfs = 0;
    AsbDecoder decoder =
        new AsbDecoder(
            BackupFileReader.text(
                new ByteArrayInputStream(bytes.toByteArray()), "stream", Decryption.none()),
            "stream");
    assertThat(decoder.firstFile()).isTrue();
    for (AsbDecoder.Item item = decoder.next();
        item != AsbDecoder.Item.END;
        item = decoder.next()) {
      switch (item) {
        case RECORD ->
            found.merge(HexFormat.of().formatHex(decoder.record().digest()), 1L, Long::sum);
        case SECONDARY_INDEX -> indexes++;
        case UDF -> udfs++;
        default -> throw new IllegalStateException(item.toString());
      }
    }
    assertThat(found.keySet()).isEqualTo(cluster.digests());
    assertThat(found.values()).allMatch(times -> times == 1);
    assertThat(List.of(indexes, udfs)).containsExactly(1, 1);
    assertThat(manifest.records()).isEqualTo(found.size());
    assertThat(manifest.sets().values().stream().mapToLong(n -> n).sum()).isEqualTo(found.size());
    assertThat(manifest.bytes()).isEqualTo(bytes.size());
    assertThat(manifest.complete()).isTrue();
  }

  @Test
  void aScanThatFailsLeavesACutStream() {
    FakeCluster cluster = FakeCluster.random(new Random(5), 100, 4_096);
    cluster.scanFailure = new IOException("gone");
    BackupSpec spec = spec(new Random(5), Compression.zstd(1));
    assertThatThrownBy(() -> run(spec, cluster)).hasMessage("gone");
    Throwable cut =
        catchThrowable(
            () -> {
              try (var text =
                  BackupFileReader.text(
                      new ByteArrayInputStream(bytes.toByteArray()), "stream", Decryption.none())) {
                text.readAllBytes();
              }
            });
    assertThat(cut).isInstanceOf(IOException.class);
  }

  @Test
  void aClusterThatChangesFailsTheBackup() {
    FakeCluster cluster = FakeCluster.random(new Random(6), 100, 4_096);
    BackupSpec spec = spec(new Random(6), Compression.NONE);
    cluster.afterScan = () -> cluster.clusterKey = "KEY2";
    assertThatThrownBy(() -> run(spec, cluster))
        .isInstanceOf(WorkException.class)
        .hasMessageContaining("cluster key");
    bytes.reset();
    cluster.clusterKey = "KEY1";
    assertThat(catchThrowable(() -> run(spec.withAllowUnstable(true), cluster))).isNull();
  }
}
