package org.asbeam.flink;

import java.util.stream.Stream;

/**
 * {@code flink run -c org.asbeam.flink.Restore asbeam-flink.jar}: {@code asbeam restore} on that
 * cluster.
 */
public final class Restore {
  private Restore() {}

  /**
   * Runs a restore.
   *
   * @param args the flags of {@code asbeam restore}
   */
  public static void main(String[] args) {
    Main.main(Stream.concat(Stream.of("restore"), Stream.of(args)).toArray(String[]::new));
  }
}
