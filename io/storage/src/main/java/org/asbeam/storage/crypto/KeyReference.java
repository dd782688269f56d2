package org.asbeam.storage.crypto;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.asbeam.storage.secrets.SecretException;
import org.asbeam.storage.secrets.Secrets;

/**
 * Where the key of encrypted files is; not the key. It may travel in options, plans and pipelines.
 *
 * @param kind what holds the key
 * @param name a file's path, a variable's name, or a reference that {@link Secrets} resolves and
 *     that isn't itself a secret
 */
public record KeyReference(Kind kind, String name) implements Serializable {
  private static final String FILE = "file:";
  private static final String ENVIRONMENT = "env:";

  /** What holds a key. */
  public enum Kind {
    /** A file of the machine that resolves it, PEM. */
    FILE,
    /** An environment variable of the process that resolves it. */
    ENVIRONMENT,
    /** A secret of the Secret Agent, or what a process was given. */
    SECRET
  }

  /**
   * @throws IllegalArgumentException if the name is blank, or would itself be a secret
   */
  public KeyReference {
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          switch (kind) {
            case FILE -> "the encryption key's file has no name";
            case ENVIRONMENT -> "the encryption key's environment variable has no name";
            case SECRET -> "the encryption key's secret has no name";
          });
    }
    if (kind == Kind.SECRET && !Secrets.mayTravel(name)) {
      throw new IllegalArgumentException(
          "the encryption key's secret must be secrets:RESOURCE:KEY, not the key itself");
    }
  }

  public static KeyReference file(String path) {
    return new KeyReference(Kind.FILE, path);
  }

  public static KeyReference environment(String variable) {
    return new KeyReference(Kind.ENVIRONMENT, variable);
  }

  /**
   * @param reference {@code secrets:RESOURCE:KEY}, or what {@link Secrets#keep} returned
   */
  public static KeyReference secret(String reference) {
    return new KeyReference(Kind.SECRET, reference);
  }

  /**
   * Reads the form of {@link #toString}.
   *
   * @throws IllegalArgumentException if it isn't that
   */
  public static KeyReference parse(String text) {
    if (text.startsWith(FILE)) {
      return file(text.substring(FILE.length()));
    }
    if (text.startsWith(ENVIRONMENT)) {
      return environment(text.substring(ENVIRONMENT.length()));
    }
    return secret(text);
  }

  /**
   * Fetches the key.
   *
   * @throws SecretException if there is none, or it is no RSA private key
   */
  public EncryptionKey resolve(Secrets secrets) throws SecretException {
    byte[] text = text(secrets);
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /**
   * Fetches the keys that files may have been encrypted with, the likeliest first: of a variable
   * also the one that the C tool makes of it.
   *
   * @throws SecretException if there is none
   */
  public List<EncryptionKey> resolveAll(Secrets secrets) throws SecretException {
    byte[] text = text(secrets);
    List<EncryptionKey> keys = new ArrayList<>();
    IllegalArgumentException error = null;
    try {
      keys.add(parse(text));
    } catch (IllegalArgumentException e) {
      error = e;
    }
    if (kind == Kind.ENVIRONMENT) {
      KeyText.ofRawValue(text).ifPresent(keys::add);
    }
    Arrays.fill(text, (byte) 0);
    if (keys.isEmpty()) {
      throw wrong(error);
    }
    return keys;
  }

  private EncryptionKey parse(byte[] text) {
    return kind == Kind.FILE ? KeyText.ofFile(text) : KeyText.ofValue(text);
  }

  private byte[] text(Secrets secrets) throws SecretException {
    try {
      return secrets.resolve(kind == Kind.SECRET ? name : toString());
    } catch (SecretException e) {
      throw new SecretException("the encryption key: " + e.getMessage(), e.isTransient());
    }
  }

  private SecretException wrong(IllegalArgumentException e) {
    return new SecretException("the encryption key: " + this + " " + e.getMessage(), false);
  }

  @Override
  public String toString() {
    return switch (kind) {
      case FILE -> FILE + name;
      case ENVIRONMENT -> ENVIRONMENT + name;
      case SECRET -> name;
    };
  }
}
