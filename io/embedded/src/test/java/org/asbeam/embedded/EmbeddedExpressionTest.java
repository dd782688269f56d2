package org.asbeam.embedded;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EmbeddedExpressionTest extends ExpressionContract {
  private static EmbeddedCluster cluster;

  @BeforeAll
  static void start() {
    cluster = EmbeddedCluster.builder().namespace("test").start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Override
  String server() {
    return cluster.seeds();
  }
}
