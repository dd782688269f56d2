package org.asbeam.embedded;

/** Where the nodes say that they can be reached. */
final class Addresses {
  private final int[] ports;
  private volatile Extra alternate = new Extra("", null);
  private volatile Extra tls = new Extra("", null);

  /** Addresses that nodes name beside their own: of proxies in front of them. */
  private record Extra(String tlsName, int[] ports) {}

  /**
   * @param ports the nodes' own
   */
  Addresses(int[] ports) {
    this.ports = ports;
  }

  int count() {
    return ports.length;
  }

  int port(int node) {
    return ports[node];
  }

  String own(int node) {
    return at(ports[node]);
  }

  void alternate(int[] otherPorts) {
    alternate = new Extra("", checked(otherPorts));
  }

  void tls(String tlsName, int[] otherPorts) {
    tls = new Extra(tlsName, checked(otherPorts));
  }

  private int[] checked(int[] otherPorts) {
    if (otherPorts.length != ports.length) {
      throw new IllegalArgumentException(
          otherPorts.length + " ports for " + ports.length + " nodes");
    }
    return otherPorts.clone();
  }

  /** Empty if the nodes have none. */
  String alternate(int node) {
    return at(alternate, node);
  }

  /** Empty if the nodes have none. */
  String tls(int node) {
    return at(tls, node);
  }

  String tlsName() {
    return tls.tlsName();
  }

  private static String at(Extra extra, int node) {
    return extra.ports() == null ? "" : at(extra.ports()[node]);
  }

  private static String at(int port) {
    return "127.0.0.1:" + port;
  }
}
