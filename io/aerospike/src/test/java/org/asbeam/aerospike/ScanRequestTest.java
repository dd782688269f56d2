package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.asbeam.format.PartitionSet;
import org.junit.jupiter.api.Test;

/** The bytes of requests. */
class ScanRequestTest {
  private static final int HEADER = WireBuffer.PROTO_LENGTH + WireBuffer.MESSAGE_LENGTH;

  private final Map<Integer, byte[]> fields = new HashMap<>();
  private byte[] bytes;
  private int behindFields = HEADER;

  private void write(ScanSpec spec, long maxRecords) {
    PartitionCursors cursors = PartitionCursors.start(PartitionSet.of(1, 2));
    WireBuffer buffer = new ScanRequest(spec).write(new int[] {1, 2}, 2, cursors, maxRecords);
    bytes = Arrays.copyOf(buffer.bytes, buffer.length);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    for (int left = in.getShort(WireBuffer.PROTO_LENGTH + 18); left > 0; left--) {
      int size = in.getInt(behindFields);
      fields.put(
          (int) bytes[behindFields + 4],
          Arrays.copyOfRange(bytes, behindFields + 5, behindFields + 4 + size));
      behindFields += 4 + size;
    }
  }

  /** A server waits for a slow or limited reader as long as this field says: for ever. */
  @Test
  void letsTheServerWaitForEverWhateverTheTimeouts() {
    ScanRetries limits =
        ScanRetries.DEFAULT
            .withSocketTimeout(java.time.Duration.ofSeconds(1))
            .withTotalTimeout(java.time.Duration.ofSeconds(5));
    write(ScanSpec.of("test").withRetries(limits), 0);
    assertThat(fields.get(WireBuffer.FIELD_SOCKET_TIMEOUT)).isEqualTo(new byte[4]);
  }

  @Test
  void asksForNothingSpecialByDefault() {
    write(ScanSpec.of("test"), 0);
    assertThat(fields).containsOnlyKeys(0, 7, 9, 11);
    assertThat(bytes).hasSize(behindFields);
    assertThat(bytes[WireBuffer.PROTO_LENGTH + 1]).isEqualTo((byte) 0x01);
  }

  @Test
  void namesBinsAsReads() {
    write(ScanSpec.of("test").withBins(List.of("ab")), 7);
    assertThat(Arrays.copyOfRange(bytes, behindFields, bytes.length))
        .isEqualTo(new byte[] {0, 0, 0, 6, 1, 0, 0, 2, 'a', 'b'});
    assertThat(fields.get(WireBuffer.FIELD_MAX_RECORDS))
        .isEqualTo(new byte[] {0, 0, 0, 0, 0, 0, 0, 7});
  }

  @Test
  void namesNoBinsWhereNoneAreWanted() {
    write(ScanSpec.of("test").withBins(List.of("ab")).withNoBins(true), 0);
    assertThat(bytes).hasSize(behindFields);
    assertThat(bytes[WireBuffer.PROTO_LENGTH + 1]).isEqualTo((byte) 0x21);
  }
}
