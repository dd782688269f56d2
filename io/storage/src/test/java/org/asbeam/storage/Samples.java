package org.asbeam.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.asbeam.format.ParticleType;
import org.asbeam.format.RecordView;
import org.asbeam.format.RowBuilder;
import org.asbeam.storage.crypto.Encryption;
import org.asbeam.storage.crypto.FileEncryption;
import org.asbeam.storage.crypto.Keys;

/** Blocks, files and golden data for the tests. */
final class Samples {
  static final String HEADER = "Version 3.1\n# namespace test\n# first-file\n";

  /** Blocks' text, compressible as records are. */
  static List<byte[]> texts(int count, int length, long seed) {
    Random random = new Random(seed);
    List<byte[]> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder(i == 0 ? HEADER : "");
      while (text.length() < length) {
        text.append("+ k S 10 ").append(Long.toString(random.nextLong() & 0xffffffffL, 36));
        text.append("\n+ n test\n+ d abcdefghijklmnopqrstuvwxyzA=\n");
      }
      texts.add(text.toString().getBytes(StandardCharsets.US_ASCII));
    }
    return texts;
  }

  /** Writes a file of these blocks, one record in each. */
  static WrittenFile write(Store store, String name, Compression compression, List<byte[]> texts)
      throws StoreException {
    return write(store, name, compression, FileEncryption.NONE, texts);
  }

  static WrittenFile write(
      Store store,
      String name,
      Compression compression,
      FileEncryption encryption,
      List<byte[]> texts)
      throws StoreException {
    try (BackupFileWriter writer =
        new BackupFileWriter(store.create(name), compression, encryption)) {
      int partition = 0;
      for (byte[] text : texts) {
        writer.writeBlock(text, 0, text.length, contents(partition++ % 4096));
      }
      return writer.finish();
    }
  }

  /** With the key of the golden files. */
  static FileEncryption encryption(Encryption mode) {
    return mode == Encryption.NONE ? FileEncryption.NONE : FileEncryption.of(mode, Keys.golden());
  }

  /** The contents of a block with one record of a partition. */
  static BlockContents contents(int partition) {
    BlockContents.Builder builder = new BlockContents.Builder();
    builder.add(row(digest(partition, 7)));
    return builder.build();
  }

  static RecordView row(byte[] digest) {
    RowBuilder row = new RowBuilder();
    row.begin(1, 0);
    row.digest(digest, 0);
    row.bin(ParticleType.BLOB, "b", new byte[3]);
    return row.view(new RecordView());
  }

  /** A digest in a partition; digests of one partition are in the order of {@code rank}. */
  static byte[] digest(int partition, int rank) {
    byte[] digest = new byte[RecordView.DIGEST_LENGTH];
    digest[0] = (byte) partition;
    digest[1] = (byte) (partition >>> 8 & 0x0f | rank >>> 4 & 0xf0);
    digest[2] = (byte) rank;
    digest[19] = 1;
    return digest;
  }

  static byte[] join(List<byte[]> parts) {
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    return all.toByteArray();
  }

  static byte[] join(byte[]... parts) {
    return join(List.of(parts));
  }

  static byte[] golden(String path) throws IOException {
    try (InputStream in = Samples.class.getResourceAsStream("/golden/" + path)) {
      return in.readAllBytes();
    }
  }

  static byte[] readAll(InputStream stream) throws IOException {
    try (stream) {
      return stream.readAllBytes();
    }
  }

  private Samples() {}
}
