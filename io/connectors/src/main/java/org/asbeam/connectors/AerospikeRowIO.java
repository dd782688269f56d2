package org.asbeam.connectors;

import static java.util.Objects.requireNonNull;

import com.google.auto.value.AutoValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Random;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.asbeam.aerospike.ClusterClient;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.aerospike.SampleScan;
import org.asbeam.aerospike.ScanSpec;
import org.asbeam.aerospike.WriteSpec;
import org.asbeam.format.PartitionSet;
import org.asbeam.storage.secrets.SecretAgentSpec;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads the records of an Aerospike namespace as Beam's rows, and writes rows into one: {@link
 * AerospikeIO}, with a step of {@link AerospikeRows} behind or before it. That class says how bins
 * and fields correspond.
 *
 * <pre>{@code
 * PCollection<Row> users =
 *     pipeline.apply(
 *         AerospikeRowIO.read()
 *             .withConnection(ConnectionSpec.of("node1.example:3000"))
 *             .withScanSpec(ScanSpec.of("test").withSet("users"))
 *             .withFields(RowFields.ofKey("id"))
 *             .withSchemaOfSample(1000));
 * users.apply(
 *     AerospikeRowIO.write()
 *         .withConnection(ConnectionSpec.of("other.example:3000"))
 *         .withNamespace("test")
 *         .withFields(RowFields.ofKey("id"))
 *         .withSet("users"));
 * }</pre>
 *
 * <p>Its counters are those of {@link AerospikeIO}.
 */
public final class AerospikeRowIO {
  /** Looking at more takes longer than people wait where a pipeline is built. */
  public static final int MOST_SAMPLED = 100_000;

  private AerospikeRowIO() {}

  /** Reads records as rows; needs a connection, a namespace, and a schema or a sample for one. */
  public static Read read() {
    return new AutoValue_AerospikeRowIO_Read.Builder()
        .records(AerospikeIO.read())
        .sampleSize(0)
        .fields(RowFields.NONE)
        .badRecords(BadRecordOutput.NONE)
        .build();
  }

  /** Writes rows as records; needs a connection, a namespace, and the field of the key. */
  public static Write write() {
    return new AutoValue_AerospikeRowIO_Write.Builder()
        .records(AerospikeIO.write())
        .fromRows(AerospikeRows.fromRows())
        .build();
  }

  /** Reads the records of a namespace as rows: see {@link AerospikeRowIO}. */
  @AutoValue
  public abstract static class Read extends PTransform<PBegin, PCollection<Row>> {
    private static final long serialVersionUID = 1L;

    abstract AerospikeIO.Read records();

    abstract @Nullable Schema schema();

    abstract int sampleSize();

    abstract RowFields fields();

    abstract BadRecordOutput badRecords();

    abstract Builder toBuilder();

    @AutoValue.Builder
    abstract static class Builder {
      abstract Builder records(AerospikeIO.Read records);

      abstract Builder schema(Schema schema);

      abstract Builder sampleSize(int records);

      abstract Builder fields(RowFields fields);

      abstract Builder badRecords(BadRecordOutput output);

      abstract Read build();
    }

    /** As {@link AerospikeIO.Read#withConnection}. */
    public Read withConnection(ConnectionSpec connection) {
      return toBuilder().records(records().withConnection(connection)).build();
    }

    /** As {@link AerospikeIO.Read#withSecretAgent}. */
    public Read withSecretAgent(SecretAgentSpec agent) {
      return toBuilder().records(records().withSecretAgent(agent)).build();
    }

    /** As {@link AerospikeIO.Read#withNamespace}. */
    public Read withNamespace(String namespace) {
      return toBuilder().records(records().withNamespace(namespace)).build();
    }

    /** As {@link AerospikeIO.Read#withScanSpec}. */
    public Read withScanSpec(ScanSpec spec) {
      return toBuilder().records(records().withScanSpec(spec)).build();
    }

    /** As {@link AerospikeIO.Read#withPartitions}. */
    public Read withPartitions(PartitionSet partitions) {
      return toBuilder().records(records().withPartitions(partitions)).build();
    }

    /** As {@link AerospikeIO.Read#withSlices}. */
    public Read withSlices(int slices) {
      return toBuilder().records(records().withSlices(slices)).build();
    }

    /** As {@link AerospikeIO.Read#withSlicesPerSource}. */
    public Read withSlicesPerSource(int slices) {
      return toBuilder().records(records().withSlicesPerSource(slices)).build();
    }

    /** The schema of the rows: see {@link AerospikeRows} for the types of its fields. */
    public Read withSchema(Schema schema) {
      return toBuilder().schema(requireNonNull(schema, "schema")).build();
    }

    /**
     * Looks at some records, drawn at random, for the schema of the rows: see {@link
     * AerospikeRows#schemaOf}. That is done where and when the pipeline is built, so that the
     * cluster must be in reach there. A bin that no record of the sample has is in no row.
     *
     * @param records how many, from 1 to {@value #MOST_SAMPLED}
     */
    public Read withSchemaOfSample(int records) {
      Checks.argument(
          records >= 1 && records <= MOST_SAMPLED,
          "a sample has 1 to " + MOST_SAMPLED + " records, not " + records);
      return toBuilder().sampleSize(records).build();
    }

