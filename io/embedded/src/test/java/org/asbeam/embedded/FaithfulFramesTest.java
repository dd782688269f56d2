package org.asbeam.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Scans whose rows come as late and as mixed as a server's. */
class FaithfulFramesTest {
  private static final int PARTITIONS = 8;
  private static final int PER_PARTITION = 1000;

  private static EmbeddedCluster start(boolean faithful) {
    EmbeddedCluster cluster =
        EmbeddedCluster.builder().namespace("test").faithfulFrames(faithful).start();
    byte[] value = new byte[1000];
    for (int pid = 0; pid < PARTITIONS; pid++) {
      for (int i = 0; i < PER_PARTITION; i++) {
        byte[] digest = new byte[20];
        digest[0] = (byte) pid;
        Bytes.putI32(digest, 4, i * 0x9e3779b1);
        cluster.namespace("test").put(NewRecord.ofDigest("s", digest).bin("b", value));
      }
    }
    return cluster;
  }

  private static List<Frame> scan(EmbeddedCluster cluster) throws IOException {
    try (RawClient client = new RawClient(cluster.port(0))) {
      return client.askMany(Messages.scan("test"));
    }
  }

  @Test
  void framesAreFullMixPartitionsAndKeepTheOrderInEach() throws IOException {
    try (EmbeddedCluster cluster = start(true)) {
      List<Frame> frames = scan(cluster);

      // Four buffers may end partly filled, and the end has a frame of its own.
      List<Frame> full = frames.subList(0, frames.size() - 5);
      assertThat(full).isNotEmpty();
      assertThat(full).allSatisfy(frame -> assertThat(frame.body().length).isGreaterThan(1 << 20));
      assertThat(visits(frames)).as("some partition is left and taken up again").isTrue();
      checkRows(frames);
    }
  }

  @Test
  void eagerFramesAreSmallAndBringOnePartitionAfterTheOther() throws IOException {
    try (EmbeddedCluster cluster = start(false)) {
      List<Frame> frames = scan(cluster);

      assertThat(frames).allSatisfy(frame -> assertThat(frame.body().length).isLessThan(140 << 10));
      assertThat(visits(frames)).isFalse();
      checkRows(frames);
    }
  }

  private static List<byte[]> digests(List<Frame> frames) {
    List<byte[]> digests = new ArrayList<>();
    for (Frame frame : frames) {
      for (byte[] row : frame.rowBytes()) {
        if (!Frame.isLast(row)) {
          // Behind the header and the namespace field.
          int at = Protocol.HEADER + 4 + Bytes.i32(row, Protocol.HEADER) + 5;
          digests.add(Arrays.copyOfRange(row, at, at + 20));
        }
      }
    }
    return digests;
  }

  private static boolean visits(List<Frame> frames) {
    Set<Integer> left = new HashSet<>();
    int current = -1;
    for (byte[] digest : digests(frames)) {
      int pid = Namespace.partitionOf(digest, 0);
      if (pid != current) {
        if (left.contains(pid)) {
          return true;
        }
        left.add(current);
        current = pid;
      }
    }
    return false;
  }

  private static void checkRows(List<Frame> frames) {
    Map<Integer, byte[]> last = new HashMap<>();
    for (byte[] digest : digests(frames)) {
      byte[] before = last.put(Namespace.partitionOf(digest, 0), digest);
      if (before != null) {
        assertThat(Arrays.compareUnsigned(digest, before)).isNegative();
      }
    }
    assertThat(digests(frames)).hasSize(PARTITIONS * PER_PARTITION);
  }
}
