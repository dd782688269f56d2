package org.asbeam.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.storage.Compression;
import org.asbeam.storage.LocalStore;
import org.asbeam.storage.crypto.Encryption;
import org.asbeam.storage.crypto.EncryptionSpec;
import org.asbeam.storage.crypto.KeyReference;
import org.asbeam.storage.journal.BackupContents;
import org.asbeam.storage.journal.FileReceipt;
import org.asbeam.storage.journal.ManifestFile;
import org.asbeam.storage.journal.TestManifests;
import org.asbeam.storage.secrets.Secrets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AsbIO writes and reads encrypted files with a key that only its workers look for. */
class EncryptedFilesTest {
  private static final Path KEYS = Path.of("../storage/src/test/resources/golden/keys");

  /** What plain and compressed files begin with, a byte a character. */
  private static final String[] BEGINNINGS = {"Version", "(\u00b5/\u00fd"};

  private static EmbeddedCluster cluster;
  private static List<AerospikeRecord> records;

  @TempDir Path temp;
  private Path folder;
  private KeyReference key;

  @BeforeAll
  static void start() {
    cluster = Records.cluster(1);
    Records.fill(cluster.namespace("test"), 100, 2);
    records = Records.of(cluster.namespace("test"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  /** The workers' key comes to its place when the pipeline is made. */
  @BeforeEach
  void name() {
    folder = temp.resolve("backup");
    key = KeyReference.file(temp.resolve("key.pem").toString());
  }

  private void bringKey() throws IOException {
    Files.copy(KEYS.resolve("key-pkcs8.pem"), Path.of(key.name()));
  }

  private void write(Encryption mode, Compression compression) throws IOException {
    AsbFileSpec spec =
        AsbFileSpec.of(folder.toString())
            .withCompression(compression)
            .withEncryption(new EncryptionSpec(mode, key));
    TestPipeline pipeline = Records.pipeline();
    pipeline.apply(Create.of(records)).apply(AsbIO.write().withNamespace("test").to(spec));
    bringKey();
    pipeline.run();
  }

  private AsbIO.Read read() {
    return AsbIO.read().from(folder.toString());
  }

  @ParameterizedTest
  @CsvSource({"AES128, none", "AES256, zstd"})
  void whatIsWrittenIsReadWithTheKey(Encryption mode, String compression) throws IOException {
    write(mode, Compression.parse(compression));
    try (LocalStore store = new LocalStore(folder)) {
      for (FileReceipt file : BackupContents.of(store).files()) {
        String stored = Files.readString(folder.resolve(file.name()), StandardCharsets.ISO_8859_1);
        assertThat(stored).doesNotContain(BEGINNINGS);
      }
    }
    Files.delete(Path.of(key.name()));
    TestPipeline pipeline = Records.pipeline();
    Records.areThese(pipeline.apply("one", read().withKey(key)), records);
    PCollection<AerospikeRecord> all =
        pipeline.apply(Create.of(folder.toString())).apply("all", AsbIO.readAll().withKey(key));
    Records.areThese(all, records);
    bringKey();
    pipeline.run();
  }

  @Test
  void withoutAKeyOrWithAnotherNothingIsRead() throws Exception {
    write(Encryption.AES256, Compression.NONE);
    TestPipeline keyless = Records.pipeline();
    keyless.apply(read());
    assertThatThrownBy(keyless::run).hasStackTraceContaining(folder.toString());
    TestPipeline wrong = Records.pipeline();
    Path other = temp.resolve("other.pem");
    Files.writeString(other, newKey());
    wrong.apply(read().withKey(KeyReference.file(other.toString())));
    assertThatThrownBy(wrong::run).hasStackTraceContaining(folder.toString());
    TestPipeline gone = Records.pipeline();
    gone.apply(read().withKey(KeyReference.file(temp.resolve("none.pem").toString())));
    assertThatThrownBy(gone::run).hasStackTraceContaining("the encryption key: ");
  }

  private static String newKey() throws GeneralSecurityException {
    byte[] key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate().getEncoded();
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(key)
        + "\n-----END PRIVATE KEY-----\n";
  }

  @Test
  void aBackupWhoseManifestSaysSoIsRefusedWhereThePipelineIsMade() throws IOException {
    write(Encryption.AES256, Compression.NONE);
    List<FileReceipt> files;
    try (LocalStore store = new LocalStore(folder)) {
      files = BackupContents.of(store).files();
    }
    EncryptionSpec spec = new EncryptionSpec(Encryption.AES256, key);
    Files.write(
        folder.resolve(ManifestFile.NAME),
        TestManifests.bytes("run", spec.open(Secrets.of(null)), files));
    TestPipeline pipeline = Records.pipeline();
    AsbIO.Read read = read();
    assertThatThrownBy(() -> pipeline.apply(read))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(folder + ": is encrypted, so AsbIO.read() needs withKey()");
  }

  @Test
  void theModeIsShown() {
    AsbFileSpec spec =
        AsbFileSpec.of(folder.toString())
            .withEncryption(new EncryptionSpec(Encryption.AES128, key));
    assertThat(DisplayData.from(AsbIO.write().to(spec)).items())
        .anySatisfy(
            item -> {
              assertThat(item.getKey()).isEqualTo("encryption");
              assertThat(item.getValue()).isEqualTo("AES128");
            });
  }
}
