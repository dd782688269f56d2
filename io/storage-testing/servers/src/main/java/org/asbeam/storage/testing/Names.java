package org.asbeam.storage.testing;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names that no one used before. */
final class Names {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Names() {}

  static String fresh(String prefix) {
    return prefix + HexFormat.of().formatHex(bytes(5));
  }

  static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
