package org.asbeam.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalStoreTest extends StoreContract {
  @TempDir Path folder;

  @Override
  protected Store open() {
    return new LocalStore(folder.resolve("made/when needed"));
  }

  /** The contract holds where the file system refuses hard links, too. */
  @Nested
  final class WithoutHardLinks extends StoreContract {
    @TempDir Path other;

    @Override
    protected Store open() {
      return new LocalStore(
          other,
          (name, existing) -> {
            throw new FileSystemException(name.toString(), null, "Operation not permitted");
          });
    }
  }

  @Test
  void noTemporaryFileStays() throws Exception {
    try (Store store = open()) {
      store.put("a", new byte[10]);
      store.putIfAbsent("a", new byte[10]);
      store.putIfAbsent("b", new byte[10]);
      assertThat(store.list("")).extracting(StoredFile::name).containsExactly("a", "b");
    }
  }

  @Test
  void aLostRaceIsSeenAtTheLinkItself() throws Exception {
    Store racing =
        new LocalStore(
            folder,
            (name, existing) -> {
              Files.writeString(name, "the other's");
              throw new FileAlreadyExistsException(name.toString());
            });
    assertThat(racing.putIfAbsent("x", new byte[1])).isFalse();
    assertThat(racing.get("x")).asString().isEqualTo("the other's");
    assertThat(racing.list("")).hasSize(1);
  }

  @Test
  void aFolderInAFilesPlaceIsSaid() throws Exception {
    Store store = new LocalStore(folder);
    store.put("folder/file", new byte[1]);
    assertFails(() -> store.get("folder"), StoreException.Kind.WRONG_TYPE, "is a folder");
    assertFails(() -> store.read("folder", 0), StoreException.Kind.WRONG_TYPE, "is a folder");
    assertFails(() -> store.size("folder"), StoreException.Kind.WRONG_TYPE, "is a folder");
    assertFails(
        () -> store.put("folder", new byte[1]), StoreException.Kind.WRONG_TYPE, "it is a folder");
    assertFails(() -> store.list("folder/file"), StoreException.Kind.WRONG_TYPE, "is a file");
    assertFails(
        () -> store.create("folder/file/below"), StoreException.Kind.WRONG_TYPE, "is a file");
    assertFails(() -> store.delete("folder"), StoreException.Kind.OTHER, "not empty");
  }

  @Test
  void missingRightsAreSaid() throws Exception {
    Store store = new LocalStore(folder);
    store.put("folder/file", new byte[1]);
    Path path = folder.resolve("folder");
    Files.setPosixFilePermissions(
        path.resolve("file"), PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      // The superuser may do everything.
      assumeThat(Files.isWritable(path)).isFalse();
      assertFails(() -> store.create("folder/b"), StoreException.Kind.DENIED, "not allowed");
      assertFails(
          () -> store.put("folder/b", new byte[1]), StoreException.Kind.DENIED, "not allowed");
      assertFails(() -> store.get("folder/file"), StoreException.Kind.DENIED, "not allowed");
    } finally {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void errorsOfTheSystemAreToldApart() {
    Path path = folder.resolve("x");
    assertThat(kind(new FileSystemException("x", null, "No space left on device")))
        .isEqualTo(StoreException.Kind.NO_SPACE);
    assertThat(kind(new IOException("No space left on device")))
        .isEqualTo(StoreException.Kind.NO_SPACE);
    assertThat(kind(new IOException("Disk quota exceeded")))
        .isEqualTo(StoreException.Kind.NO_SPACE);
    assertThat(kind(new FileSystemException("x", null, "Read-only file system")))
        .isEqualTo(StoreException.Kind.DENIED);
    assertThat(kind(new java.nio.file.AccessDeniedException("x")))
        .isEqualTo(StoreException.Kind.DENIED);
    assertThat(kind(new NoSuchFileException("x"))).isEqualTo(StoreException.Kind.NOT_FOUND);
    assertThat(kind(new IOException("Stale file handle"))).isEqualTo(StoreException.Kind.TRANSIENT);
    assertThat(kind(new IOException("Input/output error"))).isEqualTo(StoreException.Kind.OTHER);
    assertThat(LocalErrors.of(path, "could not be read", new IOException("Input/output error")))
        .hasMessage(path + ": could not be read: Input/output error");
  }

  @Test
  void afterAFailedWriteTheOutputTakesNothingMore() throws Exception {
    Path path = folder.resolve("file");
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    LocalOutput output = new LocalOutput("file", path, channel, () -> {});
    output.write(new byte[10], 0, 10);
    channel.close();
    assertThatThrownBy(() -> output.write(new byte[1], 0, 1)).isInstanceOf(StoreException.class);
    assertFails(() -> output.write(new byte[1], 0, 1), StoreException.Kind.OTHER, "earlier write");
    assertFails(output::commit, StoreException.Kind.OTHER, "earlier write");
    output.close();
    assertThat(path).doesNotExist();
  }

  @Test
  void aCommitThatFailsIsNone() throws Exception {
    Path path = folder.resolve("file");
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    LocalOutput output = new LocalOutput("file", path, channel, () -> {});
    channel.close();
    assertThatThrownBy(output::commit).isInstanceOf(StoreException.class);
    output.close();
    assertThat(path).doesNotExist();
  }

  @Test
  void aReadThatIsInterruptedIsWorthAnotherTry() throws Exception {
    Store store = new LocalStore(folder);
    store.put("file", new byte[100]);
    try (var in = store.read("file", 0)) {
      Thread.currentThread().interrupt();
      assertFails(in::read, StoreException.Kind.TRANSIENT, "interrupted");
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void aFileThatIsNotSmallIsNotTakenWhole() throws Exception {
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve("huge"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(java.nio.ByteBuffer.wrap(new byte[1]), 1L << 40);
    }
    assertFails(
        () -> new LocalStore(folder).get("huge"), StoreException.Kind.OTHER, "more than such a");
  }

  @Test
  void aBrokenLinkAndAnUnreadableNameDontStopAListing() throws Exception {
    Store store = new LocalStore(folder);
    store.put("a", new byte[1]);
    Files.createSymbolicLink(folder.resolve("b"), folder.resolve("nowhere"));
    assertThat(store.list("")).containsExactly(new StoredFile("a", 1, false));
    assertThat(store.putIfAbsent("b", new byte[1])).isFalse();
  }

  private StoreException.Kind kind(IOException e) {
    return LocalErrors.of(folder, "could not be written", e).kind();
  }

  private static void assertFails(ThrowingCallable call, StoreException.Kind kind, String text) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> {
              assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind);
              assertThat(e).hasMessageContaining(text);
              assertThat(e.getMessage()).doesNotContain("\n");
            });
  }
}
