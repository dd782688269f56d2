package org.asbeam.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.asbeam.format.AsbDecoder.Item;

/** What the tests of this package share: texts, streams, and whole files in memory. */
final class Texts {
  static final String HEADER = "Version 3.1\n# namespace test\n";

  static final String DIGEST = "2lnSyBNX5BZbUM718f6qBTrn/fk=";

  private Texts() {}

  /** The octets of a text whose characters are octets. */
  static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String text(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  /** A record without key and set whose bin lines, each with its line's end, are given. */
  static String record(String... binLines) {
    return "+ n test\n+ d "
        + DIGEST
        + "\n+ g 1\n+ t 0\n+ b "
        + binLines.length
        + "\n"
        + String.join("", binLines);
  }

  static AsbDecoder decoder(String text) throws IOException {
    return decoder(octets(text));
  }

  static AsbDecoder decoder(byte[] text) throws IOException {
    return new AsbDecoder(new ByteArrayInputStream(text), "file.asb");
  }

  /** The copy of a decoder's current row. */
  static byte[] row(RecordView view) {
    view.rewind();
    return Arrays.copyOfRange(view.buffer(), view.rowOffset(), view.skipToEnd());
  }

  /** All records of a text, global lines skipped. */
  static List<byte[]> rows(AsbDecoder decoder) throws IOException {
    List<byte[]> rows = new ArrayList<>();
    for (Item item = decoder.next(); item != Item.END; item = decoder.next()) {
      if (item == Item.RECORD) {
        rows.add(row(decoder.record()));
      }
    }
    return rows;
  }

  /** The only record of a text. */
  static RecordView only(String text) throws IOException {
    AsbDecoder decoder = decoder(text);
    if (decoder.next() != Item.RECORD) {
      throw new AssertionError("no record");
    }
    RecordView view = decoder.record();
    byte[] row = row(view);
    if (decoder.next() != Item.END) {
      throw new AssertionError("more than a record");
    }
    return new RecordView().wrap(row, 0, row.length);
  }

  /** The value of the only bin of a row. */
  static byte[] value(RecordView row) {
    row.rewind();
    if (!row.nextBin()) {
      throw new AssertionError("no bin");
    }
    return Arrays.copyOfRange(
        row.buffer(), row.valueOffset(), row.valueOffset() + row.valueLength());
  }

  static byte[] encode(List<byte[]> rows, boolean compact) {
    AsbEncoder encoder = new AsbEncoder("test", compact);
    AsbBuffer out = new AsbBuffer(16);
    encoder.header(out, FormatVersion.V3_1, true);
    RecordView view = new RecordView();
    try {
      for (byte[] row : rows) {
        encoder.record(out, view.wrap(row, 0, row.length));
      }
    } catch (UnencodableRecordException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A stream that gives a few octets at a time, as random as its seed. */
  static InputStream drip(byte[] text, int most, long seed) {
    Random random = new Random(seed);
    return new ByteArrayInputStream(text) {
      @Override
      public synchronized int read(byte[] bytes, int offset, int length) {
        return super.read(bytes, offset, Math.min(length, 1 + random.nextInt(most)));
      }
    };
  }
}
