package org.asbeam.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.asbeam.format.AsbDecoder.Item;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What asbeam never writes and others do or did: format 3.0, nil bins, other spellings. */
class ReadOnlyFormsTest {
  private static String value(String line) throws IOException {
    return Texts.text(Texts.value(Texts.only(Texts.HEADER + Texts.record(line + "\n"))));
  }

  @Test
  void format30HasNoEscapes() throws IOException {
    AsbDecoder decoder =
        Texts.decoder(
            "Version 3.0\n# namespace te\\st\n+ k S 2 ab\n+ n te\\st\n+ d "
                + Texts.DIGEST
                + "\n+ s my set\\\n+ g 1\n+ t 5\n+ b 2\n- S a\\ 1 x\n- N b\\\n");
    assertThat(decoder.version()).isEqualTo(FormatVersion.V3_0);
    assertThat(decoder.namespace()).isEqualTo("te\\st");
    assertThat(decoder.next()).isEqualTo(Item.RECORD);
    RecordView row = decoder.record();
    assertThat(row.set()).isEqualTo("my set\\");
    assertThat(row.nextBin()).isTrue();
    assertThat(row.binName()).isEqualTo("a\\");
    assertThat(row.nextBin()).isFalse();
    assertThat(decoder.next()).isEqualTo(Item.END);
  }

  @Test
  void format30HasNoGlobalLines() throws IOException {
    AsbDecoder decoder = Texts.decoder("Version 3.0\n* i t s i N 1 b N\n");
    assertThatThrownBy(decoder::next)
        .isInstanceOf(AsbFormatException.class)
        .hasMessageContaining("byte 12: expected a record ('+') or the end");
  }

  @Test
  void metadataInAnyOrderRepeatedOrAbsent() throws IOException {
    assertThat(Texts.decoder("Version 3.2\n").next()).isEqualTo(Item.END);
    assertThat(Texts.decoder("Version 3.2\n").namespace()).isEmpty();
    AsbDecoder decoder =
        Texts.decoder("Version 3.1\n# first-file\n# namespace a\n# first-file\n# namespace b c\n");
    assertThat(decoder.namespace()).isEqualTo("b c");
    assertThat(decoder.firstFile()).isTrue();
    assertThat(decoder.next()).isEqualTo(Item.END);
  }

  @ParameterizedTest
  @CsvSource({
    "- X a 4 YWIK,3,'ab\n'",
    "- X! a 4 YWIK,3,'ab\n'",
    "- S! a 2 xy,3,xy",
    "- G! a 2 {},23,'\0\0\0{}'",
    "- Z! a T,17,'\1'",
    "- I! a 1,1,'\0\0\0\0\0\0\0\1'",
    "- D! a 2,2,'@\0\0\0\0\0\0\0'",
    "- D a -nan,2,'\u007f\u00f8\0\0\0\0\0\0'",
    "- D a -inf,2,'\u00ff\u00f0\0\0\0\0\0\0'",
    "- B a 4 AB==,4,'\0'"
  })
  void otherSpellings(String line, int type, String expected) throws IOException {
    RecordView row = Texts.only(Texts.HEADER + Texts.record(line + "\n"));
    assertThat(Texts.text(Texts.value(row))).isEqualTo(expected);
    row.rewind();
    assertThat(row.nextBin()).isTrue();
    assertThat(row.binType()).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({
    "I! 5,1,'\0\0\0\0\0\0\0\5'",
    "D! 1e+00,2,'?\u00f0\0\0\0\0\0\0'",
    "D nan,2,'\u007f\u00f8\0\0\0\0\0\0'",
    "S! 2 ab,3,ab",
    "X 4 YWIK,3,'ab\n'",
    "X! 4 YWIK,3,'ab\n'",
    "B! 2 ab,4,ab",
    "B 0 ,4,''",
    "S 0 ,3,''"
  })
  void keys(String key, int type, String expected) throws IOException {
    String blank = key.endsWith(" 0") ? " " : "";
    RecordView row = Texts.only(Texts.HEADER + "+ k " + key + blank + "\n" + Texts.record());
    assertThat(row.keyType()).isEqualTo(type);
    byte[] value = new byte[row.keyLength()];
    System.arraycopy(row.buffer(), row.keyOffset(), value, 0, value.length);
    assertThat(Texts.text(value)).isEqualTo(expected);
  }

  @Test
  void nilBinsAreLeftOutAndCounted() throws IOException {
    AsbDecoder decoder =
        Texts.decoder(
            Texts.HEADER
                + Texts.record("- N a\n", "- I b 1\n", "- N! c\\ d\n")
                + Texts.record("- N a\n"));
    assertThat(decoder.next()).isEqualTo(Item.RECORD);
    assertThat(decoder.record().binCount()).isEqualTo(1);
    assertThat(decoder.next()).isEqualTo(Item.RECORD);
    assertThat(decoder.record().binCount()).isZero();
    assertThat(decoder.next()).isEqualTo(Item.END);
    assertThat(decoder.nilBins()).isEqualTo(3);
  }

  @Test
  void namesWithRawBlanksAndAnyEscapedOctet() throws IOException {
    RecordView row =
        Texts.only(
            Texts.HEADER
                + "+ n my ns\n+ d "
                + Texts.DIGEST
                + "\n+ s \\a b\\\nc\u0000\n+ g 0\n+ t 4294967295\n+ b 1\n- I \\x\\ \\\n 1\n");
    assertThat(row.set()).isEqualTo("a b\nc\u0000");
    assertThat(row.voidTime()).isEqualTo(4294967295L);
    assertThat(row.generation()).isZero();
    assertThat(row.nextBin()).isTrue();
    assertThat(row.binName()).isEqualTo("x \n");
  }

  @Test
  void anEmptySetIsTheNullSet() throws IOException {
    RecordView row = Texts.only(Texts.HEADER + Texts.record().replace("\n+ g", "\n+ s \n+ g"));
    assertThat(row.setLength()).isZero();
    // A field of no octets would select an empty name instead of no set.
    assertThat(Texts.row(row)).isEqualTo(Texts.row(Texts.only(Texts.HEADER + Texts.record())));
  }

  @Test
  void stringsKeepAnyOctets() throws IOException {
    assertThat(value("- S a 6 \0\r\n\u00ff\\ ")).isEqualTo("\0\r\n\u00ff\\ ");
  }

  @ParameterizedTest
  @CsvSource({
    "'* i t null i N 1 b N',null,b,''",
    "'* i t s i N 1 null N',s,null,''",
    "'* i t s i N 1 b N ',s,b,''",
    "'* i t s i N 01 b N khAA',s,b,khAA",
    "'* e t s i N 1 null N kgA=',s,'',''",
    "'* e t s i N 1  N kgA=',s,'',''",
    "'* e t s i N 1 b N kgA=',s,b,''"
  })
  void indexLines(String line, String set, String bin, String context) throws IOException {
    AsbDecoder decoder = Texts.decoder(Texts.HEADER + line + "\n");
    assertThat(decoder.next()).isEqualTo(Item.SECONDARY_INDEX);
    SecondaryIndex index = decoder.secondaryIndex();
    assertThat(index.set()).isEqualTo(set);
    assertThat(index.bin()).isEqualTo(bin);
    assertThat(index.context()).isEqualTo(context);
    assertThat(index.isOnExpression()).isEqualTo(line.startsWith("* e"));
    assertThat(decoder.next()).isEqualTo(Item.END);
  }
}
