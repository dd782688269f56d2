package org.asbeam.storage.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.asbeam.storage.CodecException;
import org.asbeam.storage.Decryption;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoredFile;

/**
 * The files of a backup that can be read: those that the manifest names, or, in a folder of another
 * tool, all that are there.
 *
 * @param manifest the manifest; empty: another tool made the backup
 * @param files the files to read, sorted by name
 * @param decryption how their text is read
 */
public record BackupContents(
    Optional<Manifest> manifest, List<FileReceipt> files, Decryption decryption) {
  /** Files are not cut into smaller slices than this many stored bytes. */
  private static final long LEAST_SLICE_BYTES = 16L << 20;

  private static final int SLICES_PER_SLOT = 16;

  /**
   * Looks at a folder without a key: names, sizes and checksums of an encrypted backup are known,
   * its text can't be read.
   *
   * @throws NoBackupException if it holds no backup that can be read
   */
  public static BackupContents of(Store store) throws IOException {
    BackupFolder folder = new BackupFolder(store);
    BackupFolder.State state = folder.state();
    return switch (state) {
      case FINISHED -> {
        Manifest manifest = ManifestFile.read(store).orElseThrow();
        yield new BackupContents(Optional.of(manifest), manifest.files(), Decryption.none());
      }
      case FOREIGN_BACKUP ->
          new BackupContents(
              Optional.empty(),
              folder.backupFiles().stream().map(BackupContents::unknown).toList(),
              Decryption.none());
      case UNFINISHED, EMPTY, OTHER -> throw new NoBackupException(store.location(), state);
    };
  }

  /**
   * Looks at a folder to read the text in it. What the manifest says of encryption and key is
   * compared before any file is read; a backup without a manifest shows it file by file.
   *
   * @throws NoBackupException if it holds no backup that can be read
   * @throws CodecException if the key is missing or wrong, or the backup isn't as a person said
   */
  public static BackupContents of(Store store, Decryption decryption) throws IOException {
    return of(store).provedFor(store, decryption);
  }

  /**
   * One file of a folder, as a backup of its own. If the folder's manifest names it, its size,
   * records and blocks are known; else it is read from start to end. The folder may be unfinished.
   *
   * @param name the file's name in the folder, with any ending
   * @throws StoreException of kind NOT_FOUND if there is none
   * @throws CodecException if the key is missing or wrong, or the backup isn't as a person said
   */
  public static BackupContents ofFile(Store store, String name, Decryption decryption)
      throws IOException {
    return ofFile(store, name).provedFor(store, decryption);
  }

  /** As {@link #ofFile(Store, String, Decryption)}, without a key: its text can't be read. */
  public static BackupContents ofFile(Store store, String name) throws IOException {
    long size = store.size(name);
    if (new BackupFolder(store).state() == BackupFolder.State.FINISHED) {
      Manifest manifest = ManifestFile.read(store).orElseThrow();
      Optional<FileReceipt> named =
          manifest.files().stream().filter(file -> file.name().equals(name)).findFirst();
      if (named.isPresent()) {
        return new BackupContents(Optional.of(manifest), List.of(named.get()), Decryption.none());
      }
    }
    return new BackupContents(
        Optional.empty(), List.of(unknown(new StoredFile(name, size, false))), Decryption.none());
  }

  /** Whether the text can't be read, as the manifest says so and there is no key. */
  public boolean sealed() {
    return manifest.map(Manifest::encrypted).orElse(false) && !decryption.hasKey();
  }

  private BackupContents provedFor(Store store, Decryption given) throws CodecException {
    Decryption proved = given;
    if (manifest.isPresent()) {
      Manifest m = manifest.get();
      proved = given.provedBy(store.location(), m.mode(), m.keyId(), m.keyCheck());
    }
    return new BackupContents(manifest, files, proved);
  }

  private static FileReceipt unknown(StoredFile file) {
    return new FileReceipt(file.name(), file.size(), -1, -1, 0, "");
  }

  /** The records in the files; empty: another tool wrote them, and only reading tells. */
  public OptionalLong records() {
    return manifest.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(files.stream().mapToLong(FileReceipt::records).sum());
  }

  /** As {@link #slices(List, int)}, of this one alone. */
  public List<FileSlice> slices(int slots) {
    return slices(List.of(this), slots);
  }

  /**
   * Cuts the files of a job's inputs into slices: about sixteen per slot, none of them small
   * without need. The same for the same contents and slots, so that launcher and workers agree
   * without sharing a list.
   */
  public static List<FileSlice> slices(List<BackupContents> inputs, int slots) {
    long total = inputs.stream().mapToLong(BackupContents::bytes).sum();
    long target = Math.max(LEAST_SLICE_BYTES, total / ((long) slots * SLICES_PER_SLOT));
    List<FileSlice> slices = new ArrayList<>();
    for (int input = 0; input < inputs.size(); input++) {
      for (FileReceipt file : inputs.get(input).files()) {
        int pieces = (int) Math.max(1, Math.min(file.blocks(), file.bytes() / target));
        for (int piece = 0; piece < pieces; piece++) {
          int from = (int) ((long) file.blocks() * piece / pieces);
          int to = (int) ((long) file.blocks() * (piece + 1) / pieces);
          long bytes = file.bytes() / pieces;
          slices.add(new FileSlice(slices.size(), input, file.name(), from, to - from, bytes));
        }
      }
    }
    return slices;
  }

  /** The stored bytes of all files. */
  public long bytes() {
    return files.stream().mapToLong(FileReceipt::bytes).sum();
  }

  /** Changes when the backup does: the run's id, or a checksum of the names and sizes. */
  public String edition() {
    return manifest.map(Manifest::runId).orElseGet(() -> Integer.toHexString(files.hashCode()));
  }

  /** That of all inputs of a job together. */
  public static String edition(List<BackupContents> inputs) {
    return inputs.stream().map(BackupContents::edition).collect(Collectors.joining(","));
  }

  /** What is known of a file. */
  public FileReceipt file(String name) {
    int low = 0;
    int high = files.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = files.get(middle).name().compareTo(name);
      if (order == 0) {
        return files.get(middle);
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    throw new NoSuchElementException(name);
  }
}
