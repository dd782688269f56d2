package org.asbeam.storage.secrets;

/**
 * A program's own source of secrets, for jobs whose workers are its process: see {@link
 * Secrets#lend}.
 */
@FunctionalInterface
public interface SecretLookup {
  /**
   * Fetches a secret. Called by several threads, each time that the secret is needed.
   *
   * @param name what the program called it in {@link SecretLoan#reference}
   * @return its bytes; the caller may overwrite them
   * @throws SecretException if it can't be had; the message shows nothing of a secret
   */
  byte[] secret(String name) throws SecretException;
}
