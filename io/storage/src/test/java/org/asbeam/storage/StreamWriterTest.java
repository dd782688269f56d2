package org.asbeam.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.asbeam.storage.crypto.Encryption;
import org.asbeam.storage.crypto.FileEncryption;
import org.asbeam.storage.crypto.Keys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StreamWriterTest {
  private static final Decryption KEY = Decryption.of(Keys.golden());

  @ParameterizedTest
  @CsvSource({"none,NONE", "zstd,NONE", "none,AES128", "zstd,AES128", "none,AES256", "zstd,AES256"})
  void whatIsWrittenIsRead(String compression, Encryption encryption) throws Exception {
    List<byte[]> texts = Samples.texts(4, 50_000, 1);
    byte[] stream = stream(compression, encryption, texts);
    assertThat(read(stream)).isEqualTo(Samples.join(texts));
    if (encryption == Encryption.NONE && compression.equals("none")) {
      assertThat(stream).isEqualTo(Samples.join(texts));
    }
    // As a file, too; its table is no index, as nothing says what the blocks hold.
    MemoryStore store = new MemoryStore();
    store.put("f", stream);
    assertThat(Samples.readAll(new BackupFileReader(store, KEY).text("f")))
        .isEqualTo(Samples.join(texts));
    assertThat(SeekTable.read(store, "f", KEY)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"NONE", "AES128", "AES256"})
  void aCompressedStreamThatIsCutIsKnownToBe(Encryption encryption) throws Exception {
    byte[] stream = stream("zstd", encryption, Samples.texts(3, 100, 2));
    for (int length = 0; length < stream.length; length++) {
      byte[] cut = Arrays.copyOf(stream, length);
      assertThatThrownBy(() -> read(cut))
          .isInstanceOf(DamagedFileException.class)
          .hasMessageStartingWith("standard input: at byte ");
    }
  }

  @Test
  void aStreamInSmallPiecesIsReadToo() throws Exception {
    List<byte[]> texts = Samples.texts(2, 300, 3);
    byte[] stream = stream("zstd", Encryption.AES256, texts);
    InputStream dripping =
        new ByteArrayInputStream(stream) {
          @Override
          public synchronized int read(byte[] bytes, int offset, int count) {
            return super.read(bytes, offset, Math.min(count, 3));
          }
        };
    InputStream text = BackupFileReader.text(dripping, "standard input", KEY);
    assertThat(Samples.readAll(text)).isEqualTo(Samples.join(texts));
  }

  @Test
  void countsWhatItWrites() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] text = Samples.texts(1, 100, 4).get(0);
    StreamWriter writer =
        new StreamWriter(out, "standard output", Compression.NONE, FileEncryption.NONE);
    writer.writeBlock(text, 0, text.length, 3);
    writer.writeBlock(text, 0, 0, 0);
    assertThat(writer.records()).isEqualTo(3);
    assertThat(writer.textBytes()).isEqualTo(text.length);
    assertThat(writer.storedBytes()).isEqualTo(out.size());
    writer.finish();
    writer.close();
    assertThatThrownBy(() -> writer.writeBlock(text, 0, text.length, 1))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aFileIsGivenUpUnlessItIsFinished() throws Exception {
    MemoryStore store = new MemoryStore();
    byte[] text = Samples.texts(1, 100, 5).get(0);
    try (StreamWriter writer =
        new StreamWriter(store.create("f"), Compression.ZSTD, FileEncryption.NONE)) {
      writer.writeBlock(text, 0, text.length, 1);
    }
    assertThat(store.list("")).isEmpty();
  }

  @Test
  void aBrokenPipeIsNamed() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    byte[] text = Samples.texts(1, 100, 6).get(0);
    StreamWriter writer =
        new StreamWriter(broken, "standard output", Compression.NONE, FileEncryption.NONE);
    assertThatThrownBy(() -> writer.writeBlock(text, 0, text.length, 1))
        .isInstanceOf(StoreException.class)
        .hasMessage("standard output: could not be written at byte 0: Broken pipe");
    writer.close();
  }

  private static byte[] stream(String compression, Encryption encryption, List<byte[]> texts)
      throws StoreException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (StreamWriter writer =
        new StreamWriter(
            out,
            "standard output",
            Compression.parse(compression),
            Samples.encryption(encryption))) {
      for (byte[] text : texts) {
        writer.writeBlock(text, 0, text.length, 1);
      }
      writer.finish();
    }
    return out.toByteArray();
  }

  private static byte[] read(byte[] stream) throws IOException {
    return Samples.readAll(
        BackupFileReader.text(new ByteArrayInputStream(stream), "standard input", KEY));
  }
}
