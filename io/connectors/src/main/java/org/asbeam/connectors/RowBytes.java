package org.asbeam.connectors;

import org.asbeam.format.RecordView;

/**
 * Writes a row in the one spelling that {@link AerospikeRecord} has. Servers, decoders and builders
 * order fields differently and leave different traces in the header.
 */
final class RowBytes {
  private static final int FIELD_HEADER = 5;
  private static final int FIELD_NAMESPACE = 0;
  private static final int FIELD_SET = 1;
  private static final int FIELD_KEY = 2;
  private static final int FIELD_DIGEST = 4;

  /** What a server says of a bin in a response. */
  private static final byte OP_READ = 1;

  private static final int GENERATION_AT = 6;
  private static final int VOID_TIME_AT = 10;
  private static final int FIELDS_AT = 18;
  private static final int BINS_AT = 20;

  private final byte[] source;
  private final byte[] row;
  private int at = RecordView.HEADER_LENGTH;
  private int fields;

  private RowBytes(byte[] source, int length) {
    this.source = source;
    this.row = new byte[length];
  }

  /** The row that the view points at; the view then stands before its first bin. */
  static byte[] copy(RecordView view) {
    view.rewind();
    int bins = view.skipToEnd() - view.binsOffset();
    RowBytes copy =
        new RowBytes(
            view.buffer(),
            RecordView.HEADER_LENGTH
                + (view.namespaceLength() > 0 ? FIELD_HEADER + view.namespaceLength() : 0)
                + (view.setLength() > 0 ? FIELD_HEADER + view.setLength() : 0)
                + (view.hasKey() ? FIELD_HEADER + 1 + view.keyLength() : 0)
                + FIELD_HEADER
                + RecordView.DIGEST_LENGTH
                + bins);
    copy.fields(view);
    copy.bins(view, bins);
    return copy.row;
  }

  private void fields(RecordView view) {
    row[0] = RecordView.HEADER_LENGTH;
    putInt(GENERATION_AT, view.generation());
    putInt(VOID_TIME_AT, (int) view.voidTime());
    if (view.namespaceLength() > 0) {
      field(FIELD_NAMESPACE, view.namespaceOffset(), view.namespaceLength());
    }
    if (view.setLength() > 0) {
      field(FIELD_SET, view.setOffset(), view.setLength());
    }
    if (view.hasKey()) {
      // The particle type stands before the value.
      field(FIELD_KEY, view.keyOffset() - 1, view.keyLength() + 1);
    }
    field(FIELD_DIGEST, view.digestOffset(), RecordView.DIGEST_LENGTH);
    putShort(FIELDS_AT, fields);
    putShort(BINS_AT, view.binCount());
  }

  private void bins(RecordView view, int length) {
    System.arraycopy(source, view.binsOffset(), row, at, length);
    int shift = at - view.binsOffset();
    view.rewind();
    while (view.nextBin()) {
      int name = view.binNameOffset() + shift;
      row[name - 4] = OP_READ;
      row[name - 2] = 0;
    }
    view.rewind();
  }

  private void field(int type, int offset, int length) {
    putInt(at, 1 + length);
    row[at + 4] = (byte) type;
    System.arraycopy(source, offset, row, at + FIELD_HEADER, length);
    at += FIELD_HEADER + length;
    fields++;
  }

  private void putInt(int offset, int value) {
    row[offset] = (byte) (value >>> 24);
    row[offset + 1] = (byte) (value >>> 16);
    row[offset + 2] = (byte) (value >>> 8);
    row[offset + 3] = (byte) value;
  }

  private void putShort(int offset, int value) {
    row[offset] = (byte) (value >>> 8);
    row[offset + 1] = (byte) value;
  }
}
