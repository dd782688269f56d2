package org.asbeam.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.asbeam.storage.MemoryStore;
import org.junit.jupiter.api.Test;

final class BackupFolderTest {
  private final MemoryStore store = new MemoryStore();
  private final BackupFolder folder = new BackupFolder(store);

  @Test
  void anyGuardSaysUnfinishedUntilItIsABackupFile() throws Exception {
    store.put("a_1_1_00000000.asb", new byte[] {1});
    assertThat(folder.state()).isEqualTo(BackupFolder.State.FOREIGN_BACKUP);
    // A process died before it had written the text.
    store.put(BackupFolder.GUARD, new byte[0]);
    assertThat(folder.state()).isEqualTo(BackupFolder.State.UNFINISHED);
    store.delete(BackupFolder.GUARD);

    assertThat(folder.take(new Lock("run", "me", Instant.EPOCH, Removal.OVERWRITES))).isTrue();
    assertThat(folder.state()).isEqualTo(BackupFolder.State.UNFINISHED);
    folder.release();
    folder.unguard(Removal.OVERWRITES, "test");
    assertThat(new String(store.get(BackupFolder.GUARD), StandardCharsets.US_ASCII))
        .startsWith("Version 3.1\n# namespace test\n");
    assertThat(folder.state()).isEqualTo(BackupFolder.State.FOREIGN_BACKUP);
    assertThat(folder.backupFiles()).hasSize(1);
  }

  @Test
  void whereNothingCanBeTakenBackThereIsNoGuard() throws Exception {
    assertThat(folder.take(new Lock("run", "me", Instant.EPOCH, Removal.NOTHING))).isTrue();
    assertThat(store.list("")).noneMatch(file -> file.name().equals(BackupFolder.GUARD));
    assertThat(folder.state()).isEqualTo(BackupFolder.State.UNFINISHED);
  }
}
