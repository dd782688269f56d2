package org.asbeam.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;

/**
 * Compares a file's stored bytes with its index, without decompressing anything and without a key:
 * the cheapest proof that a file is what was written. It finds all damage, not only the first.
 */
public final class FileCheck {
  private static final int PIECE = 256 * 1024;

  private final String path;
  private final InputStream in;
  private final BooleanSupplier stop;
  private final List<Damage> damages = new ArrayList<>();
  private final byte[] piece = new byte[PIECE];
  private long position;

  private FileCheck(String path, InputStream in, BooleanSupplier stop) {
    this.path = path;
    this.in = in;
    this.stop = stop;
  }

  /**
   * A damaged part of a file.
   *
   * @param file the whole path
   * @param offset the first stored byte of the part
   * @param length the bytes of the part
   * @param what is wrong with it, one line
   */
  public record Damage(String file, long offset, long length, String what) {
    @Override
    public String toString() {
      return file + ": bytes " + offset + " to " + (offset + length) + ": " + what;
    }
  }

  /**
   * What came of a check.
   *
   * @param bytes the stored bytes that were read
   * @param complete whether it went to the end; false: it was stopped
   * @param damages in the order of the file; none: it is whole, as far as it was read
   */
  public record Result(long bytes, boolean complete, List<Damage> damages) {
    public Result {
      damages = List.copyOf(damages);
    }

    /** Whether all of the file was read and is what was written. */
    public boolean whole() {
      return complete && damages.isEmpty();
    }
  }

  /**
   * Checks a file against its index.
   *
   * @param stop looked at every 256 KiB
   * @throws StoreException if the file can't be read; of kind NOT_FOUND if there is none
   * @throws IllegalArgumentException if the index was rebuilt: it knows no checksums
   */
  public static Result crc(Store store, BlockIndex index, BooleanSupplier stop) throws IOException {
    String path = path(store, index);
    try (InputStream in = store.read(index.file(), 0)) {
      FileCheck check = new FileCheck(path, in, stop);
      boolean complete = check.run(index);
      return new Result(check.position, complete, check.damages);
    }
  }

  /**
   * Checks a run of blocks only, and with it nothing outside of them.
   *
   * @param firstBlock 0 to the number of blocks
   * @param count the number of blocks, within the file
   * @param stop looked at every 256 KiB
   * @throws StoreException if the file can't be read; of kind NOT_FOUND if there is none
   * @throws IllegalArgumentException if the index was rebuilt: it knows no checksums
   */
  public static Result crc(
      Store store, BlockIndex index, int firstBlock, int count, BooleanSupplier stop)
      throws IOException {
    List<Block> blocks = index.blocks().subList(firstBlock, firstBlock + count);
    if (blocks.isEmpty()) {
      return new Result(0, true, List.of());
    }
    String path = path(store, index);
    long start = blocks.get(0).storedOffset();
    long size = store.size(index.file());
    if (start >= size) {
      long length = blocks.get(count - 1).storedEnd() - start;
      String what = "missing: the file ends at byte " + size;
      return new Result(0, true, List.of(new Damage(path, start, length, what)));
    }
    try (InputStream in = store.read(index.file(), start)) {
      FileCheck check = new FileCheck(path, in, stop);
      check.position = start;
      boolean complete = check.blocks(index, firstBlock, blocks);
      return new Result(check.position - start, complete, check.damages);
    }
  }

  private static String path(Store store, BlockIndex index) {
    if (index.rebuilt()) {
      throw new IllegalArgumentException(
          "the index of " + index.file() + " was rebuilt: it knows no checksums to compare with");
    }
    return store.location() + "/" + index.file();
  }

  /**
   * Checks only what reading all blocks does not show: the file's size, its seek table, and what an
   * encrypted file starts with.
   *
   * @throws StoreException if the file can't be read; of kind NOT_FOUND if there is none
   */
  public static List<Damage> outsideBlocks(Store store, BlockIndex index) throws IOException {
    String path = store.location() + "/" + index.file();
    long size = store.size(index.file());
    if (size != index.storedBytes()) {
      String what = size + " bytes are there, " + index.storedBytes() + " were written";
      return List.of(new Damage(path, 0, size, what));
    }
    List<Damage> damages = new ArrayList<>();
    if (index.head().isPresent()) {
      try (InputStream in = store.read(index.file(), 0)) {
        FileCheck check = new FileCheck(path, in, () -> false);
        check.head(index);
        damages.addAll(check.damages);
      }
    }
    try (InputStream in = store.read(index.file(), index.trailerOffset())) {
      FileCheck check = new FileCheck(path, in, () -> false);
      check.seekTable(index);
      damages.addAll(check.damages);
    }
    return damages;
  }

  private boolean run(BlockIndex index) throws IOException {
    if (!head(index)) {
      return false;
    }
    return blocks(index, 0, index.blocks()) && seekTable(index) && surplus(index);
  }

  /** Returns whether to go on. */
  private boolean blocks(BlockIndex index, int first, List<Block> blocks) throws IOException {
    int number = first;
    for (Block block : blocks) {
      String name = "block " + number++ + " of " + index.blocks().size();
      if (!part(name, block.storedOffset(), block.storedLength(), block.crc32c())) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether to go on. */
  private boolean head(BlockIndex index) throws IOException {
    return index.head().isEmpty()
        || part(
            "what an encrypted file starts with",
            0,
            EncryptedHead.LENGTH,
            Crc32c.of(index.head().get().bytes()));
  }

  private boolean seekTable(BlockIndex index) throws IOException {
    return part(
        "the seek table", index.trailerOffset(), index.trailerLength(), index.trailerCrc32c());
  }

  /** Returns whether to go on. */
  private boolean part(String name, long offset, long length, int expected) throws IOException {
    CRC32C crc = new CRC32C();
    long left = length;
    while (left > 0) {
      if (stop.getAsBoolean()) {
        return false;
      }
      int n = in.read(piece, 0, (int) Math.min(left, PIECE));
      if (n < 0) {
        damages.add(
            new Damage(
                path,
                offset,
                length,
                name
                    + (left == length ? " is missing" : " is cut")
                    + ": the file ends at byte "
                    + position));
        return true;
      }
      crc.update(piece, 0, n);
      left -= n;
      position += n;
    }
    int found = (int) crc.getValue();
    if (found != expected) {
      damages.add(
          new Damage(
              path,
              offset,
              length,
              name
                  + " has the checksum "
                  + Crc32c.hex(found)
                  + ", but "
                  + Crc32c.hex(expected)
                  + " was written"));
    }
    return true;
  }

  private boolean surplus(BlockIndex index) throws IOException {
    if (position < index.storedBytes()) {
      return true;
    }
    long surplus = 0;
    for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
      if (stop.getAsBoolean()) {
        return false;
      }
      surplus += n;
    }
    if (surplus > 0) {
      damages.add(
          new Damage(
              path,
              index.storedBytes(),
              surplus,
              "more than the " + index.storedBytes() + " bytes that were written"));
    }
    position += surplus;
    return true;
  }
}
