package org.asbeam.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of damage, with the place and the words it is reported by. */
class ErrorsTest {
  /** Reads a text in which a {@code ^} stands before the octet that must be named. */
  private static AsbFormatException damageAt(String marked) {
    int offset = marked.indexOf('^');
    String text = marked.substring(0, offset) + marked.substring(offset + 1);
    AsbFormatException damage =
        catchThrowableOfType(AsbFormatException.class, () -> Texts.rows(Texts.decoder(text)));
    assertThat(damage).as(marked).isNotNull();
    assertThat(damage.offset()).as(damage.getMessage()).isEqualTo(offset);
    assertThat(damage.line())
        .isEqualTo(text.substring(0, offset).chars().filter(c -> c == '\n').count() + 1);
    assertThat(damage.column()).isEqualTo(offset - text.lastIndexOf('\n', offset - 1));
    return damage;
  }

  private static AsbFormatException inFile(String marked) {
    return damageAt(Texts.HEADER + marked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^",
        "V^",
        "Version ^3.3\n",
        "Version ^3.10\n",
        "Version ^3.1\r\n",
        "Version ^2.9\n",
        "Version 3.1^",
        "Version ^3,1\n",
        "^version 3.1\n",
        "^\nVersion 3.1\n",
        "Version ^x.1\n",
        "Version 3.1\n# ^name test\n",
        "Version 3.1\n#^x\n",
        "Version 3.1\n# first-file^ \n",
        "Version 3.1\n# namespace ^\n",
        "Version 3.1\n# namespace ^aaaaaaaaaabbbbbbbbbbccccccccccdd\n",
        "Version 3.1\n# namespace test^",
        "Version 3.1\n# ^last-file\n"
      })
  void headers(String marked) {
    damageAt(marked);
  }

