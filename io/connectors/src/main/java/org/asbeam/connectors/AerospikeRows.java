package org.asbeam.connectors;

import static java.util.Objects.requireNonNull;

import com.google.auto.value.AutoValue;
import java.time.Clock;
import java.time.Duration;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.BadRecordRouter;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Records as Beam's {@link Row}s and back, so that Beam's SQL and its connectors can work with
 * them.
 *
 * <pre>{@code
 * Schema schema =
 *     Schema.builder().addStringField("id").addNullableInt64Field("age").build();
 * PCollection<Row> rows =
 *     records.apply(AerospikeRows.toRows(schema).withFields(RowFields.ofKey("id")));
 * PCollection<AerospikeRecord> back =
 *     rows.apply(AerospikeRows.fromRows().withFields(RowFields.ofKey("id")).withSet("users"));
 * }</pre>
 *
 * <h3>Fields and bins</h3>
 *
 * <p>Fields have the names of bins, but for those that {@link RowFields} names: the user key, the
 * set, the expiration. A bin that no field is named for is left out.
 *
 * <ul>
 *   <li>an integer is {@code INT64}, or a smaller whole number that can hold it;
 *   <li>a float is {@code DOUBLE}, or {@code FLOAT} if nothing is lost;
 *   <li>a string is {@code STRING}, a boolean {@code BOOLEAN}, a blob {@code BYTES};
 *   <li>GeoJSON is {@code STRING}; the field is made by {@link #geoJsonField}, or else it becomes a
 *       string on its way back;
 *   <li>an HLL is {@code BYTES}, and a blob on its way back;
 *   <li>a list is {@code ARRAY} or {@code ITERABLE}, a map {@code MAP} whose keys are {@code
 *       STRING} or whole numbers; a map has no order on its way back.
 * </ul>
 *
 * <p>A bin that a record lacks is null in its row, and a field that is null makes no bin. Other
 * types of bins and fields are in no row: a schema that has some is refused where the pipeline is
 * built.
 *
 * <h3>What doesn't fit</h3>
 *
 * <p>A record with a bin of another type than its field, or without one that can't be null, is a
 * bad record: it fails its bundle, and the error names record and bin, or goes to a handler by
 * {@code withBadRecordErrorHandler}. So is a row without a key.
 */
public final class AerospikeRows {
  private static final TupleTag<Row> ROWS =
      new TupleTag<>("rows") {
        private static final long serialVersionUID = 1L;
      };

  private static final TupleTag<AerospikeRecord> RECORDS =
      new TupleTag<>("records") {
        private static final long serialVersionUID = 1L;
      };

  private AerospikeRows() {}

  /** Makes a row of each record. */
  public static ToRows toRows(Schema schema) {
    return new AutoValue_AerospikeRows_ToRows.Builder()
        .schema(schema)
        .fields(RowFields.NONE)
        .badRecords(BadRecordOutput.NONE)
        .build();
  }

  /**
   * Makes a record of each row; needs {@link FromRows#withFields} with a key. The digest is that of
   * set and key, the generation 1.
   */
  public static FromRows fromRows() {
    return new AutoValue_AerospikeRows_FromRows.Builder()
        .fields(RowFields.NONE)
        .badRecords(BadRecordOutput.NONE)
        .set("")
        .clock(Clock.systemUTC())
        .build();
  }

  /** A field of GeoJSON, which may be null: a string whose bin is GeoJSON. */
  public static Schema.Field geoJsonField(String name) {
    return Schema.Field.nullable(name, Schema.FieldType.STRING)
        .withOptions(
            Schema.Options.builder()
                .setOption(FieldValues.GEO_JSON, Schema.FieldType.BOOLEAN, true));
  }

  /**
   * The schema of some records: a field for each bin that one of them has, in the order of their
   * names, behind the fields that are no bins. All may be null. The elements of a list or map that
   * is empty everywhere are taken for strings.
   *
   * @throws IllegalArgumentException naming a bin that is of two types, or of one that no field
   *     has; or if there are no records
   */
  public static Schema schemaOf(Iterable<AerospikeRecord> records, RowFields fields) {
    SampledSchema sample = new SampledSchema(fields);
    records.forEach(sample::add);
    return sample.schema();
  }

  /** Makes rows of records: see {@link AerospikeRows}. */
  @AutoValue
  public abstract static class ToRows
      extends PTransform<PCollection<AerospikeRecord>, PCollection<Row>> {
    private static final long serialVersionUID = 1L;

    abstract Schema schema();

    abstract RowFields fields();

    abstract BadRecordOutput badRecords();

    abstract Builder toBuilder();

    @AutoValue.Builder
    abstract static class Builder {
      abstract Builder schema(Schema schema);

      abstract Builder fields(RowFields fields);

      abstract Builder badRecords(BadRecordOutput output);

      abstract ToRows build();
    }

    /** The fields of the schema that are no bins; none if not given. */
    public ToRows withFields(RowFields fields) {
      return toBuilder().fields(requireNonNull(fields, "fields")).build();
    }

    /** What takes the records that don't fit the schema, in the place of a failure. */
    public ToRows withBadRecordErrorHandler(ErrorHandler<BadRecord, ?> handler) {
      return withBadRecords(BadRecordOutput.to(handler));
    }

    ToRows withBadRecords(BadRecordOutput output) {
      return toBuilder().badRecords(output).build();
    }

    @Override
    public PCollection<Row> expand(PCollection<AerospikeRecord> records) {
      RowForm form = new RowForm(schema(), fields());
      return badRecords()
          .apply("Make rows", records, new ToRowFn(form, badRecords().router()), ROWS)
          .setRowSchema(schema());
    }

    @Override
    public void populateDisplayData(DisplayData.Builder builder) {
      super.populateDisplayData(builder);
      builder.add(
          DisplayData.item("fields", String.join(", ", schema().getFieldNames()))
              .withLabel("Fields"));
    }
  }

  /** Makes records of rows: see {@link AerospikeRows}. */
  @AutoValue
  public abstract static class FromRows
      extends PTransform<PCollection<Row>, PCollection<AerospikeRecord>> {
    private static final long serialVersionUID = 1L;

    abstract RowFields fields();

    abstract String set();

    abstract @Nullable Duration timeToLive();

    abstract Clock clock();

    abstract BadRecordOutput badRecords();

    abstract Builder toBuilder();

    @AutoValue.Builder
    abstract static class Builder {
      abstract Builder fields(RowFields fields);

      abstract Builder set(String set);

      abstract Builder timeToLive(Duration time);

      abstract Builder clock(Clock clock);

      abstract Builder badRecords(BadRecordOutput output);

      abstract FromRows build();
    }

    /** The fields of the rows that are no bins, the key at least. */
    public FromRows withFields(RowFields fields) {
      return toBuilder().fields(requireNonNull(fields, "fields")).build();
    }

    /**
     * The set of rows whose field of the set is null, or that have no such field; none if not
     * given.
     */
    public FromRows withSet(String name) {
      return toBuilder().set(requireNonNull(name, "name")).build();
    }

    /**
     * When records expire whose row doesn't say: this long after the row was looked at. Never if
     * not given.
     *
     * @throws IllegalArgumentException if it is less than a second
     */
    public FromRows withTimeToLive(Duration time) {
      Checks.argument(time.toSeconds() >= 1, "a time to live is a second or more, not " + time);
      return toBuilder().timeToLive(time).build();
    }

    /** For tests. */
    FromRows withClock(Clock clock) {
      return toBuilder().clock(clock).build();
    }

    /** What takes the rows that are no record, in the place of a failure. */
    public FromRows withBadRecordErrorHandler(ErrorHandler<BadRecord, ?> handler) {
      return toBuilder().badRecords(BadRecordOutput.to(handler)).build();
    }

    @Override
    public PCollection<AerospikeRecord> expand(PCollection<Row> rows) {
      Checks.argument(
          !fields().key().isEmpty(),
          "rows need a field with the key of their records: withFields(RowFields.ofKey(name))");
      RowForm form = new RowForm(rows.getSchema(), fields());
      FromRowFn fn = new FromRowFn(form, set(), timeToLive(), clock(), badRecords().router());
      return badRecords()
          .apply("Make records", rows, fn, RECORDS)
          .setCoder(AerospikeRecordCoder.of());
    }

    @Override
    public void populateDisplayData(DisplayData.Builder builder) {
      super.populateDisplayData(builder);
      builder.add(DisplayData.item("keyField", fields().key()).withLabel("Field of the key"));
      builder.addIfNotDefault(
          DisplayData.item("setField", fields().set()).withLabel("Field of the set"), "");
      builder.addIfNotDefault(
          DisplayData.item("expirationField", fields().expiration())
              .withLabel("Field of the expiration"),
          "");
      builder.addIfNotDefault(DisplayData.item("set", set()).withLabel("Set"), "");
      if (timeToLive() != null) {
        builder.add(
            DisplayData.item("timeToLive", timeToLive().toString()).withLabel("Time to live"));
      }
    }
  }

  static final class ToRowFn extends DoFn<AerospikeRecord, Row> {
    private static final long serialVersionUID = 1L;

    private final RowForm form;
    private final BadRecordRouter router;

    ToRowFn(RowForm form, BadRecordRouter router) {
      this.form = form;
      this.router = router;
    }

    @ProcessElement
    public void process(@Element AerospikeRecord record, MultiOutputReceiver outputs)
        throws Exception {
      Row row;
      try {
        row = form.row(record);
      } catch (RecordMismatchException e) {
        router.route(outputs, record, AerospikeRecordCoder.of(), e, "making a row of a record");
        return;
      }
      outputs.get(ROWS).output(row);
    }
  }

  static final class FromRowFn extends DoFn<Row, AerospikeRecord> {
    private static final long serialVersionUID = 1L;

    private final RowForm form;
    private final String set;
    private final @Nullable Duration timeToLive;
    private final Clock clock;
    private final BadRecordRouter router;

    FromRowFn(
        RowForm form,
        String set,
        @Nullable Duration timeToLive,
        Clock clock,
        BadRecordRouter router) {
      this.form = form;
      this.set = set;
      this.timeToLive = timeToLive;
      this.clock = clock;
      this.router = router;
    }

    @ProcessElement
    public void process(@Element Row row, MultiOutputReceiver outputs) throws Exception {
      AerospikeRecord record;
      try {
        record = form.record(row, set, timeToLive, clock);
      } catch (RecordMismatchException e) {
        Coder<Row> coder = RowCoder.of(form.schema());
        router.route(outputs, row, coder, e, "making a record of a row");
        return;
      }
      outputs.get(RECORDS).output(record);
    }
  }
}
