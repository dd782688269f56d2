package org.asbeam.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.asbeam.storage.crypto.Encryption;
import org.asbeam.storage.crypto.FileEncryption;
import org.junit.jupiter.api.Test;

final class BlockIndexesTest {
  private static final String FILE = "test_0_1_0a1b2c3d.asb";

  private final MemoryStore store = new MemoryStore();

  @Property(tries = 200)
  void whatIsWrittenIsRead(
      @ForAll @NotEmpty @Size(max = 20) List<@IntRange(min = 1, max = 4096) Integer> sizes,
      @ForAll boolean compressed,
      @ForAll int crc)
      throws Exception {
    List<Block> blocks = new ArrayList<>();
    long at = 0;
    for (int size : sizes) {
      BlockContents.Builder builder = new BlockContents.Builder();
      for (int i = 0; i < size % 50; i++) {
        builder.add(Samples.row(Samples.digest(i * size % 4096, i)));
      }
      blocks.add(new Block(at, size, at, size, crc + size, builder.build()));
      at += size;
    }
    BlockIndex index =
        new BlockIndex(
            FILE,
            compressed ? Compression.Codec.ZSTD : Compression.Codec.NONE,
            compressed ? at + 77 : at,
            crc,
            false,
            blocks);
    MemoryStore own = new MemoryStore();
    BlockIndexes.write(own, index);
    assertThat(own.list(".asbeam/index"))
        .extracting(StoredFile::name)
        .containsExactly(".asbeam/index/" + FILE + ".idx");
    assertThat(BlockIndexes.read(own, FILE)).contains(index);
  }

  @Test
  void noneIsNoError() throws Exception {
    assertThat(BlockIndexes.read(store, FILE)).isEmpty();
    BlockIndexes.delete(store, FILE);
    BlockIndexes.write(store, sample());
    BlockIndexes.delete(store, FILE);
    assertThat(BlockIndexes.read(store, FILE)).isEmpty();
  }

  @Test
  void onlyAnEncryptedFileHasVersion2() throws Exception {
    assertThat(BlockIndexes.toBytes(sample())[9]).isEqualTo((byte) 1);
    byte[] whole = BlockIndexes.toBytes(encrypted());
    assertThat(whole[9]).isEqualTo((byte) 2);
    int mode = 12 + FILE.length();
    assertDamaged(sealed(whole, b -> b.put(mode, (byte) 0)), "an unknown encryption (0)");
    assertDamaged(sealed(whole, b -> b.put(mode, (byte) 3)), "an unknown encryption (3)");
  }

  @Test
  void everyFlippedBitAndEveryCutIsFound() throws Exception {
    everyFlippedBitAndEveryCutIsFound(BlockIndexes.toBytes(sample()));
    everyFlippedBitAndEveryCutIsFound(BlockIndexes.toBytes(encrypted()));
  }

