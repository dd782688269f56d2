package org.asbeam.transforms.work;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.asbeam.format.AsbBuffer;
import org.asbeam.format.AsbEncoder;
import org.asbeam.format.FormatVersion;
import org.asbeam.format.Partitions;
import org.asbeam.format.SecondaryIndex;
import org.asbeam.format.UdfModule;
import org.asbeam.storage.BackupFileWriter;
import org.asbeam.storage.BlockContents;
import org.asbeam.storage.BlockIndexes;
import org.asbeam.storage.Store;
import org.asbeam.storage.WrittenFile;
import org.asbeam.storage.crypto.FileEncryption;
import org.asbeam.storage.journal.FileReceipt;
import org.asbeam.storage.journal.PartitionSlice;
import org.asbeam.storage.journal.PartitionTotal;
import org.asbeam.storage.journal.SliceReceipt;

/**
 * One attempt at one slice of a backup: scan, encode, compress, write. Leaves whole files and a
 * receipt, or nothing.
 */
final class BackupSliceWork {
  private final BackupSpec spec;
  private final FileNames names;
  private final Store store;
  private final RecordSource source;
  private final FileEncryption encryption;
  private final Progress progress;
  private final Throttle throttle;
  private final Surroundings surroundings;
  private final String worker;

  BackupSliceWork(
      BackupSpec spec,
      FileNames names,
      Store store,
      RecordSource source,
      FileEncryption encryption,
      Progress progress,
      Throttle throttle,
      Surroundings surroundings,
      String worker) {
    this.spec = spec;
    this.names = names;
    this.store = store;
    this.source = source;
    this.encryption = encryption;
    this.progress = progress;
    this.throttle = throttle;
    this.surroundings = surroundings;
    this.worker = worker;
  }

  SliceReceipt run(PartitionSlice slice, BooleanSupplier stop) throws IOException {
    return switch (slice.kind()) {
      case METADATA -> metadata(slice);
      case RECORDS -> records(slice, stop);
    };
  }

  private SliceReceipt records(PartitionSlice slice, BooleanSupplier stop) throws IOException {
    Instant started = surroundings.now();
    String attempt = names.newAttempt(surroundings.random());
    long[] totals = new long[Partitions.COUNT];
    SetCounter sets = new SetCounter();
    try (SliceFiles files =
        new SliceFiles(
            store, spec, encryption, n -> names.data(slice.number(), n, attempt), progress)) {
      long retries = 0;
      if (spec.scope().records()) {
        retries =
            source.scan(
                slice.partitions(),
                row -> {
                  throttle.take(1, files.write(row), stop);
                  totals[row.partition()]++;
                  sets.add(row);
                },
                stop);
      }
      List<PartitionTotal> partitions = new ArrayList<>();
      slice.partitions().forEach(id -> partitions.add(new PartitionTotal(id, totals[id])));
      return new SliceReceipt(
          slice.number(),
          attempt,
          worker + "/" + Thread.currentThread().getName(),
          started,
          surroundings.now(),
          files.finish(),
          partitions,
          sets.totals(),
          0,
          0,
          retries,
          List.of());
    }
  }

  private SliceReceipt metadata(PartitionSlice slice) throws IOException {
    Instant started = surroundings.now();
    String attempt = names.newAttempt(surroundings.random());
    String name = names.metadata(attempt);
    List<SecondaryIndex> indexes = spec.scope().indexes() ? source.secondaryIndexes() : List.of();
    List<UdfModule> udfs = spec.scope().udfs() ? source.udfModules() : List.of();
    boolean expressions = indexes.stream().anyMatch(SecondaryIndex::isOnExpression);
    List<String> warnings = new ArrayList<>();
    if (expressions) {
      warnings.add(
          name
              + " holds an index on an expression, so it is of format 3.2: absctl reads it,"
              + " asrestore v0.5.1 refuses it");
    }
    AsbBuffer text = new AsbBuffer(64 << 10);
    AsbEncoder encoder = new AsbEncoder(spec.namespace(), spec.output().compact());
    encoder.header(text, expressions ? FormatVersion.V3_2 : FormatVersion.V3_1, true);
    udfs.forEach(module -> encoder.udf(text, module));
    indexes.forEach(index -> encoder.secondaryIndex(text, index));
    return new SliceReceipt(
        slice.number(),
        attempt,
        worker + "/" + Thread.currentThread().getName(),
        started,
        surroundings.now(),
        List.of(writeMetadata(name, text)),
        List.of(),
        Map.of(),
        indexes.size(),
        udfs.size(),
        0,
        warnings);
  }

  private FileReceipt writeMetadata(String name, AsbBuffer text) throws IOException {
    try (BackupFileWriter writer =
        new BackupFileWriter(store.create(name), spec.output().compression(), encryption)) {
      writer.writeBlock(text, BlockContents.none());
      WrittenFile file = writer.finish();
      BlockIndexes.write(store, file.index());
      return SliceFiles.receipt(file);
    }
  }
}
