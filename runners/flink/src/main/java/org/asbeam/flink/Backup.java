package org.asbeam.flink;

import java.util.stream.Stream;

/**
 * {@code flink run -c org.asbeam.flink.Backup asbeam-flink.jar}: {@code asbeam backup} on that
 * cluster.
 */
public final class Backup {
  private Backup() {}

  /**
   * Runs a backup.
   *
   * @param args the flags of {@code asbeam backup}
   */
  public static void main(String[] args) {
    Main.main(Stream.concat(Stream.of("backup"), Stream.of(args)).toArray(String[]::new));
  }
}
