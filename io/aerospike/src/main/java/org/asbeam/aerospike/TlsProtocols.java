package org.asbeam.aerospike;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads {@code --tls-protocols}: words that are taken in order. {@code +} adds a version, {@code -}
 * takes one away, and a word without a sign sets what holds; it must come first.
 *
 * <p>The peers take only ranges, and fill the gap in {@code all -TLSv1.2} without a word; here the
 * versions are those that the text says.
 */
final class TlsProtocols {
  /** The versions by the names that Java and the option both have, in ascending order. */
  private static final List<String> VERSIONS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

  private TlsProtocols() {}

  /**
   * The versions in ascending order.
   *
   * @throws IllegalArgumentException naming the word that is wrong, or if no version is left
   */
  static List<String> parse(String text) {
    String source = text.isBlank() ? TlsSpec.DEFAULT_PROTOCOLS : text;
    Set<String> chosen = new LinkedHashSet<>();
    for (String word : source.strip().split("[\\s,]+")) {
      char sign = word.isEmpty() ? ' ' : word.charAt(0);
      boolean signed = sign == '+' || sign == '-';
      List<String> versions = versions(signed ? word.substring(1) : word, text);
      if (sign == '-') {
        versions.forEach(chosen::remove);
      } else if (signed || chosen.isEmpty()) {
        chosen.addAll(versions);
      } else {
        throw new IllegalArgumentException(
            "TLS protocols '"
                + text
                + "': '"
                + word
                + "' would replace what stands before it; write +"
                + word);
      }
    }
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException("TLS protocols '" + text + "' leave no version to use");
    }
    List<String> ordered = new ArrayList<>(VERSIONS);
    ordered.retainAll(chosen);
    return List.copyOf(ordered);
  }

  private static List<String> versions(String word, String text) {
    if (word.equals("all")) {
      return VERSIONS;
    }
    if (VERSIONS.contains(word)) {
      return List.of(word);
    }
    throw new IllegalArgumentException(
        "TLS protocols '"
            + text
            + "': '"
            + word
            + "' is none of all, "
            + String.join(", ", VERSIONS));
  }
}
