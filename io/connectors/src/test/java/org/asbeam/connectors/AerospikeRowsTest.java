package org.asbeam.connectors;

import static org.asbeam.connectors.Rows.ALL;
import static org.asbeam.connectors.Rows.EMPTY;
import static org.asbeam.connectors.Rows.FIELDS;
import static org.asbeam.connectors.Rows.FULL;
import static org.asbeam.connectors.Rows.record;
import static org.asbeam.connectors.Rows.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.BadRecordRouter;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;

class AerospikeRowsTest {
  private final TestPipeline pipeline = Records.pipeline();

  @Test
  void aBinOfAnotherTypeMakesABadRecord() {
    AerospikeRecord fine = record("a").bin("age", Particle.of(1)).build();
    AerospikeRecord wrong = record("b").bin("age", Particle.of("private")).build();
    pipeline
        .apply(Create.of(fine, wrong))
        .apply(AerospikeRows.toRows(schema("age", FieldType.INT64)));

    assertThatThrownBy(pipeline::run)
        .hasMessageContaining(
            "record "
                + HexFormat.of().formatHex(wrong.digest())
                + " of set 's': bin 'age' is a string, its field wants INT64")
        .hasMessageNotContaining("private");
  }

  @Test
  void aHandlerGetsTheRecordsThatMakeNoRow() throws Exception {
    AerospikeRecord wrong = record("b").bin("age", Particle.of("private")).build();
    ErrorHandler.BadRecordErrorHandler<PCollection<String>> handler =
        pipeline.registerBadRecordErrorHandler(new BadRecordReasons());
    Schema schema = schema("age", FieldType.INT64);
    PCollection<Row> rows =
        pipeline
            .apply(Create.of(record("a").bin("age", Particle.of(1)).build(), wrong))
            .apply(AerospikeRows.toRows(schema).withBadRecordErrorHandler(handler));
    handler.close();
    PAssert.that(rows).containsInAnyOrder(Row.withSchema(schema).addValue(1L).build());
    PAssert.that(handler.getOutput())
        .containsInAnyOrder(
            "org.asbeam.connectors.RecordMismatchException: record "
                + HexFormat.of().formatHex(wrong.digest())
                + " of set 's': bin 'age' is a string, its field wants INT64");
    pipeline.run();
  }

  @Test
  void rowsThatDoNotSayExpireAfterTheTimeToLive() {
    Clock clock = Clock.fixed(java.time.Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC);
    Duration hour = Duration.ofHours(1);
    AerospikeRows.FromRows fromRows =
        AerospikeRows.fromRows().withFields(FIELDS).withTimeToLive(hour).withClock(clock);
    PAssert.that(pipeline.apply(Create.of(EMPTY).withRowSchema(ALL)).apply(fromRows))
        .containsInAnyOrder(
            AerospikeRecord.builder("", Particle.of("bob"))
                .expiresAt(java.time.Instant.parse("2030-01-01T01:00:00Z"))
                .build());
    pipeline.run();
    assertThatThrownBy(() -> fromRows.withTimeToLive(Duration.ofMillis(999)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRecordOrRowThatIsConvertedTwiceGivesTheSameTwice() throws Exception {
    RowForm form = new RowForm(ALL, FIELDS);
    AerospikeRecord record = form.record(FULL, "", null, Clock.systemUTC());
    BadRecordRouter router = BadRecordRouter.THROWING_ROUTER;
    List<Row> rows = new ArrayList<>();
    AerospikeRows.ToRowFn toRow = new AerospikeRows.ToRowFn(form, router);
    toRow.process(record, Bundles.intoOne(rows));
    toRow.process(record, Bundles.intoOne(rows));
    assertThat(rows).containsExactly(FULL, FULL);

    List<AerospikeRecord> records = new ArrayList<>();
    AerospikeRows.FromRowFn fromRow =
        new AerospikeRows.FromRowFn(form, "", null, Clock.systemUTC(), router);
    fromRow.process(FULL, Bundles.intoOne(records));
    fromRow.process(FULL, Bundles.intoOne(records));
    assertThat(records).containsExactly(record, record);
  }

  @Test
  void theyShowAndShipWhatTheyAre() {
    assertThat(DisplayData.from(AerospikeRows.toRows(ALL)).asMap().values())
        .extracting(item -> item.getKey() + "=" + item.getValue())
        .anyMatch(item -> item.startsWith("fields=id, set, until, long,"));
    SerializableUtils.ensureSerializable(AerospikeRows.toRows(ALL));
    SerializableUtils.ensureSerializable(AerospikeRows.fromRows());
  }
}
