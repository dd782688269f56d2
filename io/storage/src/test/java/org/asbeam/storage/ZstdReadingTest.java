package org.asbeam.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.asbeam.format.AsbDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of any tool, without an index. */
final class ZstdReadingTest {
  private static final byte[] SKIPPABLE = {0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3};
  private static final byte[] NO_DATA = Zstd.compress(new byte[0]);

  private final MemoryStore store = new MemoryStore();
  private final BackupFileReader reader = new BackupFileReader(store);

  @ParameterizedTest
  @CsvSource({
    "c-zstd/bar_00000.asb, 1575642, 2041",
    "go-zstd/0_bar_1.asb, 1575543, 2041",
    "c-rotated/bar_00000.asb, 1504079, ",
    "c-rotated/bar_00001.asb, 71591, "
  })
  void readsTheOtherTools(String path, int length, Integer records) throws Exception {
    store.put("f.asb", Samples.golden(path));
    byte[] text = Samples.readAll(reader.text("f.asb"));
    assertThat(text).hasSize(length);
    assertThat(new String(text, 0, 28, StandardCharsets.US_ASCII))
        .isEqualTo("Version 3.1\n# namespace bar\n");
    int count = 0;
    try (InputStream in = reader.text("f.asb")) {
      AsbDecoder decoder = new AsbDecoder(in, "f.asb");
      for (AsbDecoder.Item item = decoder.next();
          item != AsbDecoder.Item.END;
          item = decoder.next()) {
        count += item == AsbDecoder.Item.RECORD ? 1 : 0;
      }
      assertThat(decoder.offset()).isEqualTo(length);
    }
    if (records != null) {
      assertThat(count).isEqualTo(records);
    }
  }

  @Test
  void framesFollowEachOther() throws Exception {
    byte[] c = Samples.golden("c-zstd/bar_00000.asb");
    byte[] go = Samples.golden("go-zstd/0_bar_1.asb");
    store.put("c", c);
    store.put("go", go);
    byte[] texts =
        Samples.join(Samples.readAll(reader.text("c")), Samples.readAll(reader.text("go")));
    store.put("both", Samples.join(c, go));
    assertThat(Samples.readAll(reader.text("both"))).isEqualTo(texts);
    store.put(
        "more", Samples.join(SKIPPABLE, SKIPPABLE, NO_DATA, c, SKIPPABLE, NO_DATA, go, SKIPPABLE));
    assertThat(reader.detect("more")).isEqualTo(FileKind.ZSTD);
    assertThat(Samples.readAll(reader.text("more"))).isEqualTo(texts);
    store.put("last", Samples.join(c, go, NO_DATA));
    assertThat(Samples.readAll(reader.text("last"))).isEqualTo(texts);
  }

  @Test
  void aFrameMayBeCutWithinAValue() throws Exception {
    byte[] text = Samples.texts(1, 300_000, 1).get(0);
    byte[] a = Zstd.compress(Arrays.copyOfRange(text, 0, 123_457));
    byte[] b = Zstd.compress(Arrays.copyOfRange(text, 123_457, text.length));
    store.put("f", Samples.join(a, b));
    assertThat(Samples.readAll(reader.text("f"))).isEqualTo(text);
  }

  @Test
  void aFileThatIsCutIsDamaged() throws Exception {
    byte[] text = Samples.texts(1, 2_000, 2).get(0);
    byte[] frame = checked(text);
    byte[] whole = Samples.join(frame, frame, SKIPPABLE);
    for (int length = 1; length < whole.length; length++) {
      store.put("f.asb", Arrays.copyOf(whole, length));
      boolean between = length == frame.length || length == 2 * frame.length;
      if (between) {
        // Only a decoder of the text, or an index, can tell.
        assertThat(Samples.readAll(reader.text("f.asb")))
            .hasSize(text.length * length / frame.length);
      } else {
        int start = length / frame.length * frame.length;
        assertThatThrownBy(() -> Samples.readAll(reader.text("f.asb")))
            .as("cut to " + length)
            .isInstanceOfSatisfying(
                DamagedFileException.class,
                e -> {
                  assertThat(e.file()).isEqualTo("memory:/store/f.asb");
                  assertThat(e)
                      .hasMessageContaining(
                          "ends within the zstd frame that starts at byte " + start)
                      .hasMessageContaining("take the file from another copy");
                })
            .extracting(e -> ((DamagedFileException) e).offset())
            .isEqualTo((long) length);
      }
    }
  }

