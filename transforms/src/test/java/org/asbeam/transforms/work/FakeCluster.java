package org.asbeam.transforms.work;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.asbeam.aerospike.RowHandler;
import org.asbeam.format.ParticleType;
import org.asbeam.format.PartitionSet;
import org.asbeam.format.RecordView;
import org.asbeam.format.RowBuilder;
import org.asbeam.format.SecondaryIndex;
import org.asbeam.format.UdfModule;

/** A cluster of rows in memory, without a network. */
final class FakeCluster implements RecordSource {
  private final Map<Integer, List<byte[]>> rows = new HashMap<>();
  private final TreeSet<String> digests = new TreeSet<>();
  final Map<PartitionSet, Integer> scans = new HashMap<>();
  String clusterKey = "KEY1";
  Exception scanFailure;
  Runnable afterScan = () -> {};

  /** Random records, in random sets, of some partitions only. */
  static FakeCluster random(Random random, int records, int partitions) {
    FakeCluster cluster = new FakeCluster();
    RowBuilder builder = new RowBuilder();
    for (int i = 0; i < records; i++) {
      byte[] digest = new byte[RecordView.DIGEST_LENGTH];
      random.nextBytes(digest);
      int partition = random.nextInt(partitions);
      digest[0] = (byte) partition;
      digest[1] = (byte) (digest[1] & 0xf0 | partition >> 8);
      builder.begin(1 + random.nextInt(9), 0);
      builder.digest(digest, 0);
      byte[] set = ("set" + random.nextInt(3)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
      builder.set(set, 0, set.length);
      builder.bin(
          ParticleType.INTEGER, "i", ByteBuffer.allocate(8).putLong(random.nextLong()).array());
      byte[] blob = new byte[random.nextInt(300)];
      random.nextBytes(blob);
      builder.bin(ParticleType.BLOB, "b", blob);
      cluster.rows.computeIfAbsent(partition, id -> new ArrayList<>()).add(builder.toByteArray());
      cluster.digests.add(HexFormat.of().formatHex(digest));
    }
    cluster.rows.values().forEach(list -> list.sort(FakeCluster::descending));
    return cluster;
  }

  private static int descending(byte[] one, byte[] other) {
    return Arrays.compareUnsigned(digestOf(other), digestOf(one));
  }

  private static byte[] digestOf(byte[] row) {
    return new RecordView().wrap(row, 0, row.length).digest();
  }

  TreeSet<String> digests() {
    return digests;
  }

  Map<String, byte[]> rowsByDigest() {
    Map<String, byte[]> all = new TreeMap<>();
    rows.values()
        .forEach(
            list -> list.forEach(row -> all.put(HexFormat.of().formatHex(digestOf(row)), row)));
    return all;
  }

  @Override
  public long scan(PartitionSet partitions, RowHandler handler, BooleanSupplier stop)
      throws IOException {
    synchronized (scans) {
      scans.merge(partitions, 1, Integer::sum);
    }
    if (scanFailure instanceof IOException e) {
      throw e;
    }
    RecordView view = new RecordView();
    for (int id : partitions.stream().toArray()) {
      for (byte[] row : rows.getOrDefault(id, List.of())) {
        if (stop.getAsBoolean()) {
          throw new StoppedException();
        }
        handler.row(view.wrap(row, 0, row.length));
      }
    }
    afterScan.run();
    return 0;
  }

  @Override
  public List<SecondaryIndex> secondaryIndexes() {
    return List.of(
        new SecondaryIndex(
            "test",
            "set0",
            "idx",
            SecondaryIndex.Collection.VALUE,
            "i",
            SecondaryIndex.ValueType.NUMERIC,
            "",
            ""));
  }

  @Override
  public List<UdfModule> udfModules() {
    return List.of(
        new UdfModule("u.lua", "return 1\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  @Override
  public Map<String, Object> describe() {
    return Map.of("cluster", "fake");
  }

  @Override
  public ClusterSnapshot awaitStable(BooleanSupplier stop) {
    return new ClusterSnapshot(
        "fake",
        clusterKey,
        List.of("A1"),
        List.of("8.1.0.0"),
        1,
        digests.size(),
        Instant.EPOCH.plusSeconds(1_800_000_000L),
        Duration.ZERO,
        List.of());
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
