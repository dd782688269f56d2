package org.asbeam.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.asbeam.format.AsbBuffer;
import org.asbeam.format.AsbDecoder;
import org.asbeam.format.AsbEncoder;
import org.asbeam.format.FormatVersion;
import org.asbeam.format.ParticleType;
import org.asbeam.format.RecordView;
import org.asbeam.format.RowBuilder;
import org.asbeam.storage.BackupFileWriter;
import org.asbeam.storage.BlockContents;
import org.asbeam.storage.BlockIndexes;
import org.asbeam.storage.CodecException;
import org.asbeam.storage.Compression;
import org.asbeam.storage.Crc32c;
import org.asbeam.storage.Decryption;
import org.asbeam.storage.ForeignFileException;
import org.asbeam.storage.MemoryStore;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StreamWriter;
import org.asbeam.storage.WrittenFile;
import org.asbeam.storage.crypto.Encryption;
import org.asbeam.storage.crypto.FileEncryption;
import org.asbeam.storage.crypto.Keys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole backup folder, its single files, and streams, encrypted and not. */
final class EncryptedBackupTest {
  private static final Decryption KEY = Decryption.of(Keys.golden());

  private final MemoryStore store = new MemoryStore();

  @ParameterizedTest
  @EnumSource(Encryption.class)
  void aBackupIsReadBySlicesAndByFile(Encryption encryption) throws Exception {
    backup(encryption);
    assertThat(records(BackupContents.of(store, KEY))).isEqualTo(60);
    assertThat(BackupContents.of(store, KEY).records()).hasValue(60);
    BackupContents file = BackupContents.ofFile(store, "b.asb", KEY);
    assertThat(file.files()).extracting(FileReceipt::name).containsExactly("b.asb");
    assertThat(file.records()).hasValue(30);
    assertThat(records(file)).isEqualTo(30);
    // A run of its blocks, from the middle.
    assertThat(records(file, new FileSlice(0, 0, "b.asb", 1, 2, 0))).isEqualTo(20);
    // Without the index each file is read from its start.
    BlockIndexes.delete(store, "a.asb");
    BlockIndexes.delete(store, "b.asb");
    assertThat(records(BackupContents.of(store, KEY))).isEqualTo(60);
  }

  @Test
  void theKeyIsProvedBeforeARecordIsRead() throws Exception {
    backup(Encryption.AES256);
    Decryption wrong = Decryption.of(Keys.other());
    // Not even a file that is gone matters.
    store.delete("a.asb");
    assertKind(CodecException.Kind.WRONG_KEY, wrong);
    assertKind(CodecException.Kind.KEY_NEEDED, Decryption.none());
    assertKind(CodecException.Kind.CONTRADICTION, KEY.withEncryption(Encryption.AES128));
    assertThatThrownBy(() -> BackupContents.ofFile(store, "b.asb", wrong))
        .isInstanceOf(CodecException.class)
        .hasMessageStartingWith("memory:/store: wrong key: ");
    // Verification without a key knows all but the text.
    assertThat(BackupContents.of(store).records()).hasValue(60);
    assertThat(BackupContents.of(store).sealed()).isTrue();
    assertThat(BackupContents.of(store, KEY).sealed()).isFalse();
  }

  @Test
  void withoutAManifestTheFileTells() throws Exception {
    backup(Encryption.AES128);
    store.delete(ManifestFile.NAME);
    store.delete(ManifestFile.COPY);
    assertThat(records(BackupContents.of(store, KEY))).isEqualTo(60);
    assertThat(BackupContents.of(store, KEY).records()).isEmpty();
    for (Decryption none : List.of(Decryption.none(), Decryption.of(Keys.other()))) {
      BackupContents contents = BackupContents.of(store, none);
      assertThatThrownBy(() -> records(contents)).isInstanceOf(ForeignFileException.class);
    }
  }

  @Test
  void aSingleFileNeedsNoBackupAroundIt() throws Exception {
    byte[] stream = stream(Encryption.AES256);
    store.put("folder-with/other.txt", new byte[1]);
    store.put("single", stream);
    BackupContents contents = BackupContents.ofFile(store, "single", KEY);
    assertThat(contents.records()).isEmpty();
    assertThat(records(contents)).isEqualTo(10);
    assertThatThrownBy(() -> BackupContents.ofFile(store, "none", KEY))
        .isInstanceOf(StoreException.class);
  }