  @Test
  void headersOfOtherFilesGetAHint() {
    assertThat(damageAt("^UNFINISHED backup\n")).hasMessageContaining("never finished: resume");
    assertThat(damageAt("^\u0028\u00b5\u002f\u00fd....")).hasMessageContaining("zstd");
    assertThat(damageAt("^\u0001\u0002......")).hasMessageContaining("encrypted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^x\n",
        "^\n",
        "^ + n test\n",
        "^- I a 1\n",
        "^\r\n",
        "^+ x 1\n",
        "^+ d x\n",
        "^+  n test\n",
        "^+n test\n",
        "+ n test\n^+ n test\n",
        "+ n test\n^- I a 1\n",
        "+ n ^\n",
        "+ k I 1\n^+ k I 1\n",
        "+ k I 1\n^+ s x\n",
        "+ n ^aaaaaaaaaabbbbbbbbbbccccccccccdd\n",
        "+ k ^Z T\n",
        "+ k ^N\n",
        "+ k ^L 0 \n",
        "+ k I ^\n",
        "+ k I ^-\n",
        "+ k I ^+5\n",
        "+ k I ^9223372036854775808\n",
        "+ k I ^-9223372036854775809\n",
        "+ k I 5^ \n",
        "+ k I ^99999999999999999999999\n",
        "+ k I 0^x1\n",
        "+ k I ^ 1\n",
        "+ k D ^1x\n",
        "+ k D ^\n",
        "+ k D ^1e999\n",
        "+ k S ^x abc\n",
        "+ k S 3 abc^d\n",
        "+ k S 3^\n",
        "+ k B ^3 abc\n",
        "+ k B 4 ^ab=c\n",
        "+ k B 4 abcd^\r\n",
        "+ k B! 4 abcd^e\n",
        "+ k X 4 ^a_cd\n",
        "+ k S ^-1 \n",
        "+ k I^? 1\n"
      })
  void recordHeads(String marked) {
    assertThat(inFile(marked).digest()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+ d ^\n+ s abcdefghijklmnopqrstuvwxyz\n", "+ d ^2lnSyBNX5BZbUM718f6qBTrn/f=\n+ g 1\n",
        "+ d ^2lnSyBNX5BZbUM718f6qBTrn_fk=\n", "+ d ^2lnSyBNX5BZbUM718f6qBTrn/fkA\n",
        "+ d ^2lnSyBNX5BZbUM718f6qBTrn/f==\n", "+ d ^2lnS\n5BZbUM718f6qBTrn/fk=aaaaaa\n",
        "+ d 2lnSyBNX5BZbUM718f6qBTrn/fk=^=\n", "+ d 2lnSyBNX5BZbUM718f6qBTrn/fk=^ \n",
        "+ d 2lnSyBN^"
      })
  void digests(String marked) {
    assertThat(inFile("+ n test\n" + marked).digest()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^+ t 0\n",
        "^+ n x\n",
        "+ g ^65536\n",
        "+ g ^-1\n",
        "+ g ^\n",
        "+ g 1^ \n",
        "+ s ^aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggg\n",
        "+ s x\n^+ s x\n",
        "+ g 1\n^+ g 1\n",
        "+ g 1\n^+ b 1\n",
        "+ g 1\n+ t ^-1\n",
        "+ g 1\n+ t ^4294967296\n",
        "+ g 1\n+ t 0\n+ b ^65536\n",
        "+ g 1\n+ t 0\n+ b ^-1\n",
        "+ g 1\n+ t 0\n^- I a 1\n",
        "+ g 1\n+ t 0\n+ b 1\n^+ n test\n",
        "+ g 1\n+ t 0\n+ b 1\n^"
      })
  void behindTheDigest(String marked) {
    AsbFormatException damage = inFile("+ n test\n+ d " + Texts.DIGEST + "\n" + marked);
    assertThat(damage.digest()).isEqualTo(Base64.getDecoder().decode(Texts.DIGEST));
    assertThat(damage).hasMessageContaining("record da59d2c81357e4165b50cef5f1feaa053ae7fdf9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- ^Q a 1\n",
        "- ^U a 1\n",
        "-^I a 1\n",
        "^ - I a 1\n",
        "- I^\n",
        "- I ^ 1\n",
        "- I a^\n",
        "- I a ^\n",
        "- I a 1^.5\n",
        "- I a ^x\n",
        "- I a ^+1\n",
        "- I a 1^\r\n",
        "- I ^aaaaaaaaaabbbbbb 1\n",
        "- Z a ^t\n",
        "- Z a ^1\n",
        "- Z a T^ \n",
        "- Z a ^\n",
        "- N a^ \n",
        "- N ^\n",
        "- N ^aaaaaaaaaabbbbbb\n",
        "- N a^ 1\n",
        "- D a ^1d\n",
        "- D a ^\n",
        "- D a ^0x1p-2\n",
        "- D a ^1_0\n",
        "- S a 3 abc^d\n",
        "- S a 3 a^",
        "- S a^\n",
        "- S a 0^\n",
        "- S a ^-1 \n",
        "- S a 1 ^",
        "- S a ^99999999999999999999 \n",
        "- S a ^134283265 \n",
        "- B a ^3 abc\n",
        "- B a ^5 YW\rJj\n",
        "- B a 4 ^Y\nJj\n",
        "- B a 8 AAAA^A=AA\n",
        "- B a 8 ^AA==AAAA\n",
        "- B a 4 AAAA^A\n",
        "- B a ^179044356 \n",
        "- X! a 4 ^a_cd\n",
        "- L! a 3 abc^d\n",
        "- M a 4 AAA^",
        "- B^? a 1\n",
        "- I a\\^"
      })
  void bins(String marked) {
    AsbFormatException damage = inFile(Texts.record(marked));
    assertThat(damage.digest()).isNotNull();
  }

