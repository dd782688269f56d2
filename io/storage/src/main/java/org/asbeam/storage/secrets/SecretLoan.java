package org.asbeam.storage.secrets;

/**
 * A source of secrets that a program lends to the jobs of its process, until this is closed: then
 * its references are unknown.
 */
public interface SecretLoan extends AutoCloseable {
  /**
   * The reference by which a specification names a secret of this source; only this process can
   * resolve it.
   *
   * @param name what the {@link SecretLookup} calls the secret; it is no secret itself, plans and
   *     messages show it
   */
  String reference(String name);

  @Override
  void close();
}
