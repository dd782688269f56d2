package org.asbeam.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SeekTableTest {
  private final MemoryStore store = new MemoryStore();
  private final BackupFileReader reader = new BackupFileReader(store);

  @Test
  void isWhatTheSpecificationOfTheSeekableFormatSays() throws Exception {
    List<byte[]> texts = Samples.texts(4, 3_000, 1);
    BlockIndex index = Samples.write(store, "f", Compression.ZSTD, texts).index();
    ByteBuffer file = ByteBuffer.wrap(store.get("f")).order(ByteOrder.LITTLE_ENDIAN);
    int size = file.capacity();
    assertThat(file.getInt(size - 4)).isEqualTo(0x8F92EAB1);
    int descriptor = file.get(size - 5);
    assertThat(descriptor).as("no checksums, reserved bits zero").isZero();
    int frames = file.getInt(size - 9);
    int tableSize = 8 * frames + 9;
    int start = size - tableSize - 8;
    assertThat(file.getInt(start)).isEqualTo(0x184D2A5E);
    assertThat(file.getInt(start + 4)).isEqualTo(tableSize);
    int stored = 0;
    int text = 0;
    for (int i = 0; i < frames; i++) {
      int magic = file.getInt(stored);
      int storedLength = file.getInt(start + 8 + 8 * i);
      int textLength = file.getInt(start + 12 + 8 * i);
      if (i < 4) {
        assertThat(magic).isEqualTo(0xFD2FB528);
        assertThat(storedLength).isEqualTo(index.blocks().get(i).storedLength());
        assertThat(textLength).isEqualTo(texts.get(i).length);
      } else {
        assertThat(magic).isEqualTo(0x184D2A5D);
        assertThat(textLength).isZero();
      }
      stored += storedLength;
      text += textLength;
    }
    assertThat(stored).as("the frames fill the file up to the table").isEqualTo(start);
    assertThat(text).isEqualTo(Samples.join(texts).length);
  }

  @Test
  void theIndexIsRebuilt() throws Exception {
    List<byte[]> texts = Samples.texts(5, 3_000, 2);
    BlockIndex index = Samples.write(store, "f", Compression.ZSTD, texts).index();
    BlockIndex rebuilt = SeekTable.read(store, "f").orElseThrow();
    assertThat(rebuilt.rebuilt()).isTrue();
    assertThat(rebuilt.storedBytes()).isEqualTo(index.storedBytes());
    assertThat(rebuilt.textBytes()).isEqualTo(index.textBytes());
    assertThat(rebuilt.blocks()).hasSize(5);
    for (int i = 0; i < 5; i++) {
      assertThat(rebuilt.blocks().get(i).storedOffset())
          .isEqualTo(index.blocks().get(i).storedOffset());
      assertThat(rebuilt.blocks().get(i).textOffset())
          .isEqualTo(index.blocks().get(i).textOffset());
      assertThat(Samples.readAll(reader.text(rebuilt, i, 1))).isEqualTo(texts.get(i));
    }
    assertThatThrownBy(() -> BlockIndexes.write(store, rebuilt))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void damageIsFoundByTheFramesOwnChecksum() throws Exception {
    Samples.write(store, "f", Compression.ZSTD, Samples.texts(2, 3_000, 3));
    BlockIndex rebuilt = SeekTable.read(store, "f").orElseThrow();
    byte[] bytes = store.get("f");
    bytes[(int) rebuilt.blocks().get(0).storedEnd() - 1] ^= 1;
    store.put("f", bytes);
    assertThatThrownBy(() -> Samples.readAll(reader.text(rebuilt)))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining("checksum");
  }

  @Test
  void otherFilesHaveNone() throws Exception {
    store.put("empty", new byte[0]);
    assertThat(SeekTable.read(store, "empty")).isEmpty();
    store.put("go", Samples.golden("go-zstd/0_bar_1.asb"));
    assertThat(SeekTable.read(store, "go")).isEmpty();
    Samples.write(store, "plain", Compression.NONE, Samples.texts(1, 3_000, 4));
    assertThat(SeekTable.read(store, "plain")).isEmpty();
  }

  @Test
  void anotherToolsTableIsNotTakenForBlocks() throws Exception {
    Samples.write(store, "f", Compression.ZSTD, Samples.texts(2, 3_000, 5));
    byte[] bytes = store.get("f");
    // The same, but without the mark's text.
    int mark = bytes.length - (8 + 8 * 3 + 9) - 16;
    Arrays.fill(bytes, mark, mark + 16, (byte) 'x');
    store.put("f", bytes);
    assertThat(SeekTable.read(store, "f")).isEmpty();
  }

  @Test
  void noFlippedBitOfTheTableIsBelieved() throws Exception {
    Samples.write(store, "f", Compression.ZSTD, Samples.texts(3, 500, 6));
    BlockIndex index = SeekTable.read(store, "f").orElseThrow();
    byte[] whole = store.get("f");
    for (long bit = 8 * index.trailerOffset(); bit < 8L * whole.length; bit++) {
      byte[] bytes = whole.clone();
      bytes[(int) (bit / 8)] ^= (byte) (1 << bit % 8);
      store.put("f", bytes);
      long entry = bit / 8 - index.trailerOffset() - 24 - 8;
      boolean textLength = entry >= 0 && entry < 8 * 3 && entry % 8 >= 4;
      assertRefusedOrFound(textLength);
    }
    for (int length = 0; length < whole.length; length++) {
      store.put("f", Arrays.copyOf(whole, length));
      assertThat(SeekTable.read(store, "f")).isEmpty();
    }
  }

  /** The table alone can't know the length of a frame's text; its reader does. */
  private void assertRefusedOrFound(boolean textLength) throws IOException {
    Optional<BlockIndex> index = SeekTable.read(store, "f");
    if (index.isPresent()) {
      assertThat(textLength).isTrue();
      assertThatThrownBy(() -> Samples.readAll(reader.text(index.get())))
          .isInstanceOf(DamagedFileException.class);
    }
  }
}
