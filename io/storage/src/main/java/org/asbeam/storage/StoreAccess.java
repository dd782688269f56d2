package org.asbeam.storage;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.asbeam.storage.secrets.SecretAgentSpec;
import org.asbeam.storage.secrets.SecretException;
import org.asbeam.storage.secrets.Secrets;

/**
 * What a store is opened with, beside its location; travels with a job, and holds no secret.
 *
 * @param settings how stores are reached and used
 * @param agent where references to its secrets are resolved; null: there is none
 */
public record StoreAccess(StoreSettings settings, SecretAgentSpec agent) implements Serializable {
  /** The defaults, and no Secret Agent. */
  public static final StoreAccess DEFAULT = of(StoreSettings.NONE);

  /** Without a Secret Agent. */
  public static StoreAccess of(StoreSettings settings) {
    return new StoreAccess(settings, null);
  }

  /**
   * Resolves a setting that is a reference to a secret, on the machine that needs it.
   *
   * @return empty if it is not set
   * @throws StoreException of kind OTHER if the secret can't be had, TRANSIENT if that may pass
   */
  public Optional<String> secret(String name) throws StoreException {
    Optional<String> reference = settings.get(name);
    if (reference.isEmpty()) {
      return Optional.empty();
    }
    try {
      byte[] secret = Secrets.of(agent).resolve(reference.get());
      return Optional.of(new String(secret, StandardCharsets.UTF_8));
    } catch (SecretException e) {
      throw new StoreException(
          e.isTransient() ? StoreException.Kind.TRANSIENT : StoreException.Kind.OTHER,
          "--" + name,
          e.getMessage(),
          e);
    }
  }
}
