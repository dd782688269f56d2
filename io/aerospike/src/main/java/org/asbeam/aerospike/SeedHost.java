package org.asbeam.aerospike;

import java.util.ArrayList;
import java.util.List;

/**
 * One entry of a seeds text: {@code host[:tls-name][:port]}, the form of asbackup's {@code --host}.
 *
 * @param name host name or address, IPv6 without brackets
 * @param tlsName the name in the certificate, empty: none
 * @param port TCP port
 */
record SeedHost(String name, String tlsName, int port) {
  /**
   * Reads a comma-separated list.
   *
   * @throws IllegalArgumentException naming the entry that is wrong
   */
  static List<SeedHost> parse(String seeds, int defaultPort) {
    List<SeedHost> hosts = new ArrayList<>();
    for (String part : seeds.split(",", -1)) {
      hosts.add(parseOne(part.strip(), defaultPort));
    }
    return List.copyOf(hosts);
  }

  private static SeedHost parseOne(String text, int defaultPort) {
    String name;
    String rest;
    if (text.startsWith("[")) {
      int close = text.indexOf(']');
      if (close < 0) {
        throw malformed(text);
      }
      name = text.substring(1, close);
      rest = text.substring(close + 1);
    } else {
      int colon = text.indexOf(':');
      name = colon < 0 ? text : text.substring(0, colon);
      rest = colon < 0 ? "" : text.substring(colon);
    }
    if (name.isEmpty() || !rest.isEmpty() && rest.charAt(0) != ':') {
      throw malformed(text);
    }
    String[] tail = rest.isEmpty() ? new String[0] : rest.substring(1).split(":", -1);
    return switch (tail.length) {
      case 0 -> new SeedHost(name, "", defaultPort);
      case 1 ->
          isNumber(tail[0])
              ? new SeedHost(name, "", port(tail[0], text))
              : new SeedHost(name, nonEmpty(tail[0], text), defaultPort);
      case 2 -> new SeedHost(name, nonEmpty(tail[0], text), port(tail[1], text));
      default -> throw malformed(text);
    };
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static String nonEmpty(String tlsName, String text) {
    if (tlsName.isEmpty()) {
      throw malformed(text);
    }
    return tlsName;
  }

  private static int port(String digits, String text) {
    if (isNumber(digits) && digits.length() <= 5) {
      int port = Integer.parseInt(digits);
      if (port >= 1 && port <= 65535) {
        return port;
      }
    }
    throw new IllegalArgumentException(
        "the port of seed '" + text + "' is not a number from 1 to 65535");
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "seed '"
            + text
            + "' does not have the form host[:tls-name][:port]"
            + " (an IPv6 address stands in brackets)");
  }

  /** As a person writes it. */
  @Override
  public String toString() {
    return (name.indexOf(':') >= 0 ? "[" + name + "]" : name)
        + (tlsName.isEmpty() ? "" : ":" + tlsName)
        + ":"
        + port;
  }
}
