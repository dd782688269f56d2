package org.asbeam.aerospike;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(named = Fixture.SERVER_VARIABLE, matches = ".+")
class RealServerScanTest extends ScanContract {
  @Override
  String start() {
    return Fixture.realServer();
  }

  @Override
  void stop() {}
}
