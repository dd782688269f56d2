package org.asbeam.storage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The index folder of a backup: one file per backup file, {@code .asbeam/index/<file>.idx}. The
 * format is that of {@link BlockIndexFormat}.
 */
public final class BlockIndexes {
  public static final String FOLDER = ".asbeam/index";

  private static final String SUFFIX = ".idx";

  private BlockIndexes() {}

  /** The name of a backup file's index. */
  public static String nameOf(String file) {
    return FOLDER + "/" + file + SUFFIX;
  }

  /**
   * Stores the index of a file, in place of one that is there.
   *
   * @throws IllegalArgumentException if it was rebuilt: it knows no checksums
   */
  public static void write(Store store, BlockIndex index) throws StoreException {
    store.put(nameOf(index.file()), toBytes(index));
  }

  /**
   * Reads the index of a file.
   *
   * @return empty if there is none
   * @throws DamagedFileException if it isn't what was written; the backup file itself may be whole
   */
  public static Optional<BlockIndex> read(Store store, String file) throws IOException {
    String name = nameOf(file);
    try (InputStream in = store.read(name, 0)) {
      return Optional.of(new BlockIndexFormat(store.location() + "/" + name, in).read(file));
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Deletes the index of a file; quietly if there is none. */
  public static void delete(Store store, String file) throws StoreException {
    store.delete(nameOf(file));
  }

  static byte[] toBytes(BlockIndex index) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      BlockIndexFormat.write(index, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
