package org.asbeam.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.asbeam.storage.crypto.Encryption;
import org.asbeam.storage.crypto.EncryptionKey;

/**
 * The layers of a file, found by its first bytes. Nothing in a file says that it is encrypted: what
 * is neither text nor zstd is decrypted by way of trial, and looked at again.
 *
 * @param codec what the layers are
 * @param cipher at the first byte behind the file's head; empty if it is not encrypted
 */
record Layers(FileCodec codec, Optional<AesCtr> cipher) {
  private static final byte[] PLAIN = "Version ".getBytes(StandardCharsets.US_ASCII);

  /** The magic number 0xFD2FB528, little-endian: RFC 8878, 3.1.1. */
  private static final byte[] ZSTD = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};

  /** Skippable frames have 0x184D2A50 to 0x184D2A5F: RFC 8878, 3.1.2. */
  private static final byte[] SKIPPABLE = {0x50, 0x2A, 0x4D, 0x18};

  /** The bytes that are looked at. */
  static final int HEAD = EncryptedHead.LENGTH + 8;

  private static final Encryption[] MODES = {Encryption.AES256, Encryption.AES128};

  /** What bytes are at the start of text. Fewer of them count as what they could be. */
  static FileKind kindOf(byte[] head) {
    if (head.length == 0) {
      return FileKind.EMPTY;
    }
    if (startsLike(head, PLAIN)) {
      return FileKind.PLAIN;
    }
    byte[] skippable = head.clone();
    skippable[0] &= (byte) 0xF0;
    return startsLike(head, ZSTD) || startsLike(skippable, SKIPPABLE)
        ? FileKind.ZSTD
        : FileKind.UNKNOWN;
  }

  /**
   * Looks at a file.
   *
   * @param path for messages
   * @param head its first {@value #HEAD} bytes, or all if it has fewer
   * @throws CodecException if it isn't what a person said
   * @throws ForeignFileException if it is neither text nor zstd, and no key fits
   * @throws DamagedFileException if it is too short to be a backup file
   */
  static Layers find(String path, byte[] head, Decryption decryption) throws IOException {
    FileKind kind = kindOf(head);
    if (kind == FileKind.EMPTY) {
      throw new DamagedFileException(path, 0, "the file is empty, which no backup file is");
    }
    Layers layers =
        kind == FileKind.UNKNOWN
            ? encrypted(path, head, decryption)
            : new Layers(new FileCodec(compression(kind), Encryption.NONE), Optional.empty());
    decryption.check(path, layers.codec);
    return layers;
  }

  private static Layers encrypted(String path, byte[] head, Decryption decryption)
      throws IOException {
    if (decryption.encryption() == Encryption.NONE) {
      throw new CodecException(
          CodecException.Kind.CONTRADICTION,
          path,
          "is encrypted, or no backup file, but encryption NONE was said; give the key and leave"
              + " --encrypt out");
    }
    if (!decryption.hasKey()) {
      throw ForeignFileException.withoutKey(path);
    }
    if (head.length < HEAD) {
      throw new DamagedFileException(
          path,
          head.length,
          "the file ends here: no encrypted backup file has " + head.length + " bytes");
    }
    byte[] start = Arrays.copyOfRange(head, EncryptedHead.LENGTH, HEAD);
    for (EncryptionKey key : decryption.keys()) {
      for (Encryption mode : MODES) {
        AesCtr cipher = AesCtr.of(key, EncryptedHead.of(mode, head));
        byte[] text = new byte[start.length];
        cipher.apply(start, 0, start.length, text, 0);
        FileKind kind = kindOf(text);
        if (kind != FileKind.UNKNOWN) {
          decryption.used(key);
          cipher.seek(0);
          return new Layers(new FileCodec(compression(kind), mode), Optional.of(cipher));
        }
      }
    }
    throw ForeignFileException.withKey(path);
  }

  /**
   * The text of a file or of a stream from somewhere, which is looked at first.
   *
   * @param path for messages
   * @param source at its first byte; closed with the text, and if there is an error
   */
  static InputStream text(String path, InputStream source, Decryption decryption)
      throws IOException {
    try {
      byte[] head = source.readNBytes(HEAD);
      Layers layers = find(path, head, decryption);
      PushbackInputStream whole = new PushbackInputStream(source, HEAD);
      whole.unread(head);
      return layers.text(path, whole);
    } catch (IOException | RuntimeException e) {
      source.close();
      throw e;
    }
  }

  private InputStream text(String path, InputStream stored) throws IOException {
    InputStream decrypted = stored;
    int before = 0;
    if (cipher.isPresent()) {
      before = EncryptedHead.LENGTH;
      stored.skipNBytes(before);
      decrypted = new DecryptedInput(stored, cipher.get());
    }
    return codec.compression() == Compression.Codec.NONE
        ? decrypted
        : new ZstdText(path, new PromisedEnd(path, before, decrypted), before);
  }

  private static Compression.Codec compression(FileKind kind) {
    return kind == FileKind.ZSTD ? Compression.Codec.ZSTD : Compression.Codec.NONE;
  }

  private static boolean startsLike(byte[] head, byte[] magic) {
    int count = Math.min(head.length, magic.length);
    return Arrays.equals(head, 0, count, magic, 0, count);
  }
}
