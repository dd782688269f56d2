package org.asbeam.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.asbeam.embedded.NewRecord;
import org.asbeam.storage.Compression;
import org.asbeam.storage.journal.ManifestFile;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.RestoreInput;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.VerifySpec;
import org.asbeam.transforms.work.WorkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What restore and verify read: folders, a file, standard input, of asbeam and of others. */
class RestoreInputsTest {
  private static final String HEADER = "Version 3.1\n# namespace source\n";

  @TempDir Path temp;

  private Path backUp(Fixture fixture, String name, Compression compression) throws Exception {
    Path folder = temp.resolve(name);
    BackupPipeline.start(fixture.backup(folder, compression, 2), false, Fixture.direct()).await();
    return folder;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".asb")).sorted().toList();
    }
  }

  /** A folder as another tool would leave it. */
  private static void makeForeign(Path folder) throws IOException {
    Files.delete(folder.resolve(ManifestFile.NAME));
    try (Stream<Path> files = Files.walk(folder.resolve(".asbeam"))) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }

  private Path foreign(String name, String... lines) throws IOException {
    Path folder = Files.createDirectory(temp.resolve(name));
    Files.writeString(folder.resolve("a.asb"), HEADER + String.join("\n", lines) + "\n");
    return folder;
  }

  private static RestoreReport restore(RestoreSpec spec) throws Exception {
    RestoreReport report = RestorePipeline.start(spec, Fixture.direct()).await();
    assertThat(report.records().addsUp()).isTrue();
    return report;
  }

  private static WorkException fails(RestoreSpec spec) {
    return catchThrowableOfType(WorkException.class, () -> restore(spec));
  }

  private static VerifyReport verify(RestoreInput input) throws Exception {
    return VerifyPipeline.start(VerifySpec.of(input, 2), Fixture.direct()).await();
  }

  @Test
  void foldersOfAsbeamAndOfOthersTogether() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(300)) {
      Path first = backUp(fixture, "first", Compression.ZSTD);
      fixture.cluster.namespace(Fixture.SOURCE).put(NewRecord.of("late", 1L).bin("n", 1));
      Path second = backUp(fixture, "second", Compression.NONE);
      makeForeign(second);
      RestoreInput input = folders(first, second);
      VerifyReport verified = verify(input);
      assertThat(verified.findings()).isEmpty();
      assertThat(verified.records()).isEqualTo(601);
      assertThat(verified.manifests()).isEqualTo(1);
      assertThat(verified.promises())
          .anySatisfy(line -> assertThat(line).contains("not provable of " + second));

      RestoreReport report = restore(fixture.restore(first).withInput(input));
      assertThat(report.records().read()).isEqualTo(601);
      assertThat(report.metadata().udfsKept()).isEqualTo(1);
      fixture.targetEqualsSource();
    }
  }

  @Test
  void aFolderIsNamedOnce() throws Exception {
    try (Fixture fixture = Fixture.start(1)) {
      Path folder = foreign("folder", "+ k I 1");
      Path link = Files.createSymbolicLink(temp.resolve("link"), folder);
      for (String other : List.of(folder.toString(), folder + "/", link.toString())) {
        RestoreInput twice = RestoreInput.folders(List.of(folder.toString(), other));
        WorkException thrown = fails(fixture.restore(folder).withInput(twice));
        assertThat(thrown.code()).isEqualTo(ErrorCode.USAGE);
        assertThat(thrown).hasMessageContaining(folder.toString());
      }
    }
  }

  @Test
  void allInputsAreCheckedBeforeTheFirstWrite() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(50)) {
      Path good = backUp(fixture, "good", Compression.NONE);
      Path cut = backUp(fixture, "cut", Compression.NONE);
      Path lost = files(cut).get(1);
      Files.delete(lost);
      byte[] bytes = Files.readAllBytes(files(cut).get(0));
      Files.write(files(cut).get(0), java.util.Arrays.copyOf(bytes, bytes.length - 1));
      Path other = temp.resolve("other");
      Files.createDirectory(other);
      Files.writeString(other.resolve("a.asb"), "Version 3.1\n# namespace another\n");
      Files.writeString(other.resolve("b.asb"), "what is this");
      WorkException thrown =
          fails(
              fixture
                  .restore(good)
                  .withInput(
                      RestoreInput.folders(
                          List.of(good.toString(), cut.toString(), other.toString()))));
      assertThat(thrown)
          .hasMessageContaining("were written")
          .hasMessageContaining(lost.getFileName().toString())
          .hasMessageContaining("a.asb: is of namespace another")
          .hasMessageContaining("b.asb");
      assertThat(fixture.cluster.namespace(Fixture.TARGET).count()).isZero();
      assertThat(good.resolve(".asbeam/restores")).doesNotExist();
    }
  }

  @Test
  void aSingleFileWithItsIndexIsCutIntoSlices() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(2_000)) {
      Path folder = backUp(fixture, "backup", Compression.ZSTD);
      long records = 0;
      for (Path file : files(folder)) {
        RestoreInput input = RestoreInput.singleFile(file.toString());
        VerifyReport verified = verify(input);
        assertThat(verified.findings()).isEmpty();
        RestoreReport report = restore(fixture.restore(folder).withInput(input));
        assertThat(report.files()).isEqualTo(1);
        assertThat(report.records().read()).isEqualTo(verified.records());
        records += report.records().read();
      }
      assertThat(records).isEqualTo(2_000);
      fixture.targetEqualsSource();
      assertThat(fails(fixture.restore(folder).withInput(RestoreInput.singleFile("/no/x.asb"))))
          .hasMessageContaining("/no/x.asb");
    }
  }

  @Test
  void standardInputIsRestoredByThisProcess() throws Exception {
    try (Fixture fixture = Fixture.start(1)) {
      String text =
          HEADER
              + "* i source s idx N 1 n N\n"
              + "* u L f.lua 9 return 1\n\n"
              + "+ k I 1\n+ n source\n+ d AAAAAAAAAAAAAAAAAAAAAAAAAAA=\n+ s s\n+ g 1\n+ t 0\n"
              + "+ b 1\n- I n 7\n";
      RestoreInput input = RestoreInput.singleFile(RestoreInput.STANDARD_INPUT);
      RestoreReport report = withInput(text, () -> restore(fixture.restore(temp).withInput(input)));
      assertThat(report.records().inserted()).isEqualTo(1);
      assertThat(report.metadata().indexesCreated()).isEqualTo(1);
      assertThat(report.metadata().udfsCreated()).isEqualTo(1);
      assertThat(report.directory()).isEqualTo("standard input");
      assertThat(fixture.cluster.namespace(Fixture.TARGET).get(new byte[20])).isPresent();
      assertThat(fixture.cluster.namespace(Fixture.TARGET).indexes()).hasSize(1);
      assertThat(withInput(text, () -> verify(input)).records()).isEqualTo(1);

      String cut = text.substring(0, text.length() - 2);
      assertThat(withInput(cut, () -> verify(input)).sound()).isFalse();
      WorkException thrown = withInput(cut, () -> fails(fixture.restore(temp).withInput(input)));
      assertThat(thrown.code()).isEqualTo(ErrorCode.DAMAGED);
      assertThat(thrown).hasMessageContaining("standard input");
    }
  }

  private interface Body<T> {
    T run() throws Exception;
  }

  private static <T> T withInput(String text, Body<T> body) throws Exception {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    try {
      return body.run();
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void theSameIndexTwiceIsOneAndAContradictionIsAnError() throws Exception {
    try (Fixture fixture = Fixture.start(1)) {
      Path one = foreign("one", "* i source s idx N 1 n N", "* u L f.lua 1 x");
      Path same = foreign("same", "* i source s idx N 1 n N", "* u L f.lua 1 x");
      Path other = foreign("other", "* i source s idx N 1 n S");
      Path module = foreign("module", "* u L f.lua 1 y");
      Path elsewhere = foreign("elsewhere", "* i another s idx2 N 1 n N");
      RestoreSpec spec = fixture.restore(one);
      RestoreReport report = restore(spec.withInput(folders(one, same)));
      assertThat(report.metadata().indexesCreated()).isEqualTo(1);
      assertThat(fixture.cluster.namespace(Fixture.TARGET).indexes())
          .singleElement()
          .satisfies(index -> assertThat(index.name()).isEqualTo("idx"));
      for (Path contradicting : List.of(other, module)) {
        WorkException thrown = fails(spec.withInput(folders(one, contradicting)));
        assertThat(thrown.code()).isEqualTo(ErrorCode.METADATA_CONFLICT);
        assertThat(thrown).hasMessageContaining(contradicting.toString());
      }
      assertThat(fails(spec.withInput(folders(elsewhere))).code())
          .isEqualTo(ErrorCode.WRONG_NAMESPACE);
    }
  }

  private static RestoreInput folders(Path... paths) {
    return RestoreInput.folders(Stream.of(paths).map(Path::toString).toList());
  }

  @Test
  void aCompressionThatIsNotSoIsRefused() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(20)) {
      Path zstd = backUp(fixture, "zstd", Compression.ZSTD);
      Path plain = backUp(fixture, "plain", Compression.NONE);
      refuses(fixture, zstd, Compression.Codec.NONE, "is compressed with zstd");
      refuses(fixture, plain, Compression.Codec.ZSTD, "is not compressed");
      assertThat(fixture.cluster.namespace(Fixture.TARGET).count()).isZero();
      RestoreSpec spec = fixture.restore(zstd);
      restore(spec.withInput(spec.input().withCompression(Compression.Codec.ZSTD)));
      fixture.targetEqualsSource();
    }
  }

  private static void refuses(Fixture fixture, Path folder, Compression.Codec said, String why) {
    RestoreSpec spec = fixture.restore(folder);
    WorkException thrown = fails(spec.withInput(spec.input().withCompression(said)));
    assertThat(thrown.code()).isEqualTo(ErrorCode.USAGE);
    assertThat(thrown).hasMessageContaining(why);
  }
}
