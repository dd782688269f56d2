package org.asbeam.transforms.work;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.asbeam.aerospike.ClusterClient;
import org.asbeam.aerospike.ClusterClients;
import org.asbeam.aerospike.RecordCount;
import org.asbeam.aerospike.SampleScan;
import org.asbeam.aerospike.ScanFilter;
import org.asbeam.format.AsbBuffer;
import org.asbeam.format.AsbEncoder;
import org.asbeam.format.FormatVersion;
import org.asbeam.format.RecordView;
import org.asbeam.storage.BackupFileWriter;
import org.asbeam.storage.BlockContents;
import org.asbeam.storage.StoreOutput;
import org.asbeam.storage.secrets.Secrets;

/** Estimates the size of a backup from a random sample of its records. */
public final class BackupEstimate {
  /** As in asbackup. */
  public static final int DEFAULT_SAMPLES = 10_000;

  /** The standard deviations of a normal distribution's middle 99 %. */
  private static final double Z = 2.576;

  /** With a filter nobody knows the number of records: so many partitions are counted. */
  private static final int PARTITIONS_COUNTED = 32;

  private static final int BLOCK_BYTES = 4 << 20;

  private final BackupSpec spec;
  private final int samples;
  private final Random random;
  private final AsbEncoder encoder;
  private final AsbBuffer block = new AsbBuffer(BLOCK_BYTES + BLOCK_BYTES / 8);
  private final BlockContents.Builder contents = new BlockContents.Builder();
  private double sum;
  private double squares;

  private BackupEstimate(BackupSpec spec, int samples, Random random) {
    this.spec = spec;
    this.samples = samples;
    this.random = random;
    this.encoder = new AsbEncoder(spec.namespace(), spec.output().compact());
  }

  /**
   * Reads a sample and concludes on the whole. Nothing is written.
   *
   * @param samples how many records to read, at least 2
   * @param random which records
   * @param stop ends it soon after it turns true, with a {@link StoppedException}
   */
  public static SizeEstimate of(BackupSpec spec, int samples, Random random, BooleanSupplier stop)
      throws IOException {
    try (ClusterClient client =
        ClusterClients.acquire(spec.connection(), Secrets.of(spec.secretAgent())::resolve)) {
      return new BackupEstimate(spec, samples, random).run(client, stop);
    }
  }

  private SizeEstimate run(ClusterClient client, BooleanSupplier stop) throws IOException {
    if (!spec.scope().records()) {
      SizeEstimate.Range none = SizeEstimate.Range.exactly(0);
      return new SizeEstimate(none, 0, none, none, Duration.ZERO);
    }
    SampleScan scan =
        new SampleScan(client, ClusterSource.scanSpec(spec).withMaxRecords(0), random);
    long started = System.nanoTime();
    SampleScan.Sample sample;
    long storedBytes;
    long textBytes;
    try (BackupFileWriter writer =
        new BackupFileWriter(new CountingOutput(), spec.output().compression())) {
      encoder.header(block, FormatVersion.V3_1, false);
      int header = block.length();
      sample = scan.read(spec.scope().partitions(), samples, row -> add(row, writer), stop);
      flush(writer);
      textBytes = Math.max(0, writer.textBytes() - header);
      storedBytes = writer.storedBytes();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    if (stop.getAsBoolean()) {
      throw new StoppedException();
    }
    SizeEstimate.Range records = records(client, scan, sample, stop);
    SizeEstimate.Range text = text(records, sample.records());
    double ratio = textBytes == 0 ? 1 : (double) storedBytes / textBytes;
    return new SizeEstimate(
        records, sample.records(), text, text.times(ratio), time(records, sample.records(), took));
  }

  private void add(RecordView row, BackupFileWriter writer) throws IOException {
    int before = block.length();
    encoder.record(block, row);
    double size = block.length() - before;
    sum += size;
    squares += size * size;
    contents.add(row);
    if (block.length() >= BLOCK_BYTES) {
      flush(writer);
    }
  }

  private void flush(BackupFileWriter writer) throws IOException {
    writer.writeBlock(block, contents.build());
    block.clear();
  }

  private SizeEstimate.Range records(
      ClusterClient client, SampleScan scan, SampleScan.Sample sample, BooleanSupplier stop)
      throws IOException {
    SizeEstimate.Range all;
    BackupScope scope = spec.scope();
    boolean countedByServer =
        scope.bins().isEmpty()
            && scope.filter().equals(ScanFilter.builder().sets(scope.filter().sets()).build());
    if (sample.everything()) {
      all = SizeEstimate.Range.exactly(sample.records());
    } else if (countedByServer) {
      all =
          SizeEstimate.Range.exactly(
              RecordCount.read(client, spec.namespace(), scope.filter().sets())
                  .in(scope.partitions()));
    } else {
      SampleScan.Estimate counted = scan.count(scope.partitions(), PARTITIONS_COUNTED, stop);
      all = new SizeEstimate.Range(counted.records(), counted.low(), counted.high());
    }
    long most = scope.maxRecords() == 0 ? Long.MAX_VALUE : scope.maxRecords();
    return new SizeEstimate.Range(
        Math.min(most, all.likely()), Math.min(most, all.low()), Math.min(most, all.high()));
  }

  private SizeEstimate.Range text(SizeEstimate.Range records, long sampled) {
    if (sampled == 0) {
      return SizeEstimate.Range.exactly(0);
    }
    double mean = sum / sampled;
    double variance = sampled < 2 ? 0 : Math.max(0, (squares - sum * mean) / (sampled - 1));
    // What was read needs no guess.
    double unread = Math.max(0, 1 - (double) sampled / Math.max(1, records.likely()));
    double error = Z * Math.sqrt(variance / sampled * unread);
    return new SizeEstimate.Range(
        Math.round(records.likely() * mean),
        (long) Math.floor(records.low() * Math.max(0, mean - error)),
        (long) Math.ceil(records.high() * (mean + error)));
  }

  private Duration time(SizeEstimate.Range records, long sampled, Duration took) {
    if (sampled == 0) {
      return Duration.ZERO;
    }
    double perSecond = sampled / Math.max(1e-9, took.toNanos() / 1e9) * spec.slots();
    double meanBytes = sum / sampled;
    if (spec.limits().recordsPerSecond() > 0) {
      perSecond = Math.min(perSecond, spec.limits().recordsPerSecond());
    }
    if (spec.limits().bytesPerSecond() > 0) {
      perSecond = Math.min(perSecond, spec.limits().bytesPerSecond() / Math.max(1, meanBytes));
    }
    return Duration.ofMillis(Math.round(1000 * records.likely() / perSecond));
  }

  /** Takes bytes and keeps none. */
  private static final class CountingOutput implements StoreOutput {
    private long position;

    @Override
    public String name() {
      return "sample";
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
      position += count;
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public void commit() {}

    @Override
    public void close() {}
  }
}
