package org.asbeam.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.asbeam.storage.crypto.Encryption;
import org.asbeam.storage.crypto.EncryptionKey;
import org.asbeam.storage.crypto.FileEncryption;
import org.asbeam.storage.crypto.Keys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EncryptedFileTest {
  private static final Decryption KEY = Decryption.of(Keys.golden());
  private static final String PATH = "memory:/store/f.asb";

  private final MemoryStore store = new MemoryStore();
  private final BackupFileReader reader = new BackupFileReader(store, KEY);

  /** Blocks of text behind a header, and how they are stored. */
  record Written(List<byte[]> texts, Compression compression, Encryption encryption) {
    byte[] text() {
      return Samples.join(texts);
    }

    WrittenFile write(Store store) throws StoreException {
      return Samples.write(store, "f.asb", compression, Samples.encryption(encryption), texts);
    }

    @Override
    public String toString() {
      return compression + " " + encryption + " " + texts.stream().map(t -> t.length).toList();
    }
  }

  @Provide
  Arbitrary<Written> files() {
    Arbitrary<byte[]> block =
        Arbitraries.integers()
            .between(1, 70_000)
            .flatMap(
                size ->
                    Arbitraries.randoms()
                        .map(
                            random -> {
                              byte[] bytes = new byte[size];
                              random.nextBytes(bytes);
                              // Some of it can be compressed.
                              Arrays.fill(bytes, 0, size / 2, (byte) 'x');
                              return bytes;
                            }));
    return Combinators.combine(
            block.list().ofMinSize(1).ofMaxSize(6),
            Arbitraries.of(Compression.NONE, Compression.ZSTD, Compression.zstd(-3)),
            Arbitraries.of(Encryption.class))
        .as(
            (blocks, compression, encryption) -> {
              List<byte[]> texts = new ArrayList<>(blocks);
              texts.set(0, Samples.join(Samples.HEADER.getBytes(), texts.get(0)));
              return new Written(texts, compression, encryption);
            });
  }

  @Property(tries = 150)
  void whatIsWrittenIsReadWholeAndFromAnyBlock(@ForAll("files") Written file) throws Exception {
    MemoryStore fresh = new MemoryStore();
    BackupFileReader with = new BackupFileReader(fresh, KEY);
    WrittenFile written = file.write(fresh);
    byte[] stored = fresh.get("f.asb");
    assertThat(written.storedBytes()).isEqualTo(stored.length);
    assertThat(written.crc32c()).isEqualTo(Crc32c.of(stored));
    assertThat(with.codec("f.asb"))
        .isEqualTo(new FileCodec(file.compression().codec(), file.encryption()));
    assertThat(Samples.readAll(with.text("f.asb"))).isEqualTo(file.text());
    BlockIndexes.write(fresh, written.index());
    BlockIndex index = BlockIndexes.read(fresh, "f.asb").orElseThrow();
    assertThat(index).isEqualTo(written.index());
    int count = file.texts().size();
    for (int first = 0; first < count; first++) {
      assertThat(Samples.readAll(with.text(index, first, count - first)))
          .isEqualTo(Samples.join(file.texts().subList(first, count)));
      assertThat(Samples.readAll(with.text(index, first, 1))).isEqualTo(file.texts().get(first));
    }
    if (file.compression().codec() == Compression.Codec.ZSTD) {
      BlockIndex rebuilt = SeekTable.read(fresh, "f.asb", KEY).orElseThrow();
      assertThat(rebuilt.head()).isEqualTo(index.head());
      assertThat(Samples.readAll(with.text(rebuilt, count - 1, 1)))
          .isEqualTo(file.texts().get(count - 1));
    }
    assertThat(FileCheck.crc(fresh, index, () -> false).whole()).isTrue();
    assertThat(FileCheck.outsideBlocks(fresh, index)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"none,AES128", "none,AES256", "zstd,AES128", "zstd,AES256"})
  void everyFlippedByteIsFoundWithoutAKey(String compression, Encryption encryption)
      throws Exception {
    BlockIndex index = write(compression, encryption, Samples.texts(3, 60, 1)).index();
    byte[] whole = store.get("f.asb");
    for (int at = 0; at < whole.length; at++) {
      byte[] bytes = whole.clone();
      bytes[at] ^= (byte) (1 << at % 8);
      store.put("f.asb", bytes);
      FileCheck.Result result = FileCheck.crc(store, index, () -> false);
      assertThat(result.damages()).hasSize(1);
      FileCheck.Damage damage = result.damages().get(0);
      assertThat(damage.file()).isEqualTo(PATH);
      assertThat((long) at).isBetween(damage.offset(), damage.offset() + damage.length() - 1);
    }
  }

  @Test
  void aRunOfBlocksIsCheckedWithoutAKey() throws Exception {
    BlockIndex index = write("zstd", Encryption.AES256, Samples.texts(5, 60, 11)).index();
    byte[] whole = store.get("f.asb");
    Block third = index.blocks().get(2);
    byte[] bytes = whole.clone();
    bytes[(int) third.storedOffset()] ^= 1;
    store.put("f.asb", bytes);
    for (int first = 0; first <= 5; first++) {
      for (int count = 0; count <= 5 - first; count++) {
        FileCheck.Result result = FileCheck.crc(store, index, first, count, () -> false);
        boolean hit = first <= 2 && 2 < first + count;
        assertThat(result.damages()).hasSize(hit ? 1 : 0);
        assertThat(result.bytes())
            .isEqualTo(
                index.blocks().subList(first, first + count).stream()
                    .mapToLong(Block::storedLength)
                    .sum());
        if (hit) {
          FileCheck.Damage damage = result.damages().get(0);
          assertThat(damage.offset()).isEqualTo(third.storedOffset());
          assertThat(damage.what()).startsWith("block 2 of 5 has the checksum");
        }
      }
    }
    store.put("f.asb", Arrays.copyOf(whole, (int) third.storedOffset()));
    assertThat(FileCheck.crc(store, index, 1, 1, () -> false).whole()).isTrue();
    assertThat(FileCheck.crc(store, index, 3, 2, () -> false).damages())
        .singleElement()
        .asString()
        .endsWith("missing: the file ends at byte " + third.storedOffset());
    assertThat(FileCheck.crc(store, index, 1, 2, () -> true).complete()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"none,AES128", "none,AES256", "zstd,AES128", "zstd,AES256"})
  void aFlippedBitOfABlockIsAnErrorThatNamesFileAndOffset(String compression, Encryption encryption)
      throws Exception {
    BlockIndex index = write(compression, encryption, Samples.texts(3, 60, 2)).index();
    byte[] whole = store.get("f.asb");
    for (Block block : index.blocks()) {
      for (long at : new long[] {block.storedOffset(), block.storedEnd() - 1}) {
        byte[] bytes = whole.clone();
        bytes[(int) at] ^= 1;
        store.put("f.asb", bytes);
        // At the first byte of a file's text the flipped bit is taken for a wrong key.
        boolean start = at == EncryptedHead.LENGTH;
        assertThatThrownBy(() -> Samples.readAll(reader.text(index)))
            .isInstanceOfSatisfying(
                DamagedFileException.class,
                e -> assertThat(e.offset()).isEqualTo(start ? 0 : block.storedOffset()))
            .hasMessageStartingWith(PATH + ": at byte ");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"none,AES128", "none,AES256", "zstd,AES128", "zstd,AES256"})
  void noCutIsTakenForAnEnd(String compression, Encryption encryption) throws Exception {
    BlockIndex index = write(compression, encryption, Samples.texts(3, 60, 3)).index();
    byte[] whole = store.get("f.asb");
    for (int length = 0; length < whole.length; length++) {
      store.put("f.asb", Arrays.copyOf(whole, length));
      assertThat(FileCheck.crc(store, index, () -> false).whole()).isFalse();
      if (length < index.trailerOffset()) {
        assertThatThrownBy(() -> Samples.readAll(reader.text(index)))
            .isInstanceOf(DamagedFileException.class)
            .hasMessageStartingWith(PATH + ": at byte ");
      }
      // One to three bytes may be the start of anything.
      if (length == 0 || length > 3 && length < 24) {
        int cut = length;
        assertThatThrownBy(() -> Samples.readAll(reader.text("f.asb")))
            .isInstanceOfSatisfying(
                DamagedFileException.class, e -> assertThat(e.offset()).isEqualTo(cut))
            .hasMessageContaining(length == 0 ? "the file is empty" : "the file ends here");
      }
    }
  }

  @Test
  void aCutZstdFrameUnderTheEncryptionIsDamage() throws Exception {
    BlockIndex index = write("zstd", Encryption.AES128, Samples.texts(2, 5_000, 4)).index();
    byte[] whole = store.get("f.asb");
    Block second = index.blocks().get(1);
    store.put("f.asb", Arrays.copyOf(whole, (int) second.storedEnd() - 1));
    assertThatThrownBy(() -> Samples.readAll(reader.text("f.asb")))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageStartingWith(PATH + ": at byte " + (second.storedEnd() - 1) + ": the file ends")
        .hasMessageContaining("frame that starts at byte " + second.storedOffset());
  }

  @Test
  void withoutTheKeyNothingIsRead() throws Exception {
    BlockIndex index = write("zstd", Encryption.AES256, Samples.texts(2, 500, 5)).index();
    BackupFileReader without = new BackupFileReader(store);
    BackupFileReader wrong = new BackupFileReader(store, Decryption.of(Keys.other()));
    assertThat(without.detect("f.asb")).isEqualTo(FileKind.UNKNOWN);
    for (Reading read : readings(index)) {
      assertThatThrownBy(() -> read.of(without))
          .isInstanceOf(ForeignFileException.class)
          .hasMessageContaining("encrypted with a key that is needed, or no backup file");
      assertThatThrownBy(() -> read.of(wrong))
          .isInstanceOf(ForeignFileException.class)
          .hasMessageContaining("wrong key, or not a backup");
    }
  }

  @Test
  void aWordThatContradictsTheBytesIsAnError() throws Exception {
    BlockIndex encrypted = write("zstd", Encryption.AES256, Samples.texts(1, 500, 6)).index();
    assertSaid(KEY.withEncryption(Encryption.AES128), encrypted, "is encrypted with AES256, but");
    assertSaid(KEY.withCompression(Compression.Codec.NONE), encrypted, "is compressed with zstd");
    assertSaid(
        Decryption.none().withEncryption(Encryption.NONE), encrypted, "is encrypted, or no backup");
    KEY.withEncryption(Encryption.AES256).withCompression(Compression.Codec.ZSTD);
    store.delete("f.asb");
    BlockIndex plain = write("none", Encryption.NONE, Samples.texts(1, 500, 6)).index();
    assertSaid(
        KEY.withEncryption(Encryption.AES256), plain, "is not encrypted, but encryption AES");
    assertSaid(KEY.withCompression(Compression.Codec.ZSTD), plain, "is not compressed, but");
    // A key alone says nothing of the file.
    assertThat(Samples.readAll(reader.text("f.asb"))).hasSizeGreaterThan(500);
  }

  @Test
  void aWordThatFitsIsNone() throws Exception {
    BlockIndex index = write("zstd", Encryption.AES128, Samples.texts(1, 500, 7)).index();
    Decryption said = KEY.withEncryption(Encryption.AES128).withCompression(Compression.Codec.ZSTD);
    for (Reading read : readings(index)) {
      assertThat(read.of(new BackupFileReader(store, said))).hasSizeGreaterThan(500);
    }
    assertThat(said.warnings()).isEmpty();
  }

  @Test
  void aKeyOfTheCToolIsTriedLastAndWarnedOf() throws Exception {
    EncryptionKey other = Keys.other();
    EncryptionKey raw = Keys.rawOf(Keys.der("pkcs1"));
    write("none", Encryption.AES128, Samples.texts(1, 500, 8));
    Decryption both = Decryption.of(List.of(other, raw));
    assertThat(Samples.readAll(new BackupFileReader(store, both).text("f.asb")))
        .startsWith(Samples.HEADER.getBytes());
    assertThat(both.warnings()).singleElement().asString().contains("environment variable");
    assertThatThrownBy(() -> FileEncryption.of(Encryption.AES128, raw))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aManifestProvesTheKeyBeforeAnythingIsRead() throws Exception {
    String id = Keys.golden().id();
    String check = Keys.golden().checkValue();
    Decryption proved =
        Decryption.of(List.of(Keys.other(), Keys.golden()))
            .provedBy("/b", Encryption.AES256, id, check);
    assertThat(proved.provedKey().orElseThrow().id()).isEqualTo(id);
    assertThatThrownBy(
            () -> Decryption.of(Keys.other()).provedBy("/b", Encryption.AES256, id, check))
        .isInstanceOfSatisfying(
            CodecException.class,
            e -> assertThat(e.kind()).isEqualTo(CodecException.Kind.WRONG_KEY))
        .hasMessage("/b: wrong key: the given one has the id other, the backup's has the id " + id);
    assertThatThrownBy(() -> Decryption.none().provedBy("/b", Encryption.AES128, id, check))
        .isInstanceOfSatisfying(
            CodecException.class,
            e -> assertThat(e.kind()).isEqualTo(CodecException.Kind.KEY_NEEDED))
        .hasMessageContaining("is encrypted with AES128; give the key, which has the id " + id);
    assertThatThrownBy(
            () -> KEY.withEncryption(Encryption.AES128).provedBy("/b", Encryption.NONE, "", ""))
        .hasMessageContaining("is not encrypted, but encryption AES128 was said");
  }

  @Test
  void aProvedKeyNeedsNoLookAtTheFile() throws Exception {
    List<byte[]> texts = Samples.texts(2, 500, 9);
    BlockIndex index = write("zstd", Encryption.AES256, texts).index();
    byte[] bytes = store.get("f.asb");
    Arrays.fill(bytes, 0, EncryptedHead.LENGTH, (byte) 0);
    store.put("f.asb", bytes);
    Decryption proved =
        KEY.provedBy("/b", Encryption.AES256, Keys.golden().id(), Keys.golden().checkValue());
    assertThat(Samples.readAll(new BackupFileReader(store, proved).text(index)))
        .isEqualTo(Samples.join(texts));
    assertThat(FileCheck.outsideBlocks(store, index))
        .singleElement()
        .asString()
        .startsWith(PATH + ": bytes 0 to 16: what an encrypted file starts with has the checksum");
  }

  @Test
  void anIndexOfAnotherFileIsNotBelieved() throws Exception {
    List<byte[]> texts = Samples.texts(1, 500, 10);
    BlockIndex first = write("none", Encryption.AES256, texts).index();
    store.delete("f.asb");
    write("none", Encryption.AES256, texts);
    assertThatThrownBy(() -> Samples.readAll(reader.text(first)))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining("starts with other bytes than were written");
  }

  private WrittenFile write(String compression, Encryption encryption, List<byte[]> texts)
      throws StoreException {
    return Samples.write(
        store, "f.asb", Compression.parse(compression), Samples.encryption(encryption), texts);
  }

  private interface Reading {
    byte[] of(BackupFileReader reader) throws IOException;
  }

  private static List<Reading> readings(BlockIndex index) {
    return List.of(
        reader -> Samples.readAll(reader.text("f.asb")),
        reader -> Samples.readAll(reader.text(index)));
  }

  private void assertSaid(Decryption said, BlockIndex index, String message) throws Exception {
    for (Reading read : readings(index)) {
      assertThatThrownBy(() -> read.of(new BackupFileReader(store, said)))
          .isInstanceOfSatisfying(
              CodecException.class,
              e -> assertThat(e.kind()).isEqualTo(CodecException.Kind.CONTRADICTION))
          .hasMessageStartingWith(PATH + ": " + message);
    }
    try (InputStream bytes = store.read("f.asb", 0)) {
      assertThatThrownBy(() -> BackupFileReader.text(bytes, "standard input", said))
          .isInstanceOf(CodecException.class)
          .hasMessageStartingWith("standard input: " + message);
    }
  }
}
