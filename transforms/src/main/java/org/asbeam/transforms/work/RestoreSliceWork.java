package org.asbeam.transforms.work;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.asbeam.format.AsbDecoder;
import org.asbeam.storage.journal.FileSlice;
import org.asbeam.storage.journal.SliceText;

/**
 * Attempts at slices of a restore: read, decode, select, write. Each leaves the counts of what
 * became of its records, and files with those that were refused.
 */
final class RestoreSliceWork {
  private final RestoreSpec spec;
  private final OpenInputs inputs;
  private final RecordSink sink;
  private final RestoreMetadata metadataWork;
  private final RejectLimit rejectLimit;
  private final Progress progress;
  private final Throttle throttle;
  private final BooleanSupplier stopped;
  private final SetFilter sets;

  RestoreSliceWork(
      RestoreSpec spec,
      OpenInputs inputs,
      RecordSink sink,
      RestoreMetadata metadata,
      RejectLimit rejectLimit,
      Progress progress,
      Throttle throttle,
      BooleanSupplier stopped) {
    this.spec = spec;
    this.inputs = inputs;
    this.sink = sink;
    this.metadataWork = metadata;
    this.rejectLimit = rejectLimit;
    this.progress = progress;
    this.throttle = throttle;
    this.stopped = stopped;
    this.sets = new SetFilter(spec.scope().sets());
  }

  /**
   * Makes one attempt.
   *
   * @param start the outcome of a slice that came to nothing so far
   * @param files take the refused records; null: they are an error, or left out
   */
  FileOutcome run(FileSlice slice, FileOutcome start, RejectFiles files) throws IOException {
    try (Attempt attempt = new Attempt(slice, files)) {
      return attempt.restore(start);
    }
  }

  /** One attempt at a slice. */
  private final class Attempt implements Closeable {
    private final FileSlice slice;
    private final RejectFiles files;
    private final MetadataMerge merge = metadataWork.newMerge();
    private MetadataOutcome metadata = MetadataOutcome.NONE;
    private int indexes;
    private int udfs;
    private long read;
    private long counted;
    private boolean ended;

    private Attempt(FileSlice slice, RejectFiles files) {
      this.slice = slice;
      this.files = files;
    }

    private FileOutcome restore(FileOutcome start) throws IOException {
      RecordCounts counts;
      try (SliceText text = inputs.text(slice);
          RecordSink.Lane lane =
              sink.lane(files == null ? null : rejectLimit.into(files), stopped)) {
        AsbDecoder decoder = text.decoder();
        long offset = decoder.offset();
        for (AsbDecoder.Item item = decoder.next();
            item != AsbDecoder.Item.END;
            item = decoder.next()) {
          if (stopped.getAsBoolean()) {
            throw new StoppedException();
          }
          if (item == AsbDecoder.Item.RECORD) {
            record(decoder, decoder.offset() - offset, lane);
          } else {
            global(decoder, item);
          }
          offset = decoder.offset();
        }
        text.checkEnd(read);
        counts = spec.scope().records() ? lane.finish() : RecordCounts.allSkipped(read);
      }
      restoreCollected();
      progress.add(read - counted, slice.bytes());
      counted = read;
      List<String> names = files == null ? List.of() : files.finish();
      ended = true;
      return start
          .withRecords(counts)
          .withIndexes(indexes)
          .withUdfs(udfs)
          .withMetadata(metadata)
          .withRejects(names);
    }

    private void record(AsbDecoder decoder, long bytes, RecordSink.Lane lane) throws IOException {
      if (read == 0 && !spec.metadataLast()) {
        restoreCollected();
      }
      read++;
      if (spec.scope().records()) {
        throttle.take(sets.selects(decoder.record()) ? 1 : 0, bytes, stopped);
        lane.write(decoder.record());
      }
      if ((read & 0xfff) == 0) {
        progress.add(0x1000, 0);
        counted += 0x1000;
      }
    }

    /**
     * Before a file's first record they were restored with those of all files, but a stream is read
     * once. No tool writes one behind a record, but every reader takes it.
     */
    private void global(AsbDecoder decoder, AsbDecoder.Item item) throws IOException {
      indexes += item == AsbDecoder.Item.SECONDARY_INDEX ? 1 : 0;
      udfs += item == AsbDecoder.Item.UDF ? 1 : 0;
      if (read > 0 || inputs.isStream()) {
        metadataWork.collect(merge, decoder, item, slice.file());
      }
    }

    private void restoreCollected() throws IOException {
      if (!merge.isEmpty()) {
        metadata = metadata.plus(metadataWork.restore(merge));
        merge.clear();
      }
    }

    /** Takes back what an attempt did in vain. */
    @Override
    public void close() {
      if (!ended) {
        progress.add(-counted, 0);
        if (files != null) {
          rejectLimit.add(-files.records());
        }
      }
    }
  }
}
