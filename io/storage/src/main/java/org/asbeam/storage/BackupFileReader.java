package org.asbeam.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.asbeam.storage.crypto.Encryption;

/**
 * Reads backup files of any tool as ASB text. Safe for use by several threads; its streams are not.
 *
 * <p>Streams throw {@link DamagedFileException} for bytes that are not what they must be, and
 * {@link StoreException} for what the store can't do.
 */
public final class BackupFileReader {
  private final Store store;
  private final Decryption decryption;

  /** Of files that are not encrypted. */
  public BackupFileReader(Store store) {
    this(store, Decryption.none());
  }

  public BackupFileReader(Store store, Decryption decryption) {
    this.store = store;
    this.decryption = decryption;
  }

  /**
   * The text of a file that comes from somewhere else than a store, as standard input does, read as
   * {@link #text(String)} reads a whole file. One that {@link StreamWriter} compressed is known to
   * be cut if it is, wherever that is.
   *
   * @param name as a person knows it, for messages
   * @param source at its first byte; closed with the text
   * @throws DamagedFileException if it is empty, or neither text nor zstd, and no key fits
   * @throws CodecException if it isn't what a person said
   */
  public static InputStream text(InputStream source, String name, Decryption decryption)
      throws IOException {
    return Layers.text(name, source, decryption);
  }

  /**
   * Looks at a file's first bytes, without a key. A file that is shorter counts as what it could
   * be.
   */
  public FileKind detect(String name) throws IOException {
    return Layers.kindOf(head(name));
  }

  /**
   * The layers of a file.
   *
   * @throws DamagedFileException if it is empty, or neither text nor zstd, and no key fits
   * @throws CodecException if it isn't what a person said
   */
  public FileCodec codec(String name) throws IOException {
    return layers(name).codec();
  }

  Layers layers(String name) throws IOException {
    return Layers.find(path(name), head(name), decryption);
  }

  private byte[] head(String name) throws IOException {
    try (InputStream in = store.read(name, 0)) {
      return in.readNBytes(Layers.HEAD);
    }
  }

  /**
   * The text of a whole file, without an index: concatenated frames, skippable frames and frames
   * without data are read as one stream. The end of a compressed file is its end only between
   * frames; whether a plain file is whole, or one cut between frames, its decoder must tell.
   *
   * @throws DamagedFileException if it is empty, or neither text nor zstd, and no key fits
   * @throws CodecException if it isn't what a person said
   */
  public InputStream text(String name) throws IOException {
    return Layers.text(path(name), store.read(name, 0), decryption);
  }

  /**
   * The text of a run of blocks, opened at the first one's stored offset. Every block's checksum is
   * checked before its text is given out, and so is its length.
   *
   * <p>Of an encrypted file the first bytes are read as well, so that a wrong key is known as such,
   * unless a manifest has proved the key.
   *
   * @param index of a file in this store
   * @param firstBlock 0 to the number of blocks; the text of block 0 starts with the header
   * @param count the number of blocks, within the file
   */
  public InputStream text(BlockIndex index, int firstBlock, int count) throws IOException {
    if (firstBlock < 0 || count < 0 || count > index.blocks().size() - firstBlock) {
      throw new IllegalArgumentException(
          "blocks " + firstBlock + " and " + count + " more of " + index.blocks().size());
    }
    if (count == 0) {
      return InputStream.nullInputStream();
    }
    List<Block> blocks = index.blocks().subList(firstBlock, firstBlock + count);
    long start = blocks.get(0).storedOffset();
    long size = store.size(index.file());
    if (start >= size) {
      throw new DamagedFileException(
          path(index.file()), size, "the file ends before the block that starts at byte " + start);
    }
    return new BlockText(
        path(index.file()), index, blocks, store.read(index.file(), start), cipher(index));
  }

  /** The cipher of an index's file. Unless the key is proved, the file's first bytes show it. */
  private Optional<AesCtr> cipher(BlockIndex index) throws IOException {
    if (index.head().isEmpty()) {
      decryption.check(path(index.file()), new FileCodec(index.codec(), Encryption.NONE));
      return Optional.empty();
    }
    if (decryption.provedKey().isPresent()) {
      EncryptedHead head = index.head().get();
      decryption.check(path(index.file()), new FileCodec(index.codec(), head.mode()));
      return Optional.of(AesCtr.of(decryption.provedKey().get(), head));
    }
    Layers layers = layers(index.file());
    if (!layers.cipher().map(AesCtr::head).equals(index.head())) {
      throw new DamagedFileException(
          path(index.file()), 0, "the file starts with other bytes than were written");
    }
    return layers.cipher();
  }

  /** The text of all blocks of a file, each checked before its text is given out. */
  public InputStream text(BlockIndex index) throws IOException {
    return text(index, 0, index.blocks().size());
  }

  private String path(String name) {
    return store.location() + "/" + name;
  }
}
