package org.asbeam.aerospike;

import java.util.List;

/**
 * By what a node of a cluster can be named.
 *
 * @param name the node's id, as {@code BB9F00F00F00F00}
 * @param address {@code host:port} as the client reaches it
 * @param services {@code host:port} as the node itself says that it can be reached: with TLS first,
 *     then without, then the alternate ones; may be empty
 */
public record NodeAddress(String name, String address, List<String> services) {
  public NodeAddress {
    services = List.copyOf(services);
  }

  /** Whether a person means this node by a text; names are compared without regard to case. */
  boolean isMeantBy(String text) {
    return name.equalsIgnoreCase(text) || address.equals(text) || services.contains(text);
  }

  /** With an address for people. */
  @Override
  public String toString() {
    return name + " (" + (services.isEmpty() ? address : String.join(", ", services)) + ")";
  }
}
