package org.asbeam.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.asbeam.format.AsbDecoder.Item;
import org.junit.jupiter.api.Test;

/** Neither direction makes an object per record. */
class NoGarbageTest {
  private static final int RECORDS = 20_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private long allocated() {
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  @Test
  void recordsAreNoObjects() throws IOException {
    byte[] row = typicalRow();
    AsbEncoder encoder = new AsbEncoder("test", false);
    AsbBuffer out = new AsbBuffer(16 << 20);
    RecordView view = new RecordView();
    encoder.header(out, FormatVersion.V3_1, true);
    encoder.record(out, view.wrap(row, 0, row.length));
    long before = allocated();
    for (int i = 0; i < RECORDS; i++) {
      encoder.record(out, view.wrap(row, 0, row.length));
    }
    assertThat(allocated() - before).isLessThan(RECORDS);

    AsbDecoder decoder =
        new AsbDecoder(new ByteArrayInputStream(out.array(), 0, out.length()), "file.asb");
    decoder.next();
    before = allocated();
    int records = 0;
    while (decoder.next() == Item.RECORD) {
      records++;
    }
    assertThat(allocated() - before).isLessThan(RECORDS);
    assertThat(records).isEqualTo(RECORDS);
  }

  private static byte[] typicalRow() {
    Random random = new Random(1);
    byte[] blob = new byte[100];
    random.nextBytes(blob);
    RowBuilder row = new RowBuilder();
    row.begin(3, 525_600_000);
    row.key(ParticleType.STRING, blob, 0, 10);
    row.set(Texts.octets("users"), 0, 5);
    row.digest(blob, 0);
    row.bin(ParticleType.STRING, "name", blob);
    row.bin(ParticleType.INTEGER, "age", new byte[] {0, 0, 0, 0, 0, 0, 1, 2});
    row.bin(ParticleType.DOUBLE, "ratio", new byte[] {64, 4, 0, 0, 0, 0, 0, 0});
    row.bin(ParticleType.BLOB, "blob", blob);
    row.bin(ParticleType.LIST, "list", blob);
    row.bin(ParticleType.BOOL, "ok", new byte[] {1});
    return row.toByteArray();
  }
}
