package org.asbeam.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.journal.BackupFolder;
import org.asbeam.storage.journal.Manifest;
import org.asbeam.storage.journal.Removal;
import org.asbeam.transforms.work.BackupLaunch;
import org.asbeam.transforms.work.BackupOutput;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.FolderCleanup;
import org.asbeam.transforms.work.LentBackends;
import org.asbeam.transforms.work.RealBackends;
import org.asbeam.transforms.work.RestoreInput;
import org.asbeam.transforms.work.RestoreSpec;
import org.asbeam.transforms.work.Surroundings;
import org.asbeam.transforms.work.VerifySpec;
import org.asbeam.transforms.work.WorkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Backups with credentials that may not delete, or not even replace: found at launch, and said. */
class LackingRightsTest {
  private final MapStore store = new MapStore("bucket");

  private Asbeam asbeam(Removal allowed) {
    return Asbeam.create().withStores(name -> new RestrictedStore(store, allowed));
  }

  private static BackupSpec spec(Fixture fixture, Asbeam asbeam) {
    return BackupSpec.of(
            fixture.connection(), Fixture.SOURCE, BackupOutput.folder(asbeam.folder("monday")))
        .withSlots(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Removal.class,
      names = {"OVERWRITES", "NOTHING"})
  void aBackupIsMadeAndSaysWhatStays(Removal allowed) throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(300);
        Asbeam asbeam = asbeam(allowed)) {
      BackupSpec spec = spec(fixture, asbeam);
      List<String> news = new ArrayList<>();
      Manifest manifest = asbeam.backup(spec, news::add).await().manifest();
      assertThat(manifest.records()).isEqualTo(300);
      assertThat(news).singleElement().asString().contains("don't allow to delete");
      assertThat(news.get(0).contains("take half of it for whole"))
          .isEqualTo(allowed == Removal.NOTHING);

      assertThat(new BackupFolder(store).state()).isEqualTo(BackupFolder.State.FINISHED);
      if (allowed == Removal.OVERWRITES) {
        assertThat(new String(store.get(BackupFolder.GUARD), StandardCharsets.US_ASCII))
            .startsWith("Version 3.1\n# namespace source\n");
        assertThat(manifest.unlisted()).containsExactly(BackupFolder.GUARD);
      } else {
        assertThat(store.names()).doesNotContain(BackupFolder.GUARD);
      }
      VerifyReport verified =
          asbeam.verify(VerifySpec.of(RestoreInput.folder(spec.directory()), 2)).await();
      assertThat(verified.findings()).isEmpty();
      RestoreReport restored =
          asbeam
              .restore(
                  RestoreSpec.of(
                          fixture.connection(),
                          Fixture.SOURCE,
                          RestoreInput.folder(spec.directory()))
                      .withTargetNamespace(Fixture.TARGET))
              .await();
      assertThat(restored.records().inserted()).isEqualTo(300);
      assertThat(restored.warnings()).anyMatch(line -> line.contains("journal of this restore"));

      assertThat(error(asbeam, spec, false)).isEqualTo(ErrorCode.NOT_EMPTY);
      assertThat(error(asbeam, spec.withOutput(spec.output().withRemoveFiles(true)), false))
          .isEqualTo(ErrorCode.DENIED);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Removal.class,
      names = {"OVERWRITES", "NOTHING"})
  void whatAttemptsLeftIsNamedUntilSomebodyMayRemoveIt(Removal allowed) throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(300);
        Asbeam asbeam = asbeam(allowed);
        LentBackends.Loan loan = LentBackends.lend(new RealBackends())) {
      BackupSpec spec = spec(fixture, asbeam);
      BackupLaunch.Launched dead =
          new BackupLaunch(LentBackends.of(loan.id()), Surroundings.real())
              .start(spec, id -> "", "elsewhere_1_" + 999_999_999);
      String tag = dead.runId().substring(dead.runId().length() - 4);
      String left = "source_1_1_" + tag + "0000.asb";
      store.put(left, new byte[] {1});
      // The dead launcher's sign of life is of another host, and too young.
      store.delete(".asbeam/" + dead.runId() + "/live/elsewhere_1_999999999.json");
      if (allowed == Removal.OVERWRITES) {
        assertThat(new BackupFolder(store).state()).isEqualTo(BackupFolder.State.UNFINISHED);
      }

      Manifest manifest = asbeam.resume(spec).await().manifest();
      assertThat(manifest.runId()).isEqualTo(dead.runId());
      assertThat(manifest.unlisted()).contains(left);
      assertThat(manifest.warnings()).anyMatch(line -> line.contains(left));

      try (Asbeam owner = asbeam(Removal.DELETES)) {
        String folder = owner.folder("monday");
        assertThat(FolderCleanup.remove(new RealBackends(), folder).files()).contains(left);
        assertThat(store.names()).noneMatch(name -> name.contains(dead.runId()));
        assertThat(owner.verify(VerifySpec.of(RestoreInput.folder(folder), 2)).await().findings())
            .isEmpty();
      }
    }
  }

  @Test
  void aStoreThatMakesAFileTwiceIsRefused() throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(10);
        Asbeam asbeam = Asbeam.create().withStores(name -> new Forgetful(store))) {
      WorkException error =
          catchThrowableOfType(
              WorkException.class, () -> asbeam.backup(spec(fixture, asbeam)).await());
      assertThat(error).hasMessageContaining("conditional writes");
      assertThat(error.code()).isEqualTo(ErrorCode.STORAGE);
      assertThat(new BackupFolder(store).state()).isEqualTo(BackupFolder.State.EMPTY);
    }
  }

  private static ErrorCode error(Asbeam asbeam, BackupSpec spec, boolean resume) {
    return catchThrowableOfType(
            WorkException.class, () -> (resume ? asbeam.resume(spec) : asbeam.backup(spec)).await())
        .code();
  }

  /** Takes no notice of a condition, as some look-alikes of S3 do. */
  private static final class Forgetful extends Delegate {
    private Forgetful(Store store) {
      super(store);
    }

    @Override
    public boolean putIfAbsent(String name, byte[] content) throws StoreException {
      put(name, content);
      return true;
    }
  }
}
