package org.asbeam.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.asbeam.format.AsbDecoder.Item;
import org.asbeam.format.SecondaryIndex.Collection;
import org.asbeam.format.SecondaryIndex.ValueType;
import org.junit.jupiter.api.Test;

/** A file with a bit of everything, and what each of its items means. */
class WorkedExampleTest {
  static byte[] example() throws IOException {
    try (var in = WorkedExampleTest.class.getResourceAsStream("/worked-example.asb")) {
      return in.readAllBytes();
    }
  }

  @Test
  void isReadItemByItem() throws IOException {
    byte[] text = example();
    assertThat(text).hasSize(736);
    AsbDecoder decoder = Texts.decoder(text);
    assertThat(decoder.version()).isEqualTo(FormatVersion.V3_1);
    assertThat(decoder.namespace()).isEqualTo("test");
    assertThat(decoder.firstFile()).isTrue();
    assertThat(decoder.offset()).isEqualTo(42);

    assertThat(decoder.next()).isEqualTo(Item.UDF);
    assertThat(decoder.udf())
        .isEqualTo(new UdfModule("util.lua", Texts.octets("function one(rec)\n  return 1\nend\n")));

    assertThat(decoder.next()).isEqualTo(Item.SECONDARY_INDEX);
    assertThat(decoder.secondaryIndex())
        .isEqualTo(index("users", "idx_age", Collection.VALUE, "age", ValueType.NUMERIC, ""));
    assertThat(decoder.next()).isEqualTo(Item.SECONDARY_INDEX);
    assertThat(decoder.secondaryIndex())
        .isEqualTo(index("", "idx_loc", Collection.VALUE, "loc", ValueType.GEO2DSPHERE, ""));
    assertThat(decoder.next()).isEqualTo(Item.SECONDARY_INDEX);
    assertThat(decoder.secondaryIndex())
        .isEqualTo(index("my set", "idx_tags", Collection.LIST, "tags", ValueType.STRING, "khAA"));

    assertThat(decoder.next()).isEqualTo(Item.RECORD);
    alice(decoder);
    assertThat(decoder.next()).isEqualTo(Item.RECORD);
    RecordView record = decoder.record();
    assertThat(record.keyType()).isEqualTo(ParticleType.INTEGER);
    assertThat(Octets.longBig(record.buffer(), record.keyOffset())).isEqualTo(-7);
    assertThat(record.set()).isEqualTo("my set");
    assertThat(record.voidTime()).isEqualTo(525_600_000);
    assertThat(record.nextBin()).isTrue();
    assertThat(record.binName()).isEqualTo("a bin");
    assertThat(record.nextBin()).isTrue();
    assertThat(record.binType()).isEqualTo(ParticleType.BLOB);
    assertThat(binValue(record)).isEqualTo(Texts.octets("A\nB"));

    assertThat(decoder.next()).isEqualTo(Item.RECORD);
    assertThat(record.keyType()).isEqualTo(ParticleType.BLOB);
    assertThat(record.keyLength()).isEqualTo(3);
    assertThat(record.generation()).isEqualTo(65535);
    assertThat(record.nextBin()).isTrue();
    assertThat(Octets.longBig(record.buffer(), record.valueOffset()))
        .isEqualTo(Double.doubleToLongBits(1e21));

    assertThat(decoder.next()).isEqualTo(Item.RECORD);
    assertThat(record.hasKey()).isFalse();
    assertThat(record.setLength()).isZero();
    assertThat(record.binCount()).isZero();
    assertThat(record.nextBin()).isFalse();

    assertThat(decoder.next()).isEqualTo(Item.END);
    assertThat(decoder.next()).isEqualTo(Item.END);
    assertThat(decoder.offset()).isEqualTo(736);
  }

  private static void alice(AsbDecoder decoder) {
    RecordView record = decoder.record();
    assertThat(record.keyType()).isEqualTo(ParticleType.STRING);
    assertThat(
            Texts.text(
                Arrays.copyOfRange(
                    record.buffer(), record.keyOffset(), record.keyOffset() + record.keyLength())))
        .isEqualTo("alice");
    assertThat(record.set()).isEqualTo("users");
    assertThat(record.generation()).isEqualTo(3);
    assertThat(record.voidTime()).isZero();
    // Nine bins in the file; the nil one is left out.
    assertThat(record.binCount()).isEqualTo(8);
    assertThat(decoder.nilBins()).isEqualTo(1);
    bin(record, "age", ParticleType.INTEGER, "\0\0\0\0\0\0\0\52");
    bin(record, "ratio", ParticleType.DOUBLE, "\100\4\0\0\0\0\0\0");
    bin(record, "ok", ParticleType.BOOL, "\1");
    bin(record, "note", ParticleType.STRING, "line1\nline 2");
    bin(record, "raw", ParticleType.BLOB, "\0\1\2\377");
    bin(record, "list", ParticleType.LIST, "\223\1\2\3");
    bin(record, "map", ParticleType.MAP, "\201\242\3a\7");
    bin(record, "loc", ParticleType.GEOJSON, "\0\0\0{\"type\":\"Point\",\"coordinates\":[1.5,2]}");
    assertThat(record.nextBin()).isFalse();
  }

  private static void bin(RecordView record, String name, int type, String value) {
    assertThat(record.nextBin()).isTrue();
    assertThat(record.binName()).isEqualTo(name);
    assertThat(record.binType()).isEqualTo(type);
    assertThat(binValue(record)).isEqualTo(Texts.octets(value));
  }

  private static byte[] binValue(RecordView record) {
    return Arrays.copyOfRange(
        record.buffer(), record.valueOffset(), record.valueOffset() + record.valueLength());
  }

  private static SecondaryIndex index(
      String set, String name, Collection collection, String bin, ValueType type, String context) {
    return new SecondaryIndex("test", set, name, collection, bin, type, context, "");
  }
}
