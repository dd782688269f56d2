package org.asbeam.embedded;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Needs a server with a namespace "test", named by host and port in the environment. */
@EnabledIfEnvironmentVariable(named = "ASBEAM_TEST_SERVER", matches = ".+")
class RealServerExpressionTest extends ExpressionContract {
  @Override
  String server() {
    return System.getenv("ASBEAM_TEST_SERVER");
  }
}
