package org.asbeam.pipelines.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.asbeam.format.PartitionSet;
import org.asbeam.format.Partitions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionListsTest {
  /** From asbackup's help; its first bytes are 12 34, so its partition is 0x412. */
  private static final String DIGEST = "EjRWeJq83vEjRRI0VniavN7xI0U=";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0-4096; 0-4095",
        "0; 0",
        "4095; 4095",
        "4095-1; 4095",
        "0-1000,1000-1000,2222; 0-1999,2222",
        "2222, 5; 5,2222",
        DIGEST + "; 1042",
        "0-16," + DIGEST + ",17; 0-15,17,1042"
      })
  void readsListsOfThePeersHelp(String text, String expected) {
    assertThat(PartitionLists.parse(text)).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "1,",
        "4096",
        "9999",
        "0-4097",
        "1-4096",
        "5-0",
        "-5",
        "5-",
        "a",
        "0--1",
        "1 2",
        "AAAA",
        "EjRWeJq83vEjRRI0VniavN7xI0UA"
      })
  void refusesWhatIsNoList(String text) {
    assertThatThrownBy(() -> PartitionLists.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("holds '");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0-1000,999-10; 0-1000, 999-10",
        "7,3,7; 7, 7 again",
        "0-100,50,200-5,204; 0-100, 50, 200-5, 204",
        "1042," + DIGEST + "; 1042, " + DIGEST + " (partition 1042)",
        "0-4096,5-1,9-2; 0-4096, 5-1, 9-2"
      })
  void namesAllThatOverlapInOneMessage(String text, String named) {
    assertThatThrownBy(() -> PartitionLists.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(": " + named + " overlap");
  }

  /** Lists of random ranges against sets of bits. */
  @Test
  void overlapsAreFoundExactly() {
    Random random = new Random(4);
    int overlapping = 0;
    for (int i = 0; i < 2000; i++) {
      List<String> items = new ArrayList<>();
      BitSet all = new BitSet();
      boolean twice = false;
      for (int j = random.nextInt(6); j >= 0; j--) {
        int begin = random.nextInt(Partitions.COUNT);
        int count = 1 + random.nextInt(Math.min(600, Partitions.COUNT - begin));
        items.add(count == 1 ? "" + begin : begin + "-" + count);
        twice |= all.get(begin, begin + count).cardinality() > 0;
        all.set(begin, begin + count);
      }
      String text = String.join(",", items);
      if (twice) {
        overlapping++;
        assertThatThrownBy(() -> PartitionLists.parse(text)).hasMessageContaining("overlap");
      } else {
        assertThat(PartitionLists.parse(text)).isEqualTo(PartitionSet.of(all.stream()));
      }
    }
    assertThat(overlapping).isBetween(200, 1800);
  }

  @Test
  void aDigestIsItsPartition() {
    Random random = new Random(5);
    for (int i = 0; i < 100; i++) {
      byte[] digest = new byte[20];
      random.nextBytes(digest);
      assertThat(PartitionLists.parse(Base64.getEncoder().encodeToString(digest)))
          .isEqualTo(PartitionSet.of(Partitions.of(digest)));
    }
  }
}
