package org.asbeam.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RacksTest {
  @Test
  void putsCopiesIntoSeveralRacks() {
    int[] racks = {1, 1, 2, 2};
    try (EmbeddedCluster racked =
        EmbeddedCluster.builder()
            .nodes(4)
            .replicationFactor(2)
            .racks(racks)
            .namespace("test")
            .start()) {
      boolean[] up = {true, true, true, true};
      Ownership map = Ownership.deal(up, 2, new Racks(racks));
      for (int pid = 0; pid < Protocol.PARTITIONS; pid++) {
        int id = pid;
        int[] holders = IntStream.range(0, 4).filter(node -> map.holds(node, id)).toArray();
        assertThat(holders).hasSize(2);
        assertThat(racks[holders[0]]).as("partition %s", pid).isNotEqualTo(racks[holders[1]]);
        assertThat(racked.masterOf("test", pid)).isEqualTo(map.master(pid));
      }
    }
  }

  @Test
  void saysWhichRackANodeIsIn() throws IOException {
    try (EmbeddedCluster racked =
            EmbeddedCluster.builder().nodes(2).racks(3, 4).namespace("a").namespace("b").start();
        RawClient client = new RawClient(racked.port(1))) {
      String racks = "rack_3=" + racked.nodeName(0) + ":rack_4=" + racked.nodeName(1);
      assertThat(client.info("rack-ids")).isEqualTo("a:4;b:4");
      assertThat(client.info("racks:")).isEqualTo("ns=a:" + racks + ";ns=b:" + racks);
      assertThat(client.info("racks:namespace=a")).isEqualTo(racks);
      assertThat(client.info("racks:namespace=c")).startsWith("ERROR:20");
      String generation = client.info("rebalance-generation");
      racked.moveToRack(1, 3);
      assertThat(client.info("rack-ids")).isEqualTo("a:3;b:3");
      assertThat(client.info("rebalance-generation")).isNotEqualTo(generation);
    }
  }
}
