package org.asbeam.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage is found by the index: by the check, and by readers of blocks. */
final class FileCheckTest {
  private static final String FILE = "f.asb";

  private final MemoryStore store = new MemoryStore();
  private final BackupFileReader reader = new BackupFileReader(store);

  @ParameterizedTest
  @ValueSource(strings = {"none", "zstd"})
  void aWholeFileIsWhole(String compression) throws Exception {
    BlockIndex index = write(compression, 4, 700_000);
    FileCheck.Result result = check(index);
    assertThat(result.whole()).isTrue();
    assertThat(result.bytes()).isEqualTo(index.storedBytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "zstd"})
  void everyFlippedBitIsFoundInItsBlock(String compression) throws Exception {
    BlockIndex index = write(compression, 3, 150);
    byte[] whole = store.get(FILE);
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] bytes = whole.clone();
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      store.put(FILE, bytes);
      FileCheck.Result result = check(index);
      assertThat(result.complete()).isTrue();
      assertThat(result.damages()).hasSize(1);
      FileCheck.Damage damage = result.damages().get(0);
      assertThat((long) bit / 8).isBetween(damage.offset(), damage.offset() + damage.length() - 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "zstd"})
  void everyCutIsFound(String compression) throws Exception {
    BlockIndex index = write(compression, 3, 150);
    byte[] whole = store.get(FILE);
    byte[] text = Samples.readAll(reader.text(index));
    for (int length = 0; length < whole.length; length++) {
      store.put(FILE, Arrays.copyOf(whole, length));
      FileCheck.Result result = check(index);
      assertThat(result.whole()).isFalse();
      assertThat(result.damages().get(0).what()).contains("the file ends at byte " + length);
      if (length < index.trailerOffset()) {
        assertThatThrownBy(() -> Samples.readAll(reader.text(index)))
            .isInstanceOf(DamagedFileException.class)
            .hasMessageContaining("the file ends");
      } else {
        assertThat(Samples.readAll(reader.text(index))).isEqualTo(text);
      }
    }
  }

  @Test
  void allDamageIsFound() throws Exception {
    BlockIndex index = write("zstd", 6, 5_000);
    byte[] bytes = Arrays.copyOf(store.get(FILE), (int) index.storedBytes() + 9);
    for (int i : new int[] {1, 4}) {
      bytes[(int) index.blocks().get(i).storedOffset() + 20] ^= 1;
    }
    bytes[(int) index.storedBytes() - 1] ^= 1;
    store.put(FILE, bytes);
    List<FileCheck.Damage> damages = check(index).damages();
    assertThat(damages).hasSize(4);
    assertThat(damages.get(0).what()).startsWith("block 1 of 6 has the checksum");
    assertThat(damages.get(0).offset()).isEqualTo(index.blocks().get(1).storedOffset());
    assertThat(damages.get(1).what()).startsWith("block 4 of 6");
    assertThat(damages.get(2).what()).startsWith("the seek table");
    assertThat(damages.get(3).length()).isEqualTo(9);
    assertThat(damages.get(3).toString())
        .isEqualTo(
            "memory:/store/f.asb: bytes "
                + index.storedBytes()
                + " to "
                + (index.storedBytes() + 9)
                + ": more than the "
                + index.storedBytes()
                + " bytes that were written");
  }

  @Test
  void blocksBehindACutAreMissing() throws Exception {
    BlockIndex index = write("none", 4, 1_000);
    long cut = index.blocks().get(2).storedOffset() + 5;
    store.put(FILE, Arrays.copyOf(store.get(FILE), (int) cut));
    assertThat(check(index).damages())
        .extracting(FileCheck.Damage::what)
        .containsExactly(
            "block 2 of 4 is cut: the file ends at byte " + cut,
            "block 3 of 4 is missing: the file ends at byte " + cut);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "zstd"})
  void noTextOfADamagedBlockIsGivenOut(String compression) throws Exception {
    BlockIndex index = write(compression, 3, 2_000);
    byte[] text = Samples.readAll(reader.text(index));
    Block second = index.blocks().get(1);
    byte[] bytes = store.get(FILE);
    bytes[(int) second.storedEnd() - 1] ^= 1;
    store.put(FILE, bytes);
    try (var in = reader.text(index)) {
      assertThat(in.readNBytes((int) second.textOffset()))
          .isEqualTo(Arrays.copyOf(text, (int) second.textOffset()));
      assertThatThrownBy(in::read)
          .isInstanceOfSatisfying(
              DamagedFileException.class,
              e -> {
                assertThat(e.offset()).isEqualTo(second.storedOffset());
                assertThat(e).hasMessageContaining("checksum");
              });
    }
    // The others can still be read.
    assertThat(Samples.readAll(reader.text(index, 2, 1)))
        .isEqualTo(Arrays.copyOfRange(text, (int) second.textEnd(), text.length));
  }

  @Test
  void aCheckStops() throws Exception {
    BlockIndex index = write("none", 4, 500_000);
    AtomicInteger looks = new AtomicInteger();
    FileCheck.Result result = FileCheck.crc(store, index, () -> looks.incrementAndGet() > 3);
    assertThat(result.complete()).isFalse();
    assertThat(result.whole()).isFalse();
    assertThat(result.damages()).isEmpty();
    assertThat(result.bytes()).isBetween(1L, index.storedBytes() - 1);
  }

  @Test
  void aMissingFileAndARebuiltIndexAreNoDamage() throws Exception {
    BlockIndex index = write("zstd", 1, 100);
    BlockIndex rebuilt = SeekTable.read(store, FILE).orElseThrow();
    assertThatThrownBy(() -> check(rebuilt)).isInstanceOf(IllegalArgumentException.class);
    store.delete(FILE);
    assertThatThrownBy(() -> check(index))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.NOT_FOUND));
  }

  private BlockIndex write(String compression, int blocks, int length) throws StoreException {
    return Samples.write(
            store, FILE, Compression.parse(compression), Samples.texts(blocks, length, 1))
        .index();
  }

  private FileCheck.Result check(BlockIndex index) throws IOException {
    return FileCheck.crc(store, index, () -> false);
  }
}