    /** The fields of a row that are no bins; none if not given. */
    public Read withFields(RowFields fields) {
      return toBuilder().fields(requireNonNull(fields, "fields")).build();
    }

    /** What takes the records that don't fit the schema, in the place of a failure. */
    public Read withBadRecordErrorHandler(ErrorHandler<BadRecord, ?> handler) {
      return toBuilder().badRecords(BadRecordOutput.to(handler)).build();
    }

    /**
     * @throws UncheckedIOException if the cluster can't be asked for a sample
     * @throws IllegalArgumentException if the sample has no schema, naming the bin
     */
    @Override
    public PCollection<Row> expand(PBegin begin) {
      records().check("AerospikeRowIO.read()");
      Checks.argument(
          schema() != null || sampleSize() > 0,
          "AerospikeRowIO.read() needs withSchema() or withSchemaOfSample()");
      AerospikeRows.ToRows toRows =
          AerospikeRows.toRows(schema() != null ? schema() : sampledSchema())
              .withFields(fields())
              .withBadRecords(badRecords());
      return begin.apply("Read", records()).apply("To rows", toRows);
    }

    private Schema sampledSchema() {
      SampledSchema sample = new SampledSchema(fields());
      try (ClusterClient client = records().cluster().acquire()) {
        new SampleScan(client, records().scanSpec(), new Random())
            .read(
                records().partitions(),
                sampleSize(),
                row -> sample.add(AerospikeRecord.copyOf(row)),
                Cancellation.ofThisThread());
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
      return sample.schema();
    }

    @Override
    public void populateDisplayData(DisplayData.Builder builder) {
      super.populateDisplayData(builder);
      builder.include("records", records());
      builder.addIfNotDefault(
          DisplayData.item("sampleSize", sampleSize()).withLabel("Records sampled"), 0);
    }
  }

  /** Writes rows into a namespace: see {@link AerospikeRowIO}. */
  @AutoValue
  public abstract static class Write extends PTransform<PCollection<Row>, AerospikeWriteResult> {
    private static final long serialVersionUID = 1L;

    abstract AerospikeIO.Write records();

    abstract AerospikeRows.FromRows fromRows();

    abstract Builder toBuilder();

    @AutoValue.Builder
    abstract static class Builder {
      abstract Builder records(AerospikeIO.Write records);

      abstract Builder fromRows(AerospikeRows.FromRows fromRows);

      abstract Write build();
    }

    /** As {@link AerospikeIO.Write#withConnection}. */
    public Write withConnection(ConnectionSpec connection) {
      return toBuilder().records(records().withConnection(connection)).build();
    }

    /** As {@link AerospikeIO.Write#withSecretAgent}. */
    public Write withSecretAgent(SecretAgentSpec agent) {
      return toBuilder().records(records().withSecretAgent(agent)).build();
    }

    /**
     * The namespace to write into: bins are merged with those that are there, of whatever
     * generation, for rows have none.
     */
    public Write withNamespace(String namespace) {
      return withWriteSpec(WriteSpec.of(namespace).withCheckGeneration(false));
    }

    /**
     * As {@link AerospikeIO.Write#withWriteSpec}. Records of rows are of generation 1: with a check
     * of the generation, they are written over none.
     */
    public Write withWriteSpec(WriteSpec spec) {
      return toBuilder().records(records().withWriteSpec(spec)).build();
    }

    /** As {@link AerospikeRows.FromRows#withFields}. */
    public Write withFields(RowFields fields) {
      return toBuilder().fromRows(fromRows().withFields(fields)).build();
    }

    /** As {@link AerospikeRows.FromRows#withSet}. */
    public Write withSet(String name) {
      return toBuilder().fromRows(fromRows().withSet(name)).build();
    }

    /** As {@link AerospikeRows.FromRows#withTimeToLive}. */
    public Write withTimeToLive(Duration time) {
      return toBuilder().fromRows(fromRows().withTimeToLive(time)).build();
    }

    /**
     * What takes the rows that are no record, and the records that the server refuses for good, in
     * the place of a failure.
     */
    public Write withBadRecordErrorHandler(ErrorHandler<BadRecord, ?> handler) {
      return toBuilder()
          .records(records().withBadRecordErrorHandler(handler))
          .fromRows(fromRows().withBadRecordErrorHandler(handler))
          .build();
    }

    @Override
    public AerospikeWriteResult expand(PCollection<Row> rows) {
      records().check("AerospikeRowIO.write()");
      return rows.apply("From rows", fromRows()).apply("Write", records());
    }

    @Override
    public void populateDisplayData(DisplayData.Builder builder) {
      super.populateDisplayData(builder);
      builder.include("fromRows", fromRows()).include("records", records());
    }
  }
}
