package org.asbeam.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.asbeam.format.AsbDecoder.Item;
import org.asbeam.format.SecondaryIndex.Collection;
import org.asbeam.format.SecondaryIndex.ValueType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files of the same data by the C tool 4.5.8, backup-go v0.5.1 and absctl (backup-go 0.11), plain
 * and compact: whoever wrote them, they hold the same records, and what is written from them is
 * what was read.
 */
class GoldenTest {
  private static final Map<String, List<String>> FILES =
      Map.of(
          "c-plain", List.of("bar_00000.asb", "bar_00001.asb"),
          "c-compact", List.of("bar_00000.asb"),
          "go-plain", List.of("0_bar_1.asb", "1_bar_2.asb"),
          "go-compact", List.of("0_bar_1.asb"),
          "absctl-plain", List.of("metadata_bar_1.asb", "0_bar_2.asb", "1_bar_3.asb"),
          "absctl-compact", List.of("metadata_bar_1.asb", "0_bar_2.asb"));

  /** The keys of the records whose only bin the Go client turns into nil: blobs of languages. */
  private static final Set<String> LOST_BY_GO = Set.of("t7", "t8", "t9", "t10", "t12");

  /** The key of the record whose PHP blob the Go client turns into a plain one. */
  private static final String RETYPED_BY_GO = "t11";

  /** The record with a TTL was written anew between the runs of the C tool and of the others. */
  private static final String WRITTEN_BETWEEN = "ttl 5y";

  private static final int RECORDS = 2041;

  /** One record as text that doesn't depend on the order of bins. */
  private record Entry(String key, String head, TreeMap<String, String> bins) {}

  private static Entry entry(RecordView row) {
    byte[] bytes = row.buffer();
    String key = row.hasKey() ? part(bytes, row.keyOffset(), row.keyLength()) : "";
    String head =
        part(bytes, row.namespaceOffset(), row.namespaceLength())
            + "/"
            + part(bytes, row.setOffset(), row.setLength())
            + " "
            + (row.hasKey() ? row.keyType() : -1)
            + " "
            + row.generation()
            + (key.equals(WRITTEN_BETWEEN) ? "" : " " + row.voidTime());
    TreeMap<String, String> bins = new TreeMap<>();
    row.rewind();
    while (row.nextBin()) {
      bins.put(
          part(bytes, row.binNameOffset(), row.binNameLength()),
          row.binType() + ":" + part(bytes, row.valueOffset(), row.valueLength()));
    }
    return new Entry(key, head, bins);
  }