  @Test
  void everyFlippedBitOfTheDataIsFound() throws Exception {
    byte[] text = Samples.texts(1, 600, 3).get(0);
    byte[] frame = checked(text);
    int harmless = 0;
    for (int bit = 0; bit < 8 * frame.length; bit++) {
      byte[] bytes = frame.clone();
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      store.put("f", bytes);
      try {
        assertThat(Samples.readAll(reader.text("f"))).isEqualTo(text);
        harmless++;
      } catch (DamagedFileException e) {
        assertThat(e.offset()).isBetween(0L, (long) frame.length);
      }
    }
    // The frame header's unused bit, and the one that turns the checksum off is an error.
    assertThat(harmless).isLessThan(8);
  }

  @Test
  void whatFollowsTheLastFrameIsDamage() throws Exception {
    byte[] frame = Zstd.compress(Samples.texts(1, 1_000, 4).get(0));
    for (byte[] garbage :
        new byte[][] {new byte[1], new byte[3], new byte[100], "+ k".getBytes(), {0x28}, {0x50}}) {
      store.put("f", Samples.join(frame, garbage));
      assertThatThrownBy(() -> Samples.readAll(reader.text("f")))
          .isInstanceOf(DamagedFileException.class);
    }
    store.put("f", Samples.join(frame, new byte[100]));
    assertThatThrownBy(() -> Samples.readAll(reader.text("f")))
        .hasMessageContaining("at byte " + frame.length)
        .hasMessageContaining("something else than a zstd frame");
  }

  @Test
  void aWindowBeyondEveryToolsIsRefused() throws Exception {
    // Magic, descriptor 0 (no content size, a window), window descriptor of 2^28 bytes.
    store.put(
        "f",
        new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, (byte) ((28 - 10) << 3), 1, 0, 0});
    assertThatThrownBy(() -> Samples.readAll(reader.text("f")))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining("more than 128 MiB");
  }

  @Test
  void aLittleThatBecomesMuchIsStreamed() throws Exception {
    byte[] frame = Zstd.compress(new byte[64 << 20]);
    store.put("f", Samples.join(frame, frame, frame, frame));
    byte[] buffer = new byte[8192];
    long length = 0;
    try (InputStream in = reader.text("f")) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        length += n;
      }
    }
    assertThat(length).isEqualTo(4L * (64 << 20));
  }

  @Test
  void aSourceThatTricklesIsRead() throws Exception {
    byte[] text = Samples.texts(1, 500_000, 5).get(0);
    byte[] bytes = Samples.join(Zstd.compress(text), SKIPPABLE, Zstd.compress(text));
    InputStream trickle =
        new java.io.ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] to, int offset, int count) {
            return super.read(to, offset, Math.min(count, 1 + pos % 7));
          }
        };
    try (InputStream in = new ZstdText("f", trickle, 0)) {
      assertThat(in.readAllBytes()).isEqualTo(Samples.join(text, text));
    }
  }

  @Test
  void kindsAreToldApart() throws IOException {
    assertThat(kind("Version 3.1\n".getBytes())).isEqualTo(FileKind.PLAIN);
    assertThat(kind("Vers".getBytes())).isEqualTo(FileKind.PLAIN);
    assertThat(kind("Versiox 3.1".getBytes())).isEqualTo(FileKind.UNKNOWN);
    assertThat(kind(NO_DATA)).isEqualTo(FileKind.ZSTD);
    assertThat(kind(Arrays.copyOf(NO_DATA, 3))).isEqualTo(FileKind.ZSTD);
    assertThat(kind(SKIPPABLE)).isEqualTo(FileKind.ZSTD);
    assertThat(kind(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9})).isEqualTo(FileKind.UNKNOWN);
    assertThat(kind(new byte[0])).isEqualTo(FileKind.EMPTY);
  }

  @Test
  void neitherTextNorZstdIsSaid() throws Exception {
    store.put("empty.asb", new byte[0]);
    assertThatThrownBy(() -> reader.text("empty.asb"))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining("memory:/store/empty.asb")
        .hasMessageContaining("empty");
    store.put("secret.asb", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
    assertThatThrownBy(() -> reader.text("secret.asb"))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining("encrypted with a key that is needed, or no backup file");
    assertThatThrownBy(() -> reader.text("missing.asb"))
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.NOT_FOUND));
  }

  /** A frame with a checksum. */
  private static byte[] checked(byte[] text) {
    try (ZstdCompressCtx context = new ZstdCompressCtx()) {
      return context.setChecksum(true).compress(text);
    }
  }

  private FileKind kind(byte[] bytes) throws IOException {
    store.put("kind", bytes);
    return reader.detect("kind");
  }
}
