package org.asbeam.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.asbeam.format.AsbDecoder.Item;
import org.junit.jupiter.api.Test;

/** A damaged file is an error with a place; never another exception, a hang, or silence. */
class DamageTest {
  private static byte[] smallFile(boolean compact) {
    List<byte[]> rows = new ArrayList<>();
    for (int seed = 0; rows.size() < 12; seed++) {
      byte[] row = RandomRows.row(new Random(seed), "test");
      if (row.length < 600) {
        rows.add(row);
      }
    }
    return Texts.encode(rows, compact);
  }

  /** The positions at which a cut can't be told from the end. */
  private static Set<Long> boundaries(byte[] text) throws IOException {
    Set<Long> boundaries = new HashSet<>();
    AsbDecoder decoder = Texts.decoder(text);
    do {
      boundaries.add(decoder.offset());
    } while (decoder.next() != Item.END);
    return boundaries;
  }

  @Test
  void everyCutIsNoticedButBetweenItems() throws IOException {
    for (byte[] text :
        new byte[][] {smallFile(false), smallFile(true), WorkedExampleTest.example()}) {
      Set<Long> clean = boundaries(text);
      // Behind the version line, and behind each metadata line.
      clean.add(12L);
      clean.add((long) Texts.text(text).indexOf('\n', 12) + 1);
      for (int length = 0; length < text.length; length++) {
        byte[] cut = Arrays.copyOf(text, length);
        AsbFormatException damage =
            catchThrowableOfType(AsbFormatException.class, () -> Texts.rows(Texts.decoder(cut)));
        if (clean.contains((long) length)) {
          assertThat(damage).as("cut at %d", length).isNull();
        } else {
          assertThat(damage).as("cut at %d", length).isNotNull();
          assertThat(damage.offset()).as("cut at %d", length).isEqualTo(length);
          assertThat(damage.found()).isEqualTo("the end of the file");
          assertThat(damage).hasMessageContaining("cut off");
        }
      }
    }
  }

  @Test
  void noFlippedBitDoesMoreThanDamage() throws IOException {
    for (byte[] text :
        new byte[][] {smallFile(false), smallFile(true), WorkedExampleTest.example()}) {
      for (int i = 0; i < text.length; i++) {
        for (int bit = 0; bit < 8; bit++) {
          byte[] flipped = text.clone();
          flipped[i] ^= (byte) (1 << bit);
          try {
            Texts.rows(Texts.decoder(flipped));
          } catch (AsbFormatException e) {
            // A flip is noticed where it is, or later; a cut only at the very end.
            assertThat(e.offset()).isLessThanOrEqualTo(text.length);
            assertThat(e.line()).isPositive();
            assertThat(e.column()).isPositive();
          }
        }
      }
    }
  }

  @Test
  void garbageIsDamage() {
    Random random = new Random(5);
    for (int i = 0; i < 5000; i++) {
      byte[] body = new byte[random.nextInt(200)];
      for (int j = 0; j < body.length; j++) {
        body[j] = (byte) "+-*#kndsgtbIDSBXNZGLM!= \n\\0123456789AeuL".charAt(random.nextInt(40));
      }
      String text = Texts.HEADER + (random.nextBoolean() ? "+ n " : "* i ") + Texts.text(body);
      Throwable thrown =
          catchThrowableOfType(Throwable.class, () -> Texts.rows(Texts.decoder(text)));
      assertThat(thrown).isInstanceOf(AsbFormatException.class);
    }
  }

  @Test
  void afterDamageThereIsNothingButThatDamage() throws IOException {
    AsbDecoder decoder = Texts.decoder(Texts.HEADER + "x" + Texts.record());
    AsbFormatException first = catchThrowableOfType(AsbFormatException.class, decoder::next);
    assertThat(catchThrowableOfType(AsbFormatException.class, decoder::next)).isSameAs(first);
  }

  @Test
  void placesCountFromTheFilesStartHoweverFarItIs() throws IOException {
    StringBuilder text = new StringBuilder(Texts.HEADER);
    // Past several buffers, with line feeds in values.
    for (int i = 0; i < 20_000; i++) {
      text.append(Texts.record("- S s 20 " + "a\n".repeat(10) + "\n"));
    }
    String good = text.toString();
    String bad = good + Texts.record("- I i 1x\n");
    AsbDecoder decoder = Texts.decoder(bad);
    AsbFormatException damage =
        catchThrowableOfType(AsbFormatException.class, () -> Texts.rows(decoder));
    int offset = bad.lastIndexOf('x');
    assertThat(damage.offset()).isEqualTo(offset);
    assertThat(damage.line())
        .isEqualTo(bad.chars().limit(offset).filter(c -> c == '\n').count() + 1);
    assertThat(damage.column()).isEqualTo(offset - bad.lastIndexOf('\n', offset));
    assertThat(damage.file()).isEqualTo("file.asb");
  }

  @Test
  void columnsCountFromLinesThatStartedBuffersAgo() {
    String line = "- S s 700000 " + "x".repeat(700_000);
    String text = Texts.HEADER + Texts.record("- I i 1\n", line + "!\n");
    AsbFormatException damage =
        catchThrowableOfType(AsbFormatException.class, () -> Texts.rows(Texts.decoder(text)));
    assertThat(damage.offset()).isEqualTo(text.indexOf('!'));
    assertThat(damage.column()).isEqualTo(line.length() + 1);
    assertThat(damage.line()).isEqualTo(9);
  }
}
