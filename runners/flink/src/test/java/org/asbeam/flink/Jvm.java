package org.asbeam.flink;

import java.nio.file.Path;

/** The Java that runs this test. */
final class Jvm {
  private Jvm() {}

  /** The path of the program {@code java}. */
  static String program() {
    return program("java");
  }

  /** The path of a program of the JDK. */
  static String program(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }
}
