package org.asbeam.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.asbeam.embedded.EmbeddedNamespace;
import org.asbeam.embedded.Fault;
import org.asbeam.storage.Compression;
import org.asbeam.storage.journal.Json;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.Rejects;
import org.asbeam.transforms.work.RestoreInput;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.WorkException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that the server refuses for good. */
class RestoreRejectsTest {
  private static final int RECORDS = 300;
  private static final int TOO_BIG = 13;
  private static final int FORBIDDEN = 22;

  @TempDir Path temp;
  private Fixture fixture;
  private Path folder;
  private Path rejects;

  @BeforeEach
  void backUp() throws Exception {
    fixture = Fixture.start(1).fill(RECORDS);
    folder = temp.resolve("backup");
    rejects = temp.resolve("rejects");
    BackupPipeline.start(fixture.backup(folder, Compression.NONE, 2), false, Fixture.direct())
        .await();
    fixture.cluster.inject(refusal("set1", TOO_BIG));
    fixture.cluster.inject(refusal("set2", FORBIDDEN));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private static Fault refusal(String set, int code) {
    return Fault.on(Fault.Target.WRITE)
        .namespace(Fixture.TARGET)
        .set(set)
        .always()
        .resultCode(code);
  }

  private EmbeddedNamespace target() {
    return fixture.cluster.namespace(Fixture.TARGET);
  }

  private long refused() {
    EmbeddedNamespace source = fixture.cluster.namespace(Fixture.SOURCE);
    return source.count("set1") + source.count("set2");
  }

  private RestoreSpec rejecting(long most) {
    return fixture.restore(folder).withRejects(new Rejects(rejects.toString(), most));
  }

  private static RestoreReport restore(RestoreSpec spec) throws Exception {
    RestoreReport report = RestorePipeline.start(spec, Fixture.direct()).await();
    assertThat(report.records().addsUp()).isTrue();
    return report;
  }

  private static WorkException fails(RestoreSpec spec) {
    return catchThrowableOfType(WorkException.class, () -> restore(spec));
  }

  private List<Path> in(Path directory, String ending) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  @Test
  void theFirstRefusalEndsTheRestoreUnlessTold() throws Exception {
    WorkException thrown = fails(fixture.restore(folder));
    assertThat(thrown.code()).isEqualTo(ErrorCode.RECORD_REFUSED);
    assertThat(thrown.hint()).contains("--resume");
  }

  @Test
  void ignoredRecordsAreCountedByCause() throws Exception {
    RestoreSpec spec = fixture.restore(folder);
    RestoreReport report = restore(spec.withWriting(spec.writing().withIgnoreRecordErrors(true)));
    assertThat(report.records().ignored()).isEqualTo(refused());
    assertThat(report.records().notRestored()).isEqualTo(refused());
    assertThat(report.records().refusals()).hasSize(2);
    assertThat(target().count()).isEqualTo(RECORDS - refused());
  }

  @Test
  void theFolderOfRejectsIsTheRepair() throws Exception {
    RestoreReport report = restore(rejecting(0));
    assertThat(report.records().rejected()).isEqualTo(refused());
    assertThat(report.records().inserted()).isEqualTo(RECORDS - refused());

    Set<String> digests = new TreeSet<>();
    Set<Integer> codes = new TreeSet<>();
    for (Path file : in(rejects, ".asb")) {
      Path reasons = Path.of(file + ".reasons.jsonl");
      for (String line : Files.readAllLines(reasons)) {
        JsonNode reason = Json.read(line.getBytes(StandardCharsets.UTF_8), JsonNode.class);
        digests.add(reason.get("digest").asText());
        codes.add(reason.get("code").asInt());
        assertThat(reason.get("set").asText()).isIn("set1", "set2");
        assertThat(reason.get("reason").asText()).isNotBlank();
      }
    }
    assertThat(codes).containsExactly(TOO_BIG, FORBIDDEN);
    Set<String> missing = new TreeSet<>(fixture.contents(Fixture.SOURCE).keySet());
    missing.removeAll(fixture.contents(Fixture.TARGET).keySet());
    assertThat(digests).isEqualTo(missing).hasSize((int) refused());

    fixture.cluster.clearFaults();
    RestoreInput input = RestoreInput.folder(rejects.toString());
    assertThat(Fixture.verify(rejects).sound()).isTrue();
    assertThat(restore(fixture.restore(folder).withInput(input)).records().inserted())
        .isEqualTo(refused());
    fixture.targetEqualsSource();
  }

  @Test
  void theFolderOfRejectsMustBeFree() throws Exception {
    Files.createDirectories(rejects);
    Files.writeString(rejects.resolve("note.txt"), "mine");
    assertThat(fails(rejecting(0)).code()).isEqualTo(ErrorCode.NOT_EMPTY);
    assertThat(target().count()).isZero();
    assertThat(rejects.resolve("note.txt")).hasContent("mine");
  }

  @Test
  void tooManyRejectsEndTheRestoreAndResumingGoesOn() throws Exception {
    WorkException thrown = fails(rejecting(10));
    assertThat(thrown.code()).isEqualTo(ErrorCode.TOO_MANY_REJECTS);
    assertThat(thrown).hasMessageContaining("more than 10 records");
    assertThat(in(rejects, ".asb")).isNotEmpty();

    RestoreReport report = restore(rejecting(RECORDS).withResume(true));
    assertThat(report.records().read()).isEqualTo(RECORDS);
    assertThat(report.records().rejected()).isEqualTo(refused());
    List<String> digests = new ArrayList<>();
    for (Path reasons : in(rejects, ".jsonl")) {
      for (String line : Files.readAllLines(reasons)) {
        digests.add(
            Json.read(line.getBytes(StandardCharsets.UTF_8), JsonNode.class)
                .get("digest")
                .asText());
      }
    }
    // What a slice that was done again had rejected before is not there twice.
    assertThat(digests).doesNotHaveDuplicates().hasSize((int) refused());
    assertThat(HexFormat.of().parseHex(digests.get(0))).hasSize(20);
  }
}
