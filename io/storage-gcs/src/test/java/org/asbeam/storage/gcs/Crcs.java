package org.asbeam.storage.gcs;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32C;

/** CRC32C as the store writes it: big endian, in base64. */
final class Crcs {
  private Crcs() {}

  static String of(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    byte[] eight = ByteBuffer.allocate(Long.BYTES).putLong(sum.getValue()).array();
    return Base64.getEncoder().encodeToString(Arrays.copyOfRange(eight, 4, 8));
  }
}
