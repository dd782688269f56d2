package org.asbeam.storage.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoredFile;

/**
 * The files of a backup that can be read: those that the manifest names, or, in a folder of another
 * tool, all that are there.
 *
 * @param manifest the manifest; empty: another tool made the backup
 * @param files the files to read, sorted by name
 */
public record BackupContents(Optional<Manifest> manifest, List<FileReceipt> files) {
  /** Files are not cut into smaller slices than this many stored bytes. */
  private static final long LEAST_SLICE_BYTES = 16L << 20;

  private static final int SLICES_PER_SLOT = 16;

  /**
   * Looks at a folder.
   *
   * @throws NoBackupException if it holds no backup that can be read
   */
  public static BackupContents of(Store store) throws IOException {
    BackupFolder folder = new BackupFolder(store);
    BackupFolder.State state = folder.state();
    return switch (state) {
      case FINISHED -> {
        Manifest manifest = ManifestFile.read(store).orElseThrow();
        yield new BackupContents(Optional.of(manifest), manifest.files());
      }
      case FOREIGN_BACKUP -> {
        List<FileReceipt> files = new ArrayList<>();
        for (StoredFile file : folder.backupFiles()) {
          files.add(new FileReceipt(file.name(), file.size(), -1, -1, 0, ""));
        }
        yield new BackupContents(Optional.empty(), files);
      }
      case UNFINISHED, EMPTY, OTHER -> throw new NoBackupException(store.location(), state);
    };
  }

  /**
   * Cuts the files into slices: about sixteen per slot, none of them small without need. The same
   * for the same contents and slots, so that launcher and workers agree without sharing a list.
   */
  public List<FileSlice> slices(int slots) {
    long total = files.stream().mapToLong(FileReceipt::bytes).sum();
    long target = Math.max(LEAST_SLICE_BYTES, total / ((long) slots * SLICES_PER_SLOT));
    List<FileSlice> slices = new ArrayList<>();
    for (FileReceipt file : files) {
      int pieces = (int) Math.max(1, Math.min(file.blocks(), file.bytes() / target));
      for (int piece = 0; piece < pieces; piece++) {
        int from = (int) ((long) file.blocks() * piece / pieces);
        int to = (int) ((long) file.blocks() * (piece + 1) / pieces);
        slices.add(
            new FileSlice(slices.size(), file.name(), from, to - from, file.bytes() / pieces));
      }
    }
    return slices;
  }

  /** Changes when the backup does: the run's id, or a checksum of the names and sizes. */
  public String edition() {
    return manifest.map(Manifest::runId).orElseGet(() -> Integer.toHexString(files.hashCode()));
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
