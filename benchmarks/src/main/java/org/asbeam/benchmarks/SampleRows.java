package org.asbeam.benchmarks;

import java.util.Arrays;
import org.asbeam.format.AsbBuffer;
import org.asbeam.format.AsbEncoder;
import org.asbeam.format.RecordView;
import org.asbeam.format.RowBuilder;
import org.asbeam.format.UnencodableRecordException;

/**
 * A run of rows one behind the other in one buffer, as a server's message has them, and their text:
 * what a codec's benchmark works on. About one MiB, so that it lies in a core's second cache as
 * little as a real message does.
 */
public final class SampleRows {
  /** Behind this many bytes no row is begun. */
  private static final int BYTES = 1 << 20;

  private static final int LONGEST_ROW = 4096;
  private static final long SEED = 7;

  private final byte[] rows;
  private final int[] ends;
  private final byte[] text;

  private SampleRows(byte[] rows, int[] ends, byte[] text) {
    this.rows = rows;
    this.ends = ends;
    this.text = text;
  }

  public static SampleRows of(RowShape shape) {
    RowMaker maker = new RowMaker(SEED, shape, "bench");
    RecordView view = new RecordView();
    AsbEncoder encoder = new AsbEncoder("test", false);
    AsbBuffer text = new AsbBuffer(2 * BYTES);
    byte[] rows = new byte[BYTES + LONGEST_ROW];
    int[] ends = new int[BYTES / RecordView.HEADER_LENGTH];
    int count = 0;
    for (int end = 0; end < BYTES; ends[count++] = end) {
      RowBuilder row = maker.ofPartition(0, count);
      encode(encoder, text, row.view(view));
      System.arraycopy(row.buffer(), 0, rows, end, row.length());
      end += row.length();
    }
    return new SampleRows(rows, Arrays.copyOf(ends, count), text.toByteArray());
  }

  /** At least so many bytes of text, of which no part is repeated. */
  static byte[] text(RowShape shape, int bytes) {
    RowMaker maker = new RowMaker(SEED, shape, "bench");
    RecordView view = new RecordView();
    AsbEncoder encoder = new AsbEncoder("test", false);
    AsbBuffer text = new AsbBuffer(bytes + LONGEST_ROW);
    for (int rank = 0; text.length() < bytes; rank++) {
      encode(encoder, text, maker.ofPartition(rank & 0xf, rank).view(view));
    }
    return text.toByteArray();
  }

  private static void encode(AsbEncoder encoder, AsbBuffer text, RecordView row) {
    try {
      encoder.record(text, row);
    } catch (UnencodableRecordException e) {
      throw new IllegalStateException("a synthetic row that ASB can't spell", e);
    }
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
