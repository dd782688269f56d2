package org.asbeam.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.asbeam.storage.Compression;
import org.asbeam.storage.crypto.Encryption;
import org.asbeam.storage.crypto.EncryptionSpec;
import org.asbeam.storage.crypto.KeyReference;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.RestoreInput;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.VerifySpec;
import org.asbeam.transforms.work.WorkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedBackupTest {
  private static final KeyReference KEY =
      KeyReference.file("../io/storage/src/test/resources/golden/keys/key-pkcs8.pem");

  @TempDir Path temp;

  private Path backUp(Fixture fixture, Compression compression) throws Exception {
    Path folder = temp.resolve("backup");
    BackupSpec spec = fixture.backup(folder, compression, 2);
    BackupPipeline.start(
            spec.withOutput(
                spec.output().withEncryption(new EncryptionSpec(Encryption.AES128, KEY))),
            false,
            Fixture.direct())
        .await();
    return folder;
  }

  private static VerifyReport verify(RestoreInput input) throws Exception {
    return VerifyPipeline.start(VerifySpec.of(input, 2), Fixture.direct()).await();
  }

  private Path anyFile(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(Fixture.SOURCE + "_"))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void comesBackWithItsKeyAndOnlyWithThat() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(500)) {
      Path folder = backUp(fixture, Compression.zstd(3));
      RestoreSpec restore = fixture.restore(folder);
      WorkException e =
          catchThrowableOfType(
              WorkException.class, () -> RestorePipeline.start(restore, Fixture.direct()).await());
      assertThat(e.code()).isEqualTo(ErrorCode.KEY);
      assertThat(fixture.contents(Fixture.TARGET)).isEmpty();

      RestorePipeline.start(restore.withInput(restore.input().withKey(KEY)), Fixture.direct())
          .await();
      fixture.targetEqualsSource();
    }
  }

  @Test
  void everyByteIsVerifiedWithoutTheKey() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(500)) {
      Path folder = backUp(fixture, Compression.NONE);
      RestoreInput input = RestoreInput.folder(folder.toString());
      VerifyReport without = verify(input);
      assertThat(without.findings()).isEmpty();
      assertThat(without.records()).isEqualTo(500);
      assertThat(without.promises()).anyMatch(line -> line.contains("without the encryption key"));
      VerifyReport with = verify(input.withKey(KEY));
      assertThat(with.findings()).isEmpty();
      assertThat(with.promises()).noneMatch(line -> line.contains("without the encryption key"));

      Path file = anyFile(folder);
      byte[] bytes = Files.readAllBytes(file);
      for (int at : List.of(3, 16, bytes.length / 2, bytes.length - 1)) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= 1;
        Files.write(file, flipped);
        assertThat(verify(input).findings())
            .as("byte %d", at)
            .anyMatch(line -> line.contains(file.getFileName().toString()));
      }
      Files.delete(file);
      assertThat(verify(input).findings()).isNotEmpty();
    }
  }

  @Test
  void theManifestSaysHowItIsEncryptedAndShowsNoKey() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(100)) {
      Path folder = backUp(fixture, Compression.NONE);
      String manifest = Files.readString(folder.resolve("backup.manifest.json"));
      assertThat(manifest).contains("AES128").doesNotContain("PRIVATE");
    }
  }
}
