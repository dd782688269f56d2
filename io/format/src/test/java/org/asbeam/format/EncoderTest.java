package org.asbeam.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.Base64;
import java.util.function.Consumer;
import org.asbeam.format.AsbDecoder.Item;
import org.asbeam.format.SecondaryIndex.Collection;
import org.asbeam.format.SecondaryIndex.ValueType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderTest {
  private static final byte[] DIGEST = Base64.getDecoder().decode(Texts.DIGEST);

  private static RecordView row(Consumer<RowBuilder> body) {
    RowBuilder row = new RowBuilder();
    row.begin(1, 0);
    row.digest(DIGEST, 0);
    body.accept(row);
    return row.view(new RecordView());
  }

  private static RecordView bin(int type, String name, String value) {
    return row(builder -> builder.bin(type, name, Texts.octets(value)));
  }

  private static String encode(RecordView row, boolean compact) throws UnencodableRecordException {
    AsbBuffer out = new AsbBuffer(1);
    new AsbEncoder("test", compact).record(out, row);
    return Texts.text(out.toByteArray());
  }

  private static UnencodableRecordException refused(RecordView row) {
    AsbBuffer out = new AsbBuffer(1);
    AsbEncoder encoder = new AsbEncoder("test", false);
    encoder.header(out, FormatVersion.V3_1, false);
    UnencodableRecordException refusal =
        catchThrowableOfType(UnencodableRecordException.class, () -> encoder.record(out, row));
    assertThat(refusal).isNotNull();
    assertThat(refusal.digest()).isEqualTo(DIGEST);
    assertThat(refusal).hasMessageContaining("da59d2c81357e4165b50cef5f1feaa053ae7fdf9");
    assertThat(Texts.text(out.toByteArray())).isEqualTo("Version 3.1\n# namespace test\n");
    return refusal;
  }

  @Test
  void headers() {
    AsbBuffer out = new AsbBuffer(1);
    AsbEncoder encoder = new AsbEncoder("a b", false);
    encoder.header(out, FormatVersion.V3_2, true);
    assertThat(Texts.text(out.toByteArray()))
        .isEqualTo("Version 3.2\n# namespace a\\ b\n# first-file\n");
    assertThatThrownBy(() -> encoder.header(out, FormatVersion.V3_0, true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AsbEncoder("", false)).hasMessageContaining("1 to 31");
    assertThatThrownBy(() -> new AsbEncoder("n".repeat(32), false)).hasMessageContaining("1 to 31");
  }

  @Test
  void theRowsNamespaceGoesBeforeTheEncoders() throws UnencodableRecordException {
    assertThat(encode(row(builder -> {}), false)).startsWith("+ n test\n+ d ");
    assertThat(encode(row(builder -> builder.namespace(Texts.octets("x y"), 0, 3)), false))
        .startsWith("+ n x\\ y\n+ d ");
  }

  @Test
  void theRowsCursorMayStandAnywhere() throws UnencodableRecordException {
    RecordView row = bin(3, "s", "x");
    String text = encode(row, false);
    assertThat(text).endsWith("- S s 1 x\n");
    assertThat(row.nextBin()).isFalse();
    assertThat(encode(row, false)).isEqualTo(text);
  }

  @Test
  void scalars() throws UnencodableRecordException {
    assertThat(encode(bin(1, "i", "\377\377\377\377\377\377\377\376"), false))
        .endsWith("+ g 1\n+ t 0\n+ b 1\n- I i -2\n");
    assertThat(encode(bin(1, "i", "\377\376"), false)).endsWith("- I i 65534\n");
    assertThat(encode(bin(17, "z", "\1"), false)).endsWith("- Z z T\n");
    assertThat(encode(bin(17, "z", "\0"), false)).endsWith("- Z z F\n");
    assertThat(encode(bin(2, "d", "\100\1\0\0\0\0\0\0"), false)).endsWith("- D d 2.125\n");
    assertThat(encode(bin(3, "a b", ""), true)).endsWith("- S a\\ b 0 \n");
  }

  @Test
  void blobsAreBase64OrRaw() throws UnencodableRecordException {
    int[] types = {4, 7, 8, 9, 10, 11, 12, 18, 19, 20};
    String letters = "BJCPRHEYML";
    for (int i = 0; i < types.length; i++) {
      char letter = letters.charAt(i);
      assertThat(encode(bin(types[i], "b", "\0\1\2\377"), false))
          .endsWith("- " + letter + " b 8 AAEC/w==\n");
      assertThat(encode(bin(types[i], "b", "\0\1\n\377"), true))
          .endsWith("- " + letter + "! b 4 \0\1\n\377\n");
      assertThat(encode(bin(types[i], "b", ""), false)).endsWith("- " + letter + " b 0 \n");
    }
  }

  @Test
  void geoJsonLosesItsCells() throws UnencodableRecordException {
    assertThat(encode(bin(23, "g", "\0\0\0{}"), false)).endsWith("- G g 2 {}\n");
    assertThat(encode(bin(23, "g", "\0\0\2" + "c".repeat(16) + "{}"), true))
        .endsWith("- G g 2 {}\n");
    assertThat(encode(bin(23, "g", "\0\1\0" + "c".repeat(2048)), true)).endsWith("- G g 0 \n");
  }

  @Test
  void keys() throws UnencodableRecordException {
    assertThat(encode(key(1, "\377\377\377\377\377\377\377\377"), false)).startsWith("+ k I -1\n");
    assertThat(encode(key(2, "\101\56\204\200\0\0\0\0"), false)).startsWith("+ k D 1000000\n");
    assertThat(encode(key(2, "\0\0\0\0\0\0\0\1"), false))
        .startsWith("+ k D 0." + "0".repeat(323) + "5\n+ n ");
    assertThat(encode(key(3, "a\nb"), false)).startsWith("+ k S 3 a\nb\n");
    assertThat(encode(key(3, ""), false)).startsWith("+ k S 0 \n");
    assertThat(encode(key(4, "\1\2"), false)).startsWith("+ k B 4 AQI=\n");
    assertThat(encode(key(4, "\1\2"), true)).startsWith("+ k B 4 AQI=\n");
  }

  private static RecordView key(int type, String value) {
    byte[] octets = Texts.octets(value);
    return row(builder -> builder.key(type, octets, 0, octets.length));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 6, 13, 16, 21, 22, 24, 255})
  void particleTypesWithoutALetterAreRefused(int type) {
    RecordView row =
        row(
            builder -> {
              builder.set(Texts.octets("users"), 0, 5);
              builder.bin(ParticleType.STRING, "good", Texts.octets("x".repeat(5000)));
              builder.bin(type, "vec", new byte[9]);
            });
    UnencodableRecordException refusal = refused(row);
    assertThat(refusal.set()).isEqualTo("users");
    assertThat(refusal.bin()).isEqualTo("vec");
    assertThat(refusal.particleType()).isEqualTo(type);
    assertThat(refusal)
        .hasMessageContaining("of set 'users', bin 'vec', particle type " + type + ": ");
  }

  @Test
  void valuesThatContradictTheirTypeAreRefused() {
    assertThat(refused(bin(1, "i", "123456789"))).hasMessageContaining("integer of 9 bytes");
    assertThat(refused(bin(2, "d", "1234"))).hasMessageContaining("double of 4 bytes");
    assertThat(refused(bin(17, "z", ""))).hasMessageContaining("0 or 1");
    assertThat(refused(bin(17, "z", "\2"))).hasMessageContaining("0 or 1");
    assertThat(refused(bin(17, "z", "\0\0"))).hasMessageContaining("0 or 1");
    assertThat(refused(bin(23, "g", "\0\0"))).hasMessageContaining("cells");
    assertThat(refused(bin(23, "g", "\0\377\377{}"))).hasMessageContaining("cells");
    assertThat(refused(key(1, "123456789"))).hasMessageContaining("integer of 9 bytes");
    assertThat(refused(key(2, "1"))).hasMessageContaining("double of 1 bytes");
    assertThat(refused(key(20, "1"))).hasMessageContaining("user key, particle type 20");
  }

  @Test
  void namesAndNumbersBeyondTheServersAreRefused() {
    assertThat(refused(bin(3, "", "x"))).hasMessageContaining("bin name of 0 bytes");
    assertThat(refused(bin(3, "b".repeat(16), "x"))).hasMessageContaining("bin name of 16 bytes");
    byte[] name = new byte[64];
    assertThat(refused(row(builder -> builder.set(name, 0, 64)))).hasMessageContaining("over 63");
    assertThat(refused(row(builder -> builder.namespace(name, 0, 32))))
        .hasMessageContaining("over 31");
    assertThat(refused(row(builder -> builder.generation(65536))))
        .hasMessageContaining("0 to 65535");
  }

  @Test
  void aMalformedRowLeavesNothingBehind() {
    byte[] bytes = new byte[200];
    RecordView good = bin(3, "s", "x".repeat(100));
    System.arraycopy(Texts.row(good), 0, bytes, 0, 100);
    AsbBuffer out = new AsbBuffer(1);
    RecordView cut = new RecordView().wrap(bytes, 0, 100);
    assertThatThrownBy(() -> new AsbEncoder("test", false).record(out, cut))
        .isInstanceOf(MalformedRowException.class);
    assertThat(out.length()).isZero();
  }

  @Test
  void indexes() throws IOException {
    SecondaryIndex plain =
        new SecondaryIndex("t", "", "i x", Collection.MAP_VALUES, "b", ValueType.BLOB, "", "");
    SecondaryIndex nested =
        new SecondaryIndex("t", "s", "i", Collection.LIST, "b", ValueType.STRING, "khAA", "");
    SecondaryIndex expression =
        new SecondaryIndex("t", "s", "e", Collection.VALUE, "", ValueType.NUMERIC, "", "kgA=");
    String text = "* i t  i\\ x V 1 b B\n* i t s i L 1 b S khAA\n* e t s e N 1 null N kgA=\n";
    AsbBuffer out = new AsbBuffer(1);
    AsbEncoder encoder = new AsbEncoder("t", false);
    encoder.secondaryIndex(out, plain);
    encoder.secondaryIndex(out, nested);
    encoder.secondaryIndex(out, expression);
    assertThat(Texts.text(out.toByteArray())).isEqualTo(text);

    AsbDecoder decoder = Texts.decoder(Texts.HEADER + text);
    for (SecondaryIndex index : new SecondaryIndex[] {plain, nested, expression}) {
      assertThat(decoder.next()).isEqualTo(Item.SECONDARY_INDEX);
      assertThat(decoder.secondaryIndex()).isEqualTo(index);
    }
    assertThat(decoder.next()).isEqualTo(Item.END);
  }

  @Test
  void indexesThatNoToolReadsAreRefused() {
    AsbEncoder encoder = new AsbEncoder("t", false);
    SecondaryIndex both =
        new SecondaryIndex("t", "", "i", Collection.VALUE, "b", ValueType.BLOB, "khAA", "kgA=");
    SecondaryIndex neither =
        new SecondaryIndex("t", "", "i", Collection.VALUE, "", ValueType.BLOB, "", "");
    assertThatThrownBy(() -> encoder.secondaryIndex(new AsbBuffer(1), both))
        .hasMessageContaining("both");
    assertThatThrownBy(() -> encoder.secondaryIndex(new AsbBuffer(1), neither))
        .hasMessageContaining("neither");
  }

  @Test
  void modules() throws IOException {
    UdfModule module = new UdfModule("\u00fc x.lua", Texts.octets("\0\n" + "l".repeat(300_000)));
    AsbBuffer out = new AsbBuffer(1);
    AsbEncoder encoder = new AsbEncoder("t", false);
    encoder.header(out, FormatVersion.V3_1, true);
    encoder.udf(out, module);
    encoder.udf(out, new UdfModule("e", new byte[0]));
    AsbDecoder decoder = Texts.decoder(out.toByteArray());
    assertThat(decoder.next()).isEqualTo(Item.UDF);
    assertThat(decoder.udf()).isEqualTo(module);
    assertThat(decoder.next()).isEqualTo(Item.UDF);
    assertThat(decoder.udf().content()).isEmpty();
    assertThat(decoder.next()).isEqualTo(Item.END);
  }
}
