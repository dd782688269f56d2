package org.asbeam.storage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.asbeam.storage.secrets.Secrets;

/**
 * How stores are reached and used: regions, endpoints, credentials, sizes, patience. One value
 * serves all locations of a job, each kind of store takes what is its own.
 *
 * <p>The names are those of the command's options, {@code s3-region} for example; {@code
 * docs/options.md} has them all. Times are in the form of {@link Duration}, sizes in bytes.
 * Credentials are references, as {@link Secrets} takes them, for the value travels with pipelines
 * and plans; {@link #withSecret} takes secrets too.
 */
public final class StoreSettings implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Nothing is set: every store uses its defaults, and the credentials of its surroundings. */
  public static final StoreSettings NONE = new StoreSettings(new TreeMap<>());

  private final TreeMap<String, String> values;

  private StoreSettings(TreeMap<String, String> values) {
    this.values = values;
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static StoreSettings of(Map<String, String> values) {
    return new StoreSettings(new TreeMap<>(values));
  }

  /** These settings with another one. */
  public StoreSettings with(String name, String value) {
    TreeMap<String, String> more = new TreeMap<>(values);
    more.put(name, value);
    return new StoreSettings(more);
  }

  /**
   * These settings with a credential: a reference as it is, a secret itself as a reference that
   * only this process resolves.
   */
  public StoreSettings withSecret(String name, String given) {
    return with(name, Secrets.toReference(given));
  }

  @JsonValue
  public Map<String, String> values() {
    return Collections.unmodifiableMap(values);
  }

  /** The value of a setting; empty if it is not set. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  public String get(String name, String otherwise) {
    return get(name).orElse(otherwise);
  }

  /**
   * @throws IllegalArgumentException naming the setting, if it is no number
   */
  public long number(String name, long otherwise) {
    try {
      return get(name).map(Long::parseLong).orElse(otherwise);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " '" + get(name, "") + "' is no whole number", e);
    }
  }

  /**
   * @throws IllegalArgumentException naming the setting, if it is no number
   */
  public double decimal(String name, double otherwise) {
    try {
      return get(name).map(Double::parseDouble).orElse(otherwise);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " '" + get(name, "") + "' is no number", e);
    }
  }

  /**
   * @throws IllegalArgumentException naming the setting, if it is no time
   */
  public Duration time(String name, Duration otherwise) {
    try {
      return get(name).map(Duration::parse).orElse(otherwise);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          name + " '" + get(name, "") + "' is no time in the form of PT30S", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoreSettings that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** Names only: a value may be nobody's business. */
  @Override
  public String toString() {
    return "store settings " + values.keySet();
  }
}
