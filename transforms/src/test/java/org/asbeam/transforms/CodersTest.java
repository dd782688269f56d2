package org.asbeam.transforms;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.testing.CoderProperties;
import org.asbeam.connectors.JsonCoder;
import org.asbeam.storage.journal.Failure;
import org.asbeam.storage.journal.FileReceipt;
import org.asbeam.storage.journal.PartitionTotal;
import org.asbeam.storage.journal.SliceReceipt;
import org.asbeam.transforms.work.FileOutcome;
import org.asbeam.transforms.work.MetadataOutcome;
import org.asbeam.transforms.work.RecordCounts;
import org.junit.jupiter.api.Test;

class CodersTest {
  @Test
  void receiptsTravel() throws Exception {
    JsonCoder<SliceReceipt> coder = JsonCoder.of(SliceReceipt.class);
    CoderProperties.coderSerializable(coder);
    CoderProperties.coderDecodeEncodeEqual(
        coder,
        new SliceReceipt(
            3,
            "0a1b2c3d",
            "host_1/thread \"x\"",
            Instant.EPOCH,
            Instant.parse("2026-01-01T00:00:00.123456789Z"),
            List.of(new FileReceipt("test_3_1_0a1b2c3d.asb", 1L << 40, 5, 6, 7, "deadbeef")),
            List.of(new PartitionTotal(0, 0), new PartitionTotal(4095, Long.MAX_VALUE)),
            Map.of("", 1L, "a \\ set\n", 2L),
            1,
            2,
            3,
            List.of("a warning")));
  }

  @Test
  void outcomesTravel() throws Exception {
    JsonCoder<FileOutcome> coder = JsonCoder.of(FileOutcome.class);
    CoderProperties.coderSerializable(coder);
    RecordCounts counts =
        new RecordCounts(28, 1, 2, 3, 4, 5, 6, 7, 8, Map.of("Record too big", 11L));
    MetadataOutcome metadata = new MetadataOutcome(1, 2, 3, 4, 5, 6, 7, List.of("w"));
    for (Failure failure : new Failure[] {null, new Failure("DAMAGED", "m", "h", 4, "w")}) {
      CoderProperties.coderDecodeEncodeEqual(
          coder,
          new FileOutcome(
              4,
              1,
              "f.asb",
              5_000_000_000L,
              "w",
              counts,
              1,
              2,
              metadata,
              List.of("r.asb"),
              true,
              List.of("ü \u0000"),
              failure,
              true));
    }
  }
}
