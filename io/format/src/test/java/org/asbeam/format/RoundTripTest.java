package org.asbeam.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class RoundTripTest {
  @Provide
  Arbitrary<List<byte[]>> files() {
    return RandomRows.rows().list().ofMaxSize(12);
  }

  @Property(tries = 2000)
  void rowsComeBackByteForByte(@ForAll("files") List<byte[]> rows, @ForAll boolean compact)
      throws IOException {
    byte[] text = Texts.encode(rows, compact);

    AsbDecoder decoder = Texts.decoder(text);

    assertThat(Texts.rows(decoder)).usingElementComparator(Arrays::compare).isEqualTo(rows);
    assertThat(decoder.offset()).isEqualTo(text.length);
    assertThat(decoder.namespace()).isEqualTo("test");
    assertThat(decoder.version()).isEqualTo(FormatVersion.V3_1);
    assertThat(decoder.firstFile()).isTrue();
    assertThat(decoder.nilBins()).isZero();
  }

  @Property(tries = 200)
  void theStreamsChunksDontMatter(
      @ForAll("files") List<byte[]> rows,
      @ForAll boolean compact,
      @ForAll @IntRange(min = 1, max = 300) int most,
      @ForAll long seed)
      throws IOException {
    byte[] text = Texts.encode(rows, compact);

    AsbDecoder decoder = new AsbDecoder(Texts.drip(text, most, seed), "file.asb");

    assertThat(Texts.rows(decoder)).usingElementComparator(Arrays::compare).isEqualTo(rows);
  }

  @Property(tries = 300)
  void oneOctetAtATime(@ForAll("files") List<byte[]> rows) throws IOException {
    byte[] text = Texts.encode(rows, true);

    AsbDecoder decoder = new AsbDecoder(Texts.drip(text, 1, 0), "file.asb");

    assertThat(Texts.rows(decoder)).usingElementComparator(Arrays::compare).isEqualTo(rows);
  }

  @Property(tries = 200)
  void readingStartsAtAnyItem(@ForAll("files") List<byte[]> rows) throws IOException {
    byte[] text = Texts.encode(rows, false);
    AsbDecoder whole = Texts.decoder(text);
    for (int i = 0; i <= rows.size(); i++) {
      int offset = (int) whole.offset();
      AsbDecoder inside =
          AsbDecoder.inside(
              new ByteArrayInputStream(text, offset, text.length - offset),
              "file.asb",
              FormatVersion.V3_1,
              "test",
              offset);

      assertThat(inside.offset()).isEqualTo(offset);
      assertThat(Texts.rows(inside))
          .usingElementComparator(Arrays::compare)
          .isEqualTo(rows.subList(i, rows.size()));
      assertThat(inside.offset()).isEqualTo(text.length);
      whole.next();
    }
  }

  @Property(tries = 40)
  void manyRecordsRunThroughTheBuffer(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    List<byte[]> rows =
        random
            .ints(2000, 0, Integer.MAX_VALUE)
            .mapToObj(i -> RandomRows.row(new Random(i), "test"))
            .toList();

    AsbDecoder decoder = Texts.decoder(Texts.encode(rows, random.nextBoolean()));

    assertThat(Texts.rows(decoder)).usingElementComparator(Arrays::compare).isEqualTo(rows);
  }
}
