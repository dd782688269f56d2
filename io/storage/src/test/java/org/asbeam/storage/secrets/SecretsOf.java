package org.asbeam.storage.secrets;

import java.util.Map;
import java.util.Optional;

/** Secrets with variables of the test's own. */
public final class SecretsOf {
  private SecretsOf() {}

  public static Secrets environment(Map<String, String> variables) {
    return new Secrets(Optional.empty(), variables::get);
  }
}
