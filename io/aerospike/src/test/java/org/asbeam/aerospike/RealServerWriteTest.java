package org.asbeam.aerospike;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(named = Fixture.SERVER_VARIABLE, matches = ".+")
class RealServerWriteTest extends WriteContract {
  @Override
  String start() {
    return Fixture.realServer();
  }

  @Override
  void stop() {}
}
