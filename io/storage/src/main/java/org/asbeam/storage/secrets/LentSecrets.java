package org.asbeam.storage.secrets;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The sources of secrets that programs of this process lend, under random ids. */
final class LentSecrets {
  static final String PREFIX = "lent:";

  private static final Map<String, SecretLookup> LENT = new ConcurrentHashMap<>();

  private LentSecrets() {}

  static SecretLoan lend(SecretLookup lookup) {
    String id = UUID.randomUUID().toString();
    LENT.put(id, lookup);
    return new SecretLoan() {
      @Override
      public String reference(String name) {
        return PREFIX + id + ":" + name;
      }

      @Override
      public void close() {
        LENT.remove(id);
      }
    };
  }

  /**
   * @param reference {@code lent:ID:NAME}
   */
  static byte[] resolve(String reference) throws SecretException {
    String[] parts = reference.split(":", 3);
    SecretLookup lookup = parts.length == 3 ? LENT.get(parts[1]) : null;
    if (lookup == null) {
      throw new SecretException(
          reference
              + ": this process lends no such source of secrets; where workers are other processes,"
              + " give env:NAME, file:PATH or secrets:RESOURCE:KEY, which each resolves for itself",
          false);
    }
    return lookup.secret(parts[2]).clone();
  }
}
