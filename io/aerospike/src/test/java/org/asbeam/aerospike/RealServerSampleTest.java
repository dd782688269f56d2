package org.asbeam.aerospike;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(named = Fixture.SERVER_VARIABLE, matches = ".+")
class RealServerSampleTest extends SampleContract {
  @Override
  String start() {
    return Fixture.realServer();
  }

  @Override
  void stop() {}
}
