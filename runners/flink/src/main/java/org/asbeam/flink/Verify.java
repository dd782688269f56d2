package org.asbeam.flink;

import java.util.stream.Stream;

/**
 * {@code flink run -c org.asbeam.flink.Verify asbeam-flink.jar}: {@code asbeam verify} on that
 * cluster.
 */
public final class Verify {
  private Verify() {}

  /**
   * Runs a verification.
   *
   * @param args the flags of {@code asbeam verify}
   */
  public static void main(String[] args) {
    Main.main(Stream.concat(Stream.of("verify"), Stream.of(args)).toArray(String[]::new));
  }
}
