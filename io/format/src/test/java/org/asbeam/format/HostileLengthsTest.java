package org.asbeam.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.asbeam.format.AsbDecoder.Item;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file claims costs no memory before it is there; what is there comes in whole. */
class HostileLengthsTest {
  private static final long MIB = 1 << 20;

  private static long allocatedBy(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    work.run();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- S a 134217000 ", "- B! a 134217000 ", "- B a 178956000 ", "- X a 178956000 ",
        "- G a 134217000 ", "- S a 9223372036854775807 ", "- B a 4294967296 ", "- S a 2147483648 "
      })
  void aDeclaredLengthIsNotBelieved(String line) {
    String text = Texts.HEADER + Texts.record(line + "x".repeat(1000));
    long allocated =
        allocatedBy(
            () ->
                assertThatThrownBy(() -> Texts.rows(Texts.decoder(text)))
                    .isInstanceOf(AsbFormatException.class));
    assertThat(allocated).isLessThan(2 * MIB);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* u L a 16777216 ",
        "+ k S 134217000 ",
        "+ k B 178956000 ",
        "+ n test\n+ d " + Texts.DIGEST + "\n+ g 1\n+ t 0\n+ b 65535\n"
      })
  void neitherElsewhere(String start) {
    long allocated =
        allocatedBy(
            () ->
                assertThatThrownBy(() -> Texts.rows(Texts.decoder(Texts.HEADER + start + "AAAA")))
                    .isInstanceOf(AsbFormatException.class));
    assertThat(allocated).isLessThan(2 * MIB);
  }

  /** A stream that never ends. */
  private static InputStream endless(String start, String rest) {
    byte[] block = Texts.octets(rest.repeat(65536 / rest.length()));
    return new SequenceInputStream(
        new ByteArrayInputStream(Texts.octets(start)),
        new InputStream() {
          private int at;

          @Override
          public int read() {
            at = (at + 1) % block.length;
            return block[at];
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            int count = Math.min(length, block.length);
            System.arraycopy(block, 0, bytes, offset, count);
            return count;
          }
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* i t s i N 1 b N ",
        "* i ",
        "* u L ",
        "+ n ",
        "+ d ",
        "+ k I 1",
        "+ k D 1",
        "+ n test\n+ d " + Texts.DIGEST + "\n+ s "
      })
  void noLineIsEndless(String start) {
    long allocated =
        allocatedBy(
            () ->
                assertThatThrownBy(
                        () ->
                            Texts.rows(
                                new AsbDecoder(endless(Texts.HEADER + start, "1234"), "file.asb")))
                    .isInstanceOf(AsbFormatException.class));
    assertThat(allocated).isLessThan(8 * MIB);
  }

  @Test
  void aRecordOfManyLargeBinsHasALimit() {
    // Each bin is allowed, and 65535 of them are; together they are more than any server's record.
    String head = Texts.HEADER + "+ n test\n+ d " + Texts.DIGEST + "\n+ g 1\n+ t 0\n+ b 65535\n";
    String bin = "- S a 32757 " + "x".repeat(32757) + "\n";
    assertThatThrownBy(() -> Texts.rows(new AsbDecoder(endlessBins(head, bin), "file.asb")))
        .isInstanceOf(AsbFormatException.class)
        .hasMessageContaining("at most 128 MiB");
  }

  private static InputStream endlessBins(String head, String bin) {
    byte[] octets = Texts.octets(bin);
    return new SequenceInputStream(
        Collections.enumeration(
            List.of(
                new ByteArrayInputStream(Texts.octets(head)),
                new SequenceInputStream(
                    Collections.enumeration(
                        Collections.nCopies(10_000, octets).stream()
                            .<InputStream>map(ByteArrayInputStream::new)
                            .toList())))));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void largeValuesComeInWhole(boolean compact) throws IOException {
    byte[] value = new byte[20_000_003];
    for (int i = 0; i < value.length; i++) {
      value[i] = (byte) (i * 31 >>> 7);
    }
    RowBuilder row = new RowBuilder();
    row.begin(1, 0);
    row.namespace(Texts.octets("test"), 0, 4);
    row.digest(new byte[20], 0);
    row.bin(ParticleType.LIST, "list", value);
    row.bin(ParticleType.STRING, "text", Arrays.copyOf(value, 300_000));
    byte[] bytes = row.toByteArray();
    byte[] small = RandomRows.row(new Random(1), "test");
    byte[] text = Texts.encode(List.of(small, bytes, small), compact);

    AsbDecoder decoder = new AsbDecoder(Texts.drip(text, 1 << 20, 3), "file.asb");

    assertThat(decoder.next()).isEqualTo(Item.RECORD);
    assertThat(decoder.next()).isEqualTo(Item.RECORD);
    assertThat(Arrays.equals(Texts.row(decoder.record()), bytes)).isTrue();
    assertThat(decoder.next()).isEqualTo(Item.RECORD);
    assertThat(Texts.row(decoder.record())).isEqualTo(small);
    // The huge record's buffer is not kept.
    assertThat(decoder.record().buffer().length).isLessThan(1 << 20);
    assertThat(decoder.next()).isEqualTo(Item.END);
  }

  @Test
  void aLongContextComesInWhole() throws IOException {
    String context = "kiKi".repeat(200_000);
    AsbDecoder decoder =
        new AsbDecoder(
            Texts.drip(Texts.octets(Texts.HEADER + "* i t s i N 1 b N " + context + "\n"), 5000, 1),
            "file.asb");
    assertThat(decoder.next()).isEqualTo(Item.SECONDARY_INDEX);
    assertThat(decoder.secondaryIndex().context()).isEqualTo(context);
    assertThat(decoder.next()).isEqualTo(Item.END);
  }
}