  @ParameterizedTest
  @EnumSource(Encryption.class)
  void aStreamIsLookedAtToo(Encryption encryption) throws Exception {
    byte[] stream = stream(encryption);
    ByteArrayInputStream in = new ByteArrayInputStream(stream);
    try (SliceText text = SliceText.ofStream(in, "standard input", KEY)) {
      assertThat(count(text)).isEqualTo(10);
    }
    ByteArrayInputStream cut = new ByteArrayInputStream(Arrays.copyOf(stream, stream.length - 1));
    assertThatThrownBy(() -> count(SliceText.ofStream(cut, "standard input", KEY)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("standard input: ");
  }

  @Test
  void anOldManifestHasNoKey() throws Exception {
    backup(Encryption.NONE);
    String json = new String(store.get(ManifestFile.NAME), StandardCharsets.UTF_8);
    String old = json.replaceAll("\\s*\"key(Id|Check)\" : \"\",", "");
    assertThat(old).isNotEqualTo(json);
    int end = old.indexOf("#crc32c");
    byte[] body = old.substring(0, end).getBytes(StandardCharsets.UTF_8);
    String whole = old.substring(0, end) + "#crc32c " + Crc32c.hex(Crc32c.of(body)) + "\n";
    store.put(ManifestFile.NAME, whole.getBytes(StandardCharsets.UTF_8));
    Manifest manifest = ManifestFile.read(store).orElseThrow();
    assertThat(manifest.keyId()).isEmpty();
    assertThat(manifest.encrypted()).isFalse();
    assertThat(records(BackupContents.of(store, KEY))).isEqualTo(60);
  }

  @Test
  void nothingInAFolderShowsTheKey() throws Exception {
    backup(Encryption.AES256);
    Manifest manifest = ManifestFile.read(store).orElseThrow();
    assertThat(manifest.keyId()).isEqualTo(Keys.golden().id());
    assertThat(manifest.keyCheck()).isEqualTo(Keys.golden().checkValue()).hasSize(32);
    byte[] key = Keys.golden().aes(Encryption.AES256).getEncoded();
    String hex = HexFormat.of().formatHex(key);
    assertThat(new String(store.get(ManifestFile.NAME), StandardCharsets.UTF_8))
        .doesNotContain(hex.substring(0, 16));
  }

  private void assertKind(CodecException.Kind kind, Decryption decryption) {
    assertThatThrownBy(() -> BackupContents.of(store, decryption))
        .isInstanceOfSatisfying(CodecException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  private long records(BackupContents contents) throws IOException {
    long records = 0;
    for (FileSlice slice : contents.slices(4)) {
      records += records(contents, slice);
    }
    return records;
  }

  private long records(BackupContents contents, FileSlice slice) throws IOException {
    try (SliceText text = SliceText.open(store, contents, slice)) {
      long records = count(text);
      text.checkEnd(records);
      return records;
    }
  }

  private static long count(SliceText text) throws IOException {
    long records = 0;
    AsbDecoder decoder = text.decoder();
    for (AsbDecoder.Item item = decoder.next();
        item != AsbDecoder.Item.END;
        item = decoder.next()) {
      records++;
    }
    return records;
  }

  /** Two files of three blocks of ten records, one compressed, and their manifest. */
  private void backup(Encryption mode) throws Exception {
    FileEncryption encryption = encryption(mode);
    FileReceipt a = file("a.asb", Compression.ZSTD, encryption);
    FileReceipt b = file("b.asb", Compression.NONE, encryption);
    ManifestFile.write(store, TestManifests.of("run", encryption, List.of(a, b)));
  }

  private FileReceipt file(String name, Compression compression, FileEncryption encryption)
      throws IOException {
    try (BackupFileWriter writer =
        new BackupFileWriter(store.create(name), compression, encryption)) {
      for (int block = 0; block < 3; block++) {
        AsbBuffer text = new AsbBuffer(1000);
        BlockContents.Builder contents = new BlockContents.Builder();
        encode(text, block == 0, contents);
        writer.writeBlock(text, contents.build());
      }
      WrittenFile file = writer.finish();
      BlockIndexes.write(store, file.index());
      return new FileReceipt(
          name, file.storedBytes(), file.textBytes(), file.records(), 3, Crc32c.hex(file.crc32c()));
    }
  }

  private static byte[] stream(Encryption mode) throws IOException {
    AsbBuffer text = new AsbBuffer(1000);
    encode(text, true, new BlockContents.Builder());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (StreamWriter writer =
        new StreamWriter(out, "standard output", Compression.ZSTD, encryption(mode))) {
      writer.writeBlock(text, 10);
      writer.finish();
    }
    return out.toByteArray();
  }

  private static void encode(AsbBuffer text, boolean first, BlockContents.Builder contents)
      throws IOException {
    AsbEncoder encoder = new AsbEncoder("test", false);
    if (first) {
      encoder.header(text, FormatVersion.V3_1, true);
    }
    for (int i = 0; i < 10; i++) {
      RowBuilder row = new RowBuilder();
      row.begin(1, 0);
      row.digest(new byte[RecordView.DIGEST_LENGTH], 0);
      row.bin(ParticleType.BLOB, "b", new byte[] {(byte) i});
      RecordView record = row.view(new RecordView());
      encoder.record(text, record);
      contents.add(record);
    }
  }

  private static FileEncryption encryption(Encryption mode) {
    return mode == Encryption.NONE ? FileEncryption.NONE : FileEncryption.of(mode, Keys.golden());
  }
}
