package org.asbeam.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.asbeam.format.AsbBuffer;
import org.asbeam.format.AsbEncoder;
import org.asbeam.format.FormatVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BackupFileTest {
  private final MemoryStore store = new MemoryStore();
  private final BackupFileReader reader = new BackupFileReader(store);

  @ParameterizedTest
  @ValueSource(strings = {"none", "zstd:1", "zstd:3", "zstd:-7", "zstd:19"})
  void whatIsWrittenIsRead(String compression) throws Exception {
    List<byte[]> texts = Samples.texts(5, 300_000, 1);
    WrittenFile file = Samples.write(store, "f.asb", Compression.parse(compression), texts);
    byte[] stored = store.get("f.asb");
    byte[] text = Samples.join(texts);
    assertThat(file.name()).isEqualTo("f.asb");
    assertThat(file.storedBytes()).isEqualTo(stored.length);
    assertThat(file.textBytes()).isEqualTo(text.length);
    assertThat(file.records()).isEqualTo(5);
    assertThat(file.crc32c()).isEqualTo(Crc32c.of(stored));
    assertThat(Samples.readAll(reader.text("f.asb"))).isEqualTo(text);
    assertThat(Samples.readAll(reader.text(file.index()))).isEqualTo(text);
    assertThat(file.index().textBytes()).isEqualTo(text.length);
    assertThat(file.index().records()).isEqualTo(5);
    if (compression.equals("none")) {
      assertThat(stored).isEqualTo(text);
      assertThat(reader.detect("f.asb")).isEqualTo(FileKind.PLAIN);
    } else {
      assertThat(stored.length).isLessThan(text.length);
      assertThat(reader.detect("f.asb")).isEqualTo(FileKind.ZSTD);
    }
  }

  @Test
  void everyLevelOfZstdIsTakenAndRead() throws Exception {
    List<byte[]> texts = Samples.texts(2, 20_000, 8);
    for (int level = Compression.MIN_LEVEL; level <= Compression.MAX_LEVEL; ) {
      MemoryStore fresh = new MemoryStore();
      WrittenFile file = Samples.write(fresh, "f", Compression.zstd(level), texts);
      assertThat(Samples.readAll(new BackupFileReader(fresh).text(file.index())))
          .isEqualTo(Samples.join(texts));
      // The fastest levels differ in nothing but a factor.
      level = level < -16 ? level / 2 : level + 1;
    }
  }

  @Test
  void theHighestLevelNeedsNoLargeWindow() throws Exception {
    byte[] text = Samples.texts(1, 1 << 20, 9).get(0);
    Samples.write(store, "f", Compression.zstd(Compression.MAX_LEVEL), List.of(text));
    byte[] stored = store.get("f");
    // Single segment: the window is the frame's content, RFC 8878, 3.1.1.1.1.2.
    assertThat(stored[4] & 0x20).isNotZero();
    assertThat(Zstd.getFrameContentSize(stored)).isEqualTo(text.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "zstd"})
  void everyRunOfBlocksIsReadAlone(String compression) throws Exception {
    List<byte[]> texts = Samples.texts(6, 3_000, 2);
    BlockIndex index = Samples.write(store, "f.asb", Compression.parse(compression), texts).index();
    for (int first = 0; first <= 6; first++) {
      for (int count = 0; count <= 6 - first; count++) {
        assertThat(Samples.readAll(reader.text(index, first, count)))
            .isEqualTo(Samples.join(texts.subList(first, first + count)));
      }
    }
    int far = 7;
    assertThatThrownBy(() -> reader.text(index, 0, far))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> reader.text(index, -1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aBlockIsOneFrameOfPledgedSizeWithAChecksum() throws Exception {
    List<byte[]> texts = Samples.texts(3, 500_000, 3);
    WrittenFile file = Samples.write(store, "f.asb", Compression.ZSTD, texts);
    byte[] stored = store.get("f.asb");
    for (int i = 0; i < 3; i++) {
      Block block = file.index().blocks().get(i);
      int from = (int) block.storedOffset();
      byte[] frame = Arrays.copyOfRange(stored, from, from + block.storedLength());
      assertThat(Zstd.getFrameContentSize(frame)).isEqualTo(texts.get(i).length);
      assertThat(frame[4] & 0x04).as("the header's flag of a checksum").isNotZero();
      assertThat(Zstd.decompress(frame, texts.get(i).length)).isEqualTo(texts.get(i));
      assertThat(block.crc32c()).isEqualTo(Crc32c.of(frame));
    }
  }

  @Test
  void whatCantBeCompressedIsStoredWhole() throws Exception {
    byte[] noise = new byte[1_000_000];
    new Random(4).nextBytes(noise);
    List<byte[]> texts = List.of(noise, new byte[] {42}, new byte[128 * 1024], noise);
    WrittenFile file = Samples.write(store, "f.asb", Compression.ZSTD, texts);
    assertThat(Samples.readAll(reader.text(file.index()))).isEqualTo(Samples.join(texts));
    assertThat(Samples.readAll(reader.text("f.asb"))).isEqualTo(Samples.join(texts));
  }

  @Test
  void aBufferIsUsedForBlockAfterBlock() throws Exception {
    AsbBuffer buffer = new AsbBuffer(16);
    AsbEncoder encoder = new AsbEncoder("test", false);
    BackupFileWriter writer = new BackupFileWriter(store.create("f.asb"), Compression.ZSTD);
    encoder.header(buffer, FormatVersion.V3_1, true);
    writer.writeBlock(buffer, BlockContents.none());
    long afterHeader = writer.storedBytes();
    assertThat(afterHeader).isPositive();
    buffer.clear();
    encoder.record(buffer, Samples.row(Samples.digest(12, 1)));
    writer.writeBlock(buffer, Samples.contents(12));
    assertThat(writer.storedBytes()).isGreaterThan(afterHeader);
    assertThat(writer.records()).isEqualTo(1);
    assertThat(writer.blocks()).isEqualTo(2);
    buffer.clear();
    writer.writeBlock(buffer, BlockContents.none());
    assertThat(writer.blocks()).isEqualTo(2);
    WrittenFile file = writer.finish();
    assertThat(file.records()).isEqualTo(1);
    String text = new String(Samples.readAll(reader.text("f.asb")));
    assertThat(text).startsWith("Version 3.1\n# namespace test\n# first-file\n+ n test\n");
    assertThat(text).hasSize((int) file.textBytes());
  }

  @Test
  void closeWithoutFinishGivesTheFileUp() throws Exception {
    BackupFileWriter writer = new BackupFileWriter(store.create("f.asb"), Compression.ZSTD);
    byte[] text = Samples.texts(1, 1000, 5).get(0);
    writer.writeBlock(text, 0, text.length, BlockContents.none());
    writer.close();
    writer.close();
    assertThat(store.list("")).isEmpty();
    assertThatThrownBy(() -> writer.writeBlock(text, 0, text.length, BlockContents.none()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nonsenseIsRefused() throws Exception {
    BackupFileWriter writer = new BackupFileWriter(store.create("f.asb"), Compression.NONE);
    assertThatThrownBy(writer::finish).hasMessageContaining("no block");
    assertThatThrownBy(() -> writer.writeBlock(new byte[0], 0, 0, Samples.contents(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                writer.writeBlock(new byte[0], 0, Block.MAX_TEXT_LENGTH + 1, BlockContents.none()))
        .isInstanceOf(IllegalArgumentException.class);
    writer.close();
  }

  @Test
  void aWriteThatFailsReachesTheCallerAndNothingStays() throws Exception {
    StoreOutput full = new FullOutput(store.create("f.asb"), 10_000);
    BackupFileWriter writer = new BackupFileWriter(full, Compression.ZSTD);
    byte[] noise = new byte[400_000];
    new Random(6).nextBytes(noise);
    assertThatThrownBy(() -> writer.writeBlock(noise, 0, noise.length, BlockContents.none()))
        .isInstanceOf(StoreException.class);
    writer.close();
    assertThat(store.list("")).isEmpty();
  }

  @Test
  void singleBytesAndClosedStreams() throws Exception {
    List<byte[]> texts = Samples.texts(2, 100, 7);
    BlockIndex index = Samples.write(store, "f.asb", Compression.ZSTD, texts).index();
    for (InputStream in : List.of(reader.text("f.asb"), reader.text(index))) {
      assertThat(in.read()).isEqualTo('V');
      assertThat(in.read(new byte[0], 0, 0)).isZero();
      in.skipNBytes(Samples.join(texts).length - 1);
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read()).isEqualTo(-1);
      in.close();
      in.close();
      assertThatThrownBy(in::read).isInstanceOf(IOException.class);
    }
  }

  /** A disk that is full after some bytes. */
  private static final class FullOutput implements StoreOutput {
    private final StoreOutput output;
    private final long limit;

    FullOutput(StoreOutput output, long limit) {
      this.output = output;
      this.limit = limit;
    }

    @Override
    public String name() {
      return output.name();
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws StoreException {
      if (output.position() + count > limit) {
        throw new StoreException(StoreException.Kind.NO_SPACE, name(), "full", null);
      }
      output.write(bytes, offset, count);
    }

    @Override
    public long position() {
      return output.position();
    }

    @Override
    public void commit() throws StoreException {
      output.commit();
    }

    @Override
    public void close() {
      output.close();
    }
  }
}
