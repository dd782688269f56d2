package org.asbeam.aerospike;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Turns the references in a specification into the secrets that they stand for: {@code
 * env:PASSWORD}, {@code file:/run/secrets/password}, {@code secrets:aerospike:password}. What forms
 * there are is the implementation's business; specifications only carry them.
 *
 * <p>It is asked each time a client is acquired, by several threads, so one that goes over the
 * network should remember what it got.
 */
@FunctionalInterface
public interface SecretSource {
  /** Knows no secret: for specifications without references. */
  SecretSource NONE =
      reference -> {
        throw new IOException(
            "the reference " + describe(reference) + " can't be resolved: no source of secrets");
      };

  /**
   * The secret as bytes, without a line feed that a file may end with.
   *
   * @throws IOException naming the reference and what is wrong with it, and never the secret
   */
  byte[] secret(String reference) throws IOException;

  /** The secret as text in UTF-8. */
  default String text(String reference) throws IOException {
    return new String(secret(reference), StandardCharsets.UTF_8);
  }

  /**
   * Whether a text has the form of a reference. Where a file is asked for, what has not is a path;
   * what stands for a secret is always handed to the source.
   */
  static boolean isReference(String text) {
    return switch (scheme(text)) {
      case "env", "env-b64", "b64", "file", "secrets", "process", "lent" -> true;
      default -> false;
    };
  }

  private static String scheme(String reference) {
    int colon = reference.indexOf(':');
    return colon < 0 ? "" : reference.substring(0, colon);
  }

  /**
   * A reference for people to read: whole if it names a place, and only its kind if it holds the
   * secret itself, as {@code b64:} does.
   */
  static String describe(String reference) {
    return switch (scheme(reference)) {
      case "env", "env-b64", "file", "secrets", "process", "lent" -> "'" + reference + "'";
      case "b64" -> "'b64:...'";
      default -> "given as a literal";
    };
  }
}
