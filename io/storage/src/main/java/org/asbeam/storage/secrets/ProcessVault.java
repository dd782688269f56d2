package org.asbeam.storage.secrets;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Secrets that were given to this process and stay in it. An id is random: it says nothing of its
 * secret, and no other process takes it for one of its own.
 */
final class ProcessVault {
  static final String PREFIX = "process:";

  private static final int ID_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Map<String, byte[]> SECRETS = new ConcurrentHashMap<>();

  private ProcessVault() {}

  static String keep(byte[] secret) {
    byte[] id = new byte[ID_BYTES];
    RANDOM.nextBytes(id);
    String reference = PREFIX + HexFormat.of().formatHex(id);
    SECRETS.put(reference, secret.clone());
    return reference;
  }

  static Optional<byte[]> get(String reference) {
    return Optional.ofNullable(SECRETS.get(reference)).map(byte[]::clone);
  }

  static void forget(String reference) {
    SECRETS.remove(reference);
  }
}
