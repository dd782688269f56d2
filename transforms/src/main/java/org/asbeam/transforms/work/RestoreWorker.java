package org.asbeam.transforms.work;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.asbeam.format.AsbDecoder;
import org.asbeam.format.SecondaryIndex;
import org.asbeam.format.UdfModule;
import org.asbeam.storage.Store;
import org.asbeam.storage.journal.BackupContents;
import org.asbeam.storage.journal.FileReceipt;
import org.asbeam.storage.journal.FileSlice;
import org.asbeam.storage.journal.SliceText;

/** What one process needs to work on the slices of one restore; shared by its threads. */
public final class RestoreWorker implements Closeable {
  private final RestoreSpec spec;
  private final Store store;
  private final BackupContents contents;
  private final RecordSink sink;
  private final RunStop stop;
  private final String name;
  private final Progress progress;

  private RestoreWorker(
      RestoreSpec spec,
      Store store,
      BackupContents contents,
      RecordSink sink,
      String runId,
      String name) {
    this.spec = spec;
    this.store = store;
    this.contents = contents;
    this.sink = sink;
    this.stop = RunStop.of(runId);
    this.progress = Progress.of(runId);
    this.name = name;
  }

  /**
   * Makes a process ready for a restore.
   *
   * @param runId names the restore among those of this process
   */
  public static RestoreWorker join(RestoreSpec spec, String runId, Backends backends, String name)
      throws IOException {
    Store store = backends.openStore(spec.input().directories().get(0));
    try {
      BackupContents contents = BackupContents.of(store);
      return new RestoreWorker(spec, store, contents, backends.openSink(spec), runId, name);
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /**
   * Restores secondary indexes and UDF modules: those of the metadata file, or, in a folder of
   * another tool, those before the first record of every file.
   */
  public MetadataOutcome restoreMetadata() throws IOException {
    List<SecondaryIndex> indexes = new ArrayList<>();
    List<UdfModule> udfs = new ArrayList<>();
    for (FileReceipt file : contents.files()) {
      if (mayHoldMetadata(file)) {
        try (SliceText text = SliceText.open(store, contents, wholeFile(file))) {
          AsbDecoder decoder = text.decoder();
          for (AsbDecoder.Item item = decoder.next();
              item != AsbDecoder.Item.END && item != AsbDecoder.Item.RECORD;
              item = decoder.next()) {
            switch (item) {
              case SECONDARY_INDEX -> indexes.add(decoder.secondaryIndex());
              case UDF -> udfs.add(decoder.udf());
              default -> throw new IllegalStateException(item.toString());
            }
          }
        }
      }
    }
    return sink.restore(
        spec.scope().indexes() ? indexes : List.of(),
        spec.scope().udfs() ? udfs : List.of(),
        stop::requested);
  }

  private boolean mayHoldMetadata(FileReceipt file) {
    return contents.manifest().map(m -> m.metadataFile().equals(file.name())).orElse(true);
  }

  private static FileSlice wholeFile(FileReceipt file) {
    return new FileSlice(0, file.name(), 0, file.blocks(), file.bytes());
  }

  /**
   * Restores the records of a slice.
   *
   * @return what became of them, or why the run can't go on
   * @throws IOException if another attempt may help
   */
  public FileOutcome run(FileSlice slice) throws IOException {
    String worker = name + "/" + Thread.currentThread().getName();
    if (stop.requested()) {
      return stopped(slice, worker);
    }
    progress.sliceStarted();
    boolean done = false;
    try {
      FileOutcome outcome = restore(slice, worker, stop::requested);
      done = true;
      return outcome;
    } catch (IOException | RuntimeException e) {
      Errors.Finding finding = Errors.of(e);
      if (finding.code() == ErrorCode.STOPPED) {
        return stopped(slice, worker);
      }
      if (finding.isTransient()) {
        throw finding.asIOException(e);
      }
      stop.request();
      return new FileOutcome(
          slice.number(),
          slice.file(),
          worker,
          RecordCounts.NONE,
          0,
          0,
          List.of(),
          finding.toFailure(slice.number(), worker),
          false);
    } finally {
      progress.sliceEnded(done);
    }
  }

  private FileOutcome restore(FileSlice slice, String worker, BooleanSupplier stopped)
      throws IOException {
    int indexes = 0;
    int udfs = 0;
    long read = 0;
    RecordCounts counts = RecordCounts.NONE;
    try (SliceText text = SliceText.open(store, contents, slice);
        RecordSink.Lane lane = sink.lane(stopped)) {
      AsbDecoder decoder = text.decoder();
      boolean records = false;
      for (AsbDecoder.Item item = decoder.next();
          item != AsbDecoder.Item.END;
          item = decoder.next()) {
        if (stopped.getAsBoolean()) {
          throw new StoppedException();
        }
        switch (item) {
          case RECORD -> {
            records = true;
            read++;
            if (spec.scope().records()) {
              lane.write(decoder.record());
            }
            if ((read & 0xfff) == 0) {
              progress.add(0x1000, 0);
            }
          }
          case SECONDARY_INDEX -> {
            indexes++;
            if (records && spec.scope().indexes()) {
              // No tool writes one behind a record, but every reader takes it.
              sink.restore(List.of(decoder.secondaryIndex()), List.of(), stopped);
            }
          }
          case UDF -> {
            udfs++;
            if (records && spec.scope().udfs()) {
              sink.restore(List.of(), List.of(decoder.udf()), stopped);
            }
          }
          default -> throw new IllegalStateException(item.toString());
        }
      }
      text.checkEnd(read);
      counts = spec.scope().records() ? lane.finish() : RecordCounts.allSkipped(read);
    }
    progress.add(read & 0xfff, slice.bytes());
    return new FileOutcome(
        slice.number(), slice.file(), worker, counts, indexes, udfs, List.of(), null, false);
  }

  private static FileOutcome stopped(FileSlice slice, String worker) {
    return new FileOutcome(
        slice.number(), slice.file(), worker, RecordCounts.NONE, 0, 0, List.of(), null, true);
  }

  @Override
  public void close() {
    sink.close();
    store.close();
  }
}