  private static String part(byte[] bytes, int offset, int length) {
    return Texts.text(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  private static byte[] file(String folder, String name) throws IOException {
    try (InputStream in =
        new BufferedInputStream(
            GoldenTest.class.getResourceAsStream("/golden/" + folder + "/" + name))) {
      return in.readAllBytes();
    }
  }

  private static Map<String, Entry> entries(String folder) throws IOException {
    Map<String, Entry> entries = new HashMap<>();
    for (String name : FILES.get(folder)) {
      AsbDecoder decoder = Texts.decoder(file(folder, name));
      assertThat(decoder.namespace()).isEqualTo("bar");
      for (Item item = decoder.next(); item != Item.END; item = decoder.next()) {
        if (item == Item.RECORD) {
          RecordView row = decoder.record();
          String digest = HexFormat.of().formatHex(row.digest());
          assertThat(entries.put(digest, entry(row))).isNull();
        }
      }
    }
    return entries;
  }

  @ParameterizedTest
  @ValueSource(strings = {"c-compact", "go-plain", "go-compact", "absctl-plain", "absctl-compact"})
  void allToolsWroteTheSameRecords(String folder) throws IOException {
    Map<String, Entry> expected = entries("c-plain");
    Map<String, Entry> actual = entries(folder);
    assertThat(expected).hasSize(RECORDS);
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    Set<String> lost = new TreeSet<>();
    Set<String> retyped = new TreeSet<>();
    expected.forEach(
        (digest, entry) -> {
          Entry other = actual.get(digest);
          assertThat(other.head()).isEqualTo(entry.head());
          if (other.equals(entry)) {
            return;
          }
          if (other.bins().isEmpty()) {
            lost.add(entry.key());
          } else {
            assertThat(entry.bins()).containsEntry("b", "11:\1\2\3\13");
            assertThat(other.bins()).containsEntry("b", "4:\1\2\3\13");
            retyped.add(entry.key());
          }
        });
    boolean byGo = !folder.startsWith("c-");
    assertThat(lost).isEqualTo(byGo ? LOST_BY_GO : Set.of());
    assertThat(retyped).isEqualTo(byGo ? Set.of(RETYPED_BY_GO) : Set.of());
  }

  /** The items of a file that asbeam would write in other bytes. */
  private static List<String> rewrittenOtherwise(String folder, String name) throws IOException {
    byte[] text = file(folder, name);
    AsbDecoder decoder = Texts.decoder(text);
    AsbEncoder encoder = new AsbEncoder("bar", folder.endsWith("compact"));
    AsbBuffer out = new AsbBuffer(1024);
    encoder.header(out, decoder.version(), decoder.firstFile());
    int from = (int) decoder.offset();
    assertThat(Texts.text(out.toByteArray())).isEqualTo(Texts.text(Arrays.copyOf(text, from)));
    List<String> others = new ArrayList<>();
    for (Item item = decoder.next(); item != Item.END; item = decoder.next()) {
      out.clear();
      switch (item) {
        case RECORD -> encoder.record(out, decoder.record());
        case SECONDARY_INDEX -> encoder.secondaryIndex(out, decoder.secondaryIndex());
        default -> encoder.udf(out, decoder.udf());
      }
      int to = (int) decoder.offset();
      String original = Texts.text(Arrays.copyOfRange(text, from, to));
      if (!original.equals(Texts.text(out.toByteArray()))) {
        others.add(original);
      }
      from = to;
    }
    assertThat(from).isEqualTo(text.length);
    return others;
  }

  @ParameterizedTest
  @ValueSource(strings = {"go-plain", "go-compact", "absctl-plain", "absctl-compact"})
  void whatTheGoToolsWroteIsWrittenByteForByte(String folder) throws IOException {
    Set<String> keys = new TreeSet<>();
    for (String name : FILES.get(folder)) {
      for (String original : rewrittenOtherwise(folder, name)) {
        // Only the lost blobs: a nil bin is never written.
        assertThat(original).contains("+ s langblobs\n", "+ b 1\n- N b\n");
        keys.add(original.substring(original.indexOf(' ', 6) + 1, original.indexOf('\n')));
      }
    }
    assertThat(keys).isEqualTo(LOST_BY_GO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"c-plain", "c-compact"})
  void whatTheCToolWroteDiffersInDoublesAndCompactKeysOnly(String folder) throws IOException {
    for (String name : FILES.get(folder)) {
      for (String original : rewrittenOtherwise(folder, name)) {
        List<String> lines = new ArrayList<>(List.of(original.split("\n", -1)));
        assertThat(lines)
            .as(original)
            .anyMatch(
                line ->
                    line.startsWith("- D ")
                        || line.startsWith("+ k D ")
                        || line.startsWith("+ k B! "));
      }
    }
  }

  @Test
  void indexesOfAbsctl() throws IOException {
    AsbDecoder decoder = Texts.decoder(file("absctl-plain", "metadata_bar_1.asb"));
    assertThat(decoder.version()).isEqualTo(FormatVersion.V3_2);
    assertThat(decoder.firstFile()).isTrue();
    Set<SecondaryIndex> indexes = new LinkedHashSet<>();
    Set<String> modules = new LinkedHashSet<>();
    for (Item item = decoder.next(); item != Item.END; item = decoder.next()) {
      if (item == Item.UDF) {
        modules.add(decoder.udf().name());
      } else {
        indexes.add(decoder.secondaryIndex());
      }
    }
    assertThat(modules).containsExactly("zoo_add.lua", "zoo_twice.lua");
    assertThat(indexes)
        .hasSize(11)
        .contains(
            new SecondaryIndex(
                "bar", "", "idx_nullset", Collection.VALUE, "i", ValueType.NUMERIC, "", ""),
            new SecondaryIndex(
                "bar", "cdts", "idx_mk", Collection.MAP_KEYS, "map", ValueType.STRING, "", ""),
            new SecondaryIndex(
                "bar",
                "cdts",
                "idx_ctx",
                Collection.LIST,
                "map",
                ValueType.NUMERIC,
                "kiKiA2I=",
                ""),
            new SecondaryIndex(
                "bar",
                "set with space",
                "idx space",
                Collection.VALUE,
                "bin sp",
                ValueType.NUMERIC,
                "",
                ""),
            new SecondaryIndex(
                "bar",
                "scalars",
                "idx_exp",
                Collection.VALUE,
                "",
                ValueType.NUMERIC,
                "",
                "lHuTApJSo29uZQCTFJNRAqNvbmUBkQA="));
  }
}