  private void everyFlippedBitAndEveryCutIsFound(byte[] whole) throws Exception {
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] bytes = whole.clone();
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      assertDamaged(bytes);
    }
    for (int length = 0; length < whole.length; length++) {
      assertDamaged(Arrays.copyOf(whole, length));
    }
    assertDamaged(Arrays.copyOf(whole, whole.length + 1));
  }

  @Test
  void whatCantBeIsRefusedThoughItsChecksumIsRight() throws Exception {
    byte[] whole = BlockIndexes.toBytes(sample());
    int name = 12;
    int codec = name + FILE.length();
    int blocks = codec + 13;
    int first = blocks + 4;
    // A version of the future, a codec, sizes, numbers of blocks and partitions, digests.
    assertDamaged(sealed(whole, b -> b.putShort(8, (short) 3)), "version 3");
    assertDamaged(sealed(whole, b -> b.putShort(10, (short) 0xffff)), "ends here");
    assertDamaged(sealed(whole, b -> b.put(name, (byte) 'x')), "another file");
    assertDamaged(sealed(whole, b -> b.put(codec, (byte) 2)), "unknown compression");
    assertDamaged(sealed(whole, b -> b.put(codec, (byte) 0)), "no block has");
    assertDamaged(sealed(whole, b -> b.putLong(codec + 1, 3)), "in a file of 3 bytes");
    assertDamaged(sealed(whole, b -> b.putInt(blocks, 0)), "not 0");
    assertDamaged(sealed(whole, b -> b.putInt(blocks, -1)), "not -1");
    assertDamaged(sealed(whole, b -> b.putInt(blocks, 1 << 20)), "");
    assertDamaged(sealed(whole, b -> b.putInt(first, 0)), "no block has 0");
    assertDamaged(sealed(whole, b -> b.putInt(first, Integer.MAX_VALUE)), "no block has");
    assertDamaged(sealed(whole, b -> b.putInt(first + 4, -1)), "no block has");
    assertDamaged(sealed(whole, b -> b.putShort(first + 12, (short) 4097)), "4097 partitions");
    assertDamaged(sealed(whole, b -> b.put(first + 14, (byte) 2)), "a partition that can't be");
    assertDamaged(sealed(whole, b -> b.putInt(first + 15, 0)), "a partition that can't be");
    assertDamaged(sealed(whole, b -> b.put(first + 19, (byte) 1)), "a partition that can't be");
  }

  @Test
  void partitionsOutOfOrderAreRefused() throws Exception {
    BlockContents.Builder builder = new BlockContents.Builder();
    builder.add(Samples.row(Samples.digest(7, 1)));
    builder.add(Samples.row(Samples.digest(8, 1)));
    Block block = new Block(0, 100, 0, 100, 0, builder.build());
    byte[] whole =
        BlockIndexes.toBytes(
            new BlockIndex(FILE, Compression.Codec.NONE, 100, 0, false, List.of(block)));
    // A partition has 45 bytes: the second one is then where the first one was.
    int second = whole.length - 4 - 45;
    assertDamaged(sealed(whole, b -> b.put(second - 45, whole, second, 45)), "(8 behind 8)");
  }

  @Test
  void errorsNameTheIndexAndWhatToDo() throws Exception {
    store.put(BlockIndexes.nameOf(FILE), new byte[100]);
    assertThatThrownBy(() -> BlockIndexes.read(store, FILE))
        .isInstanceOf(DamagedFileException.class)
        .hasMessage(
            "memory:/store/.asbeam/index/"
                + FILE
                + ".idx: at byte 8: this is no block index; delete it: without an index the file"
                + " is read from its start");
  }

  @Test
  void anIndexThatLiesTakesNoMemory() throws Exception {
    Samples.write(store, FILE, Compression.NONE, Samples.texts(1, 100, 1));
    int huge = Block.MAX_TEXT_LENGTH;
    BlockIndex lie =
        new BlockIndex(
            FILE,
            Compression.Codec.NONE,
            huge,
            0,
            false,
            List.of(new Block(0, huge, 0, huge, 0, BlockContents.none())));
    long before = used();
    assertThatThrownBy(() -> Samples.readAll(new BackupFileReader(store).text(lie)))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining("the file ends");
    assertThat(used() - before).isLessThan(huge / 2);
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private BlockIndex sample() throws StoreException {
    MemoryStore other = new MemoryStore();
    return Samples.write(other, FILE, Compression.ZSTD, Samples.texts(2, 200, 1)).index();
  }

  private BlockIndex encrypted() throws StoreException {
    FileEncryption encryption = Samples.encryption(Encryption.AES128);
    List<byte[]> texts = Samples.texts(2, 200, 1);
    return Samples.write(new MemoryStore(), FILE, Compression.NONE, encryption, texts).index();
  }

  private interface Change {
    void apply(ByteBuffer bytes);
  }

  /** The bytes, changed and with a checksum that fits. */
  private static byte[] sealed(byte[] whole, Change change) {
    byte[] bytes = whole.clone();
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    change.apply(buffer);
    buffer.putInt(bytes.length - 4, Crc32c.of(bytes, 0, bytes.length - 4));
    return bytes;
  }

  private void assertDamaged(byte[] bytes) throws IOException {
    assertDamaged(bytes, "");
  }

  private void assertDamaged(byte[] bytes, String text) throws IOException {
    store.put(BlockIndexes.nameOf(FILE), bytes);
    assertThatThrownBy(() -> BlockIndexes.read(store, FILE))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining(text);
  }
}