  @Test
  void ldtsAreNamed() {
    assertThat(inFile(Texts.record("- ^U a 4 AAAA\n"))).hasMessageContaining("large data types");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* ^x a b c\n",
        "*^i a\n",
        "* i^\n",
        "* i ^ s i N 1 b N\n",
        "* i t s ^ N 1 b N\n",
        "* i t s i ^X 1 b N\n",
        "* i t s i N ^0 b N\n",
        "* i t s i N ^2 b N c S\n",
        "* i t s i N ^x b N\n",
        "* i t s i N 1 ^ N\n",
        "* i t s i N 1 b ^X\n",
        "* i t s i N 1 b N^x\n",
        "* i t s i N 1 b N ^a_cd\n",
        "* i t s i N 1 b N ^abc\n",
        "* i t s i N 1 b N^",
        "* i t s i^\n",
        "* i t^\n",
        "* e t s i N 1 null N^\n",
        "* e t s i N 1 null N ^\n",
        "* e t s i N 1 null N ^a b\n",
        "* u ^P a.py 0 \n",
        "* u L ^ 0 \n",
        "* u L a.lua ^x \n",
        "* u L a.lua ^16777217 \n",
        "* u L a.lua 3 abc^d\n",
        "* u L a.lua 3 ab^",
        "* u^\n"
      })
  void globalLines(String marked) {
    assertThat(inFile(marked).digest()).isNull();
  }

  @Test
  void globalNamesBeyondTheLimits() {
    inFile("* i ^" + "n".repeat(32) + " s i N 1 b N\n");
    inFile("* i t ^" + "s".repeat(64) + " i N 1 b N\n");
    inFile("* i t s ^" + "i".repeat(256) + " N 1 b N\n");
    inFile("* i t s i N 1 ^" + "b".repeat(16) + " N\n");
    inFile("* u L ^" + "m".repeat(256) + " 0 \n");
  }

  @Test
  void theMessageSaysWhereWhatAndWhatToDo() {
    assertThat(inFile(Texts.record("- I a ^1" + "0".repeat(30) + "\n")))
        .hasMessage(
            "file.asb: line 8, column 7, byte 95: expected an integer of 64 bits, found"
                + " '100000000000000000000000...', in record"
                + " da59d2c81357e4165b50cef5f1feaa053ae7fdf9; the file is damaged: restore from"
                + " another copy of it, or from another backup");
    assertThat(inFile("^\u00ff\\\u0001\n").found()).isEqualTo("'\\xff\\x5c\\x01\\x0a'");
  }

  @Test
  void insideAFileLinesAreUnknown() {
    byte[] text = Texts.octets("+ n test\nx");
    AsbDecoder decoder =
        AsbDecoder.inside(
            new ByteArrayInputStream(text), "file.asb", FormatVersion.V3_1, "test", 1000);
    AsbFormatException damage = catchThrowableOfType(AsbFormatException.class, decoder::next);
    assertThat(damage.line()).isZero();
    assertThat(damage.column()).isEqualTo(1);
    assertThat(damage.offset()).isEqualTo(1009);
    assertThat(damage).hasMessageStartingWith("file.asb: byte 1009: expected '+ d '");
  }

  @Test
  void damageCanBeSentBetweenWorkers() throws IOException, ClassNotFoundException {
    AsbFormatException damage = inFile(Texts.record("- I a ^x\n"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(damage);
    AsbFormatException copy =
        (AsbFormatException)
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    assertThat(copy).hasMessage(damage.getMessage());
    assertThat(copy.offset()).isEqualTo(damage.offset());
    assertThat(copy.digest()).isEqualTo(damage.digest());
    assertThat(copy.expected()).isEqualTo(damage.expected());
  }

  @ParameterizedTest
  @CsvSource({"- I a 007,7", "- I a -0,0", "- I a -007,-7", "- I a 00000000000000000000001,1"})
  void zerosInFrontAreHarmless(String line, long value) throws IOException {
    RecordView row = Texts.only(Texts.HEADER + Texts.record(line + "\n"));
    assertThat(Octets.longBig(Texts.value(row), 0)).isEqualTo(value);
  }
}
