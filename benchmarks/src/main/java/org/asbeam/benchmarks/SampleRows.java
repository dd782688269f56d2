package org.asbeam.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.asbeam.format.AsbBuffer;
import org.asbeam.format.AsbEncoder;
import org.asbeam.format.PartitionSet;
import org.asbeam.format.RecordView;

/**
 * A run of rows one behind the other in one buffer, as a server's message has them, and their text:
 * what a codec's benchmark works on. About one MiB, so that it lies in a core's second cache as
 * little as a real message does.
 */
public final class SampleRows {
  private static final int BYTES = 1 << 20;

  private final byte[] rows;
  private final int[] ends;
  private final byte[] text;

  private SampleRows(byte[] rows, int[] ends, byte[] text) {
    this.rows = rows;
    this.ends = ends;
    this.text = text;
  }

  public static SampleRows of(RowShape shape) {
    AsbEncoder encoder = new AsbEncoder("test", false);
    AsbBuffer text = new AsbBuffer(2 * BYTES);
    byte[] rows = new byte[BYTES];
    int[] ends = new int[BYTES / 64];
    int[] filled = {0, 0};
    try {
      new SyntheticSource(7, shape, 4096L * 16)
          .scan(
              PartitionSet.range(0, 4096),
              row -> {
                int length = row.skipToEnd() - row.rowOffset();
                row.rewind();
                System.arraycopy(row.buffer(), row.rowOffset(), rows, filled[0], length);
                encoder.record(text, row);
                filled[0] += length;
                ends[filled[1]++] = filled[0];
              },
              () -> filled[0] > BYTES - 4096);
    } catch (IOException e) {
      if (filled[0] <= BYTES - 4096) {
        throw new UncheckedIOException(e);
      }
    }
    return new SampleRows(rows, Arrays.copyOf(ends, filled[1]), text.toByteArray());
  }

  public int count() {
    return ends.length;
  }

  /** Points a view at a row. */
  public RecordView view(int i, RecordView view) {
    return view.wrap(rows, i == 0 ? 0 : ends[i - 1], ends[i]);
  }

  /** The records as ASB, without a header; not to be changed. */
  public byte[] text() {
    return text;
  }
}
