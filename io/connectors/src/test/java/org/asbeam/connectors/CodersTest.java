package org.asbeam.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.asbeam.aerospike.ScanFilter;
import org.asbeam.aerospike.ScanSpec;
import org.asbeam.aerospike.WriteCounts;
import org.asbeam.format.PartitionSet;
import org.asbeam.storage.journal.FileReceipt;
import org.asbeam.storage.journal.FileSlice;
import org.asbeam.storage.journal.PartitionSlice;
import org.junit.jupiter.api.Test;

class CodersTest {
  private static final AerospikeRecord RECORD =
      AerospikeRecord.builder("s", Particle.of("k")).bin("b", Particle.of(1)).build();
  private static final AerospikeRecord OTHER =
      AerospikeRecord.builder("s", Particle.of("k")).bin("b", Particle.of(2)).build();

  /** The size that a coder tells is that of what it writes. */
  @SuppressWarnings("deprecation") // Beam's own test still takes a context.
  private static <T> void sizeIsTold(Coder<T> coder, T[] values) throws Exception {
    CoderProperties.testByteCount(coder, Coder.Context.NESTED, values);
  }

  private static <T> void isGood(Coder<T> coder, T one, T other) throws Exception {
    CoderProperties.coderSerializable(coder);
    for (T value : List.of(one, other)) {
      CoderProperties.coderDecodeEncodeEqual(coder, value);
      CoderProperties.structuralValueDecodeEncodeEqual(coder, value);
    }
    CoderProperties.coderConsistentWithEquals(coder, one, other);
    CoderProperties.structuralValueConsistentWithEquals(coder, one, other);
    assertThatThrownBy(() -> CoderUtils.encodeToByteArray(coder, null))
        .isInstanceOf(CoderException.class);
  }

  @Test
  void records() throws Exception {
    AerospikeRecordCoder coder = AerospikeRecordCoder.of();
    isGood(coder, RECORD, OTHER);
    CoderProperties.coderDeterministic(coder, RECORD, AerospikeRecord.copyOf(RECORD.view()));
    sizeIsTold(coder, new AerospikeRecord[] {RECORD, OTHER, RECORD});
    coder.verifyDeterministic();
  }

  @Test
  void recordsAreFoundByTheirType() throws Exception {
    assertThat(CoderRegistry.createDefault().getCoder(AerospikeRecord.class))
        .isEqualTo(AerospikeRecordCoder.of());
  }

  @Test
  void damagedRecordsAreRefused() throws Exception {
    byte[] row = RECORD.row();
    for (int length = 0; length < row.length; length++) {
      byte[] cut = nested(Arrays.copyOf(row, length));
      assertThatThrownBy(() -> CoderUtils.decodeFromByteArray(AerospikeRecordCoder.of(), cut))
          .isInstanceOf(CoderException.class);
    }
    byte[] longer = nested(Arrays.copyOf(row, row.length + 1));
    assertThatThrownBy(() -> CoderUtils.decodeFromByteArray(AerospikeRecordCoder.of(), longer))
        .isInstanceOf(CoderException.class)
        .hasMessageContaining("bytes in");
  }

  private static byte[] nested(byte[] row) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteArrayCoder.of().encode(row, bytes);
    return bytes.toByteArray();
  }

  @Test
  void blocks() throws Exception {
    isGood(AsbBlockCoder.of(), block(RECORD), block(RECORD, OTHER));
    CoderProperties.coderDeterministic(AsbBlockCoder.of(), block(RECORD), block(RECORD));
    sizeIsTold(AsbBlockCoder.of(), new AsbBlock[] {block(RECORD), block(RECORD, OTHER)});
    AsbBlock copy = CoderUtils.clone(AsbBlockCoder.of(), block(RECORD, OTHER));
    assertThat(copy.contents()).isEqualTo(block(RECORD, OTHER).contents());
  }

  private static AsbBlock block(AerospikeRecord... records) throws Exception {
    BlockEncoder encoder = new BlockEncoder("test", false, 1000);
    for (AerospikeRecord record : records) {
      encoder.add(record.view());
    }
    return encoder.take();
  }

  @Test
  void documents() throws Exception {
    isGood(
        JsonCoder.of(PartitionSlice.class),
        new PartitionSlice(
            3, PartitionSlice.Kind.RECORDS, "BB9", PartitionSet.parse("0-15,17,4095")),
        new PartitionSlice(0, PartitionSlice.Kind.METADATA, "", PartitionSet.none()));
    isGood(
        JsonCoder.of(FileSlice.class),
        new FileSlice(3, 0, "test_1_1_00c0ffee.asb", 8, 4, 1L << 40),
        new FileSlice(3, 0, "\u00e9.asb", 8, 0, 0));
    isGood(
        JsonCoder.of(FileReceipt.class),
        new FileReceipt("a.asb", 1, 2, 3, 4, "00000000"),
        new FileReceipt("a.asb", 1, 2, 3, 4, "00000001"));
    isGood(
        JsonCoder.of(FolderSlice.class),
        new FolderSlice("/b", "3f", new FileSlice(3, 0, "a.asb", 8, 4, 1L << 40)),
        new FolderSlice("/c", "3f", new FileSlice(3, 0, "a.asb", 8, 4, 1L << 40)));
    assertThat(JsonCoder.of(FileSlice.class))
        .isEqualTo(JsonCoder.of(FileSlice.class))
        .isNotEqualTo(JsonCoder.of(PartitionSlice.class));
    assertThat(JsonCoder.of(FileSlice.class).getEncodedTypeDescriptor().getRawType())
        .isEqualTo(FileSlice.class);
  }

  /** Scans travel in the form of Java; what they are is compared when they arrive. */
  @Test
  void scans() throws Exception {
    SerializableCoder<ScanSpec> coder = SerializableCoder.of(ScanSpec.class);
    CoderProperties.coderSerializable(coder);
    for (ScanSpec spec :
        List.of(
            ScanSpec.of("test"),
            ScanSpec.of("test")
                .withBins(List.of("a", "b"))
                .withFilter(
                    ScanFilter.builder()
                        .sets(List.of("s", "t"))
                        .modifiedAfter(Instant.EPOCH)
                        .build()))) {
      CoderProperties.coderDecodeEncodeEqual(coder, spec);
    }
  }

  @Test
  void counts() throws Exception {
    WriteCounts one =
        new WriteCounts(100, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, Map.of(5, 1L, 22, 2L, 13, 9L));
    WriteCounts other = new WriteCounts(1L << 50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of());
    isGood(WriteCountsCoder.of(), one, other);
    CoderProperties.coderDeterministic(
        WriteCountsCoder.of(), one, CoderUtils.clone(WriteCountsCoder.of(), one));
  }
}
