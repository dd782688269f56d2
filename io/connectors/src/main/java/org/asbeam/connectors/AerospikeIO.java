package org.asbeam.connectors;

import static java.util.Objects.requireNonNull;

import com.google.auto.value.AutoValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Random;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.BadRecordRouter;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTagList;
import org.asbeam.aerospike.ClusterClient;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.aerospike.SampleScan;
import org.asbeam.aerospike.ScanSpec;
import org.asbeam.aerospike.WriteSpec;
import org.asbeam.format.PartitionSet;
import org.asbeam.storage.journal.PartitionSlice;
import org.asbeam.storage.secrets.SecretAgentSpec;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads the records of an Aerospike namespace, and writes records into one.
 *
 * <h3>Reading</h3>
 *
 * <p>{@link #read} gives each record of a namespace once, as an {@link AerospikeRecord}:
 *
 * <pre>{@code
 * PCollection<AerospikeRecord> users =
 *     pipeline.apply(
 *         "Read users",
 *         AerospikeIO.read()
 *             .withConnection(ConnectionSpec.of("node1.example:3000,node2.example:3000"))
 *             .withScanSpec(ScanSpec.of("test").withSet("users")));
 * }</pre>
 *
 * <p>A scan's slices, sets of partitions, are read in parallel, each with as many requests as it
 * takes, over a client that all threads of a process share. The 4096 partitions are cut into
 * {@value #DEFAULT_SLICES} slices; see {@link Read#withSlices}. The cluster is first contacted by
 * the workers: whoever launches the pipeline need not reach it.
 *
 * <p>A record that is there, unchanged, from the start to the end of its slice is read, whatever
 * nodes fail in between. A slice that can't be read whole within the {@linkplain
 * ScanSpec#withStallTimeout stall timeout} fails its bundle. Records that change meanwhile are read
 * before or after the change; a scan is no snapshot.
 *
 * <p>{@link #readAll} does the same for every {@link ScanSpec} of a collection, so that a pipeline
 * may find out itself what to read:
 *
 * <pre>{@code
 * pipeline
 *     .apply(Create.of("users", "orders"))
 *     .apply(
 *         MapElements.into(TypeDescriptor.of(ScanSpec.class))
 *             .via(set -> ScanSpec.of("test").withSet(set)))
 *     .apply(AerospikeIO.readAll().withConnection(ConnectionSpec.of("node1.example:3000")));
 * }</pre>
 *
 * <p>The direct runner keeps what is read in memory until the next step has taken it. To back up or
 * move large namespaces, use the pipelines of this project, which keep no records between steps.
 *
 * <h3>Writing</h3>
 *
 * <p>{@link #write} writes records into a namespace, whatever namespace they come from:
 *
 * <pre>{@code
 * AerospikeWriteResult result =
 *     users.apply(
 *         "Write users",
 *         AerospikeIO.write()
 *             .withConnection(ConnectionSpec.of("other.example:3000"))
 *             .withWriteSpec(
 *                 WriteSpec.of("test").withExists(WriteSpec.Exists.REPLACE).withBatches(128, 8, 8 << 20)));
 * }</pre>
 *
 * <p>As the restore tools do, it writes a record over one that is there only if its generation is
 * greater, and merges their bins: {@link WriteSpec} has the policies. Records that were built by a
 * pipeline are of generation 1, so that they need {@code withCheckGeneration(false)} to be written
 * over others. Expired records and records without bins are not written, and counted.
 *
 * <p>A record that the server refuses for good (too large, another key with its digest, a bin of
 * another type there) fails its bundle, and the error names it. With {@link
 * Write#withBadRecordErrorHandler} it goes to a handler, and with {@link
 * WriteSpec#withIgnoreRecordErrors} it is only counted. What passes, a node that is down or
 * overloaded, is tried again as the {@link WriteSpec#withRetryPolicy retry policy} says, and fails
 * the bundle if that doesn't help; no handler gets it. A bundle that a runner repeats writes the
 * same records again: with the generation check, the second write changes nothing.
 *
 * <h3>Rows</h3>
 *
 * <p>{@link #readRows} and {@link #writeRows} do the same with Beam's rows; {@link AerospikeRows}
 * says how bins and fields correspond, and makes the one of the other anywhere in a pipeline.
 *
 * <pre>{@code
 * PCollection<Row> users =
 *     pipeline.apply(
 *         AerospikeIO.readRows()
 *             .withConnection(ConnectionSpec.of("node1.example:3000"))
 *             .withScanSpec(ScanSpec.of("test").withSet("users"))
 *             .withFields(RowFields.ofKey("id"))
 *             .withSchemaOfSample(1000));
 * users.apply(
 *     AerospikeIO.writeRows()
 *         .withConnection(ConnectionSpec.of("other.example:3000"))
 *         .withNamespace("test")
 *         .withFields(RowFields.ofKey("id"))
 *         .withSet("users"));
 * }</pre>
 *
 * <h3>Waiting for what was written</h3>
 *
 * <p>{@link AerospikeWriteResult#getCounts} has one element per bundle, which comes when all its
 * records are written:
 *
 * <pre>{@code
 * nextStep.apply(Wait.on(result.getCounts()));
 * }</pre>
 *
 * <p>In windows other than the global one the writer flushes where the window changes; a record in
 * several windows is written once for each.
 *
 * <h3>Connections</h3>
 *
 * <p>A {@link ConnectionSpec} is the seeds, timeouts and limits. Workers must reach every node of
 * the cluster at the address that it publishes. A password is given as a reference, {@code
 * env:NAME}, {@code file:PATH} or {@code secrets:RESOURCE:KEY}, that each worker resolves. One that
 * is given itself is kept out of the pipeline, so that it works only where the workers are the
 * process that built it.
 *
 * <h3>Metrics</h3>
 *
 * <p>Counters in the namespace {@code org.asbeam.connectors.AerospikeIO}: {@code recordsRead},
 * {@code scanRetries}, {@code recordsWritten}, {@code recordsNotWritten}, {@code writeRetries}.
 */
public final class AerospikeIO {
  /** 64 partitions each: what one request carries at most. */
  public static final int DEFAULT_SLICES = 64;

  /** Looking at more takes longer than people wait where a pipeline is built. */
  public static final int MOST_SAMPLED = 100_000;

  private AerospikeIO() {}

  /** Reads records; needs a connection and a namespace. */
  public static Read read() {
    return new AutoValue_AerospikeIO_Read.Builder()
        .partitions(PartitionSet.all())
        .slices(DEFAULT_SLICES)
        .slicesPerSource(1)
        .build();
  }

  /** Reads records as rows; needs a connection, a namespace, and a schema or a sample for one. */
  public static ReadRows readRows() {
    return new AutoValue_AerospikeIO_ReadRows.Builder()
        .read(read())
        .sampleSize(0)
        .fields(RowFields.NONE)
        .build();
  }

  /** Writes rows as records; needs a connection, a namespace, and the field of the key. */
  public static WriteRows writeRows() {
    return new AutoValue_AerospikeIO_WriteRows.Builder()
        .write(write())
        .fromRows(AerospikeRows.fromRows())
        .build();
  }

  /** Reads the records of every scan in a collection; needs a connection. */
  public static ReadAll readAll() {
    return new AutoValue_AerospikeIO_ReadAll.Builder()
        .partitions(PartitionSet.all())
        .slices(DEFAULT_SLICES)
        .build();
  }

  /** Writes records; needs a connection and a namespace. */
  public static Write write() {
    return new AutoValue_AerospikeIO_Write.Builder().build();
  }

  private static void check(boolean fine, String otherwise) {
    if (!fine) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** Reads the records of a namespace: see {@link AerospikeIO}. */
  @AutoValue
  public abstract static class Read extends PTransform<PBegin, PCollection<AerospikeRecord>> {
    private static final long serialVersionUID = 1L;

    abstract @Nullable ConnectionSpec connection();

    abstract @Nullable SecretAgentSpec secretAgent();

    abstract @Nullable ScanSpec scanSpec();

    abstract PartitionSet partitions();

    abstract int slices();

    abstract int slicesPerSource();

    abstract Builder toBuilder();

    @AutoValue.Builder
    abstract static class Builder {
      abstract Builder connection(ConnectionSpec connection);

      abstract Builder secretAgent(SecretAgentSpec agent);

      abstract Builder scanSpec(ScanSpec scanSpec);

      abstract Builder partitions(PartitionSet partitions);

      abstract Builder slices(int slices);

      abstract Builder slicesPerSource(int slices);

      abstract Read build();
    }

    /** How to reach the cluster. */
    public Read withConnection(ConnectionSpec connection) {
      return toBuilder().connection(ClusterAccess.references(connection)).build();
    }

    /** Where the connection's references to secrets are resolved, by the workers. */
    public Read withSecretAgent(SecretAgentSpec agent) {
      return toBuilder().secretAgent(requireNonNull(agent, "agent")).build();
    }

    /** All records of a namespace: {@link #withScanSpec} with the defaults. */
    public Read withNamespace(String namespace) {
      return withScanSpec(ScanSpec.of(namespace));
    }

    /**
     * What to read of which namespace: sets, bins, a filter expression; and timeouts. A limit of
     * records is refused, since workers know nothing of each other.
     */
    public Read withScanSpec(ScanSpec spec) {
      return toBuilder().scanSpec(requireNonNull(spec, "spec")).build();
    }

    /** Only records of these partitions; all if not given. */
    public Read withPartitions(PartitionSet partitions) {
      return toBuilder().partitions(requireNonNull(partitions, "partitions")).build();
    }

    /**
     * How many slices the partitions are cut into, from 1; never more than there are partitions. At
     * least a few per worker thread keep all of them busy to the end, but requests that carry fewer
     * than 16 partitions of a node are slow.
     */
    public Read withSlices(int slices) {
      check(slices > 0, "partitions are cut into 1 slice or more, not " + slices);
      return toBuilder().slices(slices).build();
    }

    /**
     * How many slices a source has, from 1, the default. More suits runners that split sources that
     * are being read, as Dataflow does.
     */
    public Read withSlicesPerSource(int slices) {
      check(slices > 0, "a source has 1 slice or more, not " + slices);
      return toBuilder().slicesPerSource(slices).build();
    }

    /** The cluster, once all that is needed is there. */
    private ClusterAccess checked() {
      check(connection() != null, "AerospikeIO.read() needs withConnection()");
      check(scanSpec() != null, "AerospikeIO.read() needs withNamespace() or withScanSpec()");
      SliceScanner.checkUnlimited(scanSpec());
      connection().check();
      return new ClusterAccess(connection(), secretAgent());
    }

    @Override
    public PCollection<AerospikeRecord> expand(PBegin begin) {
      ClusterAccess cluster = checked();
      return begin
          .apply(
              "Read slices",
              org.apache.beam.sdk.io.Read.from(
                  PartitionSource.ofPartitions(partitions(), slices())
                      .withSlicesPerSource(slicesPerSource())))
          .apply("Scan slices", ParDo.of(new ScanSliceFn(cluster, scanSpec())))
          .setCoder(AerospikeRecordCoder.of());
    }

    @Override
    public void populateDisplayData(DisplayData.Builder builder) {
      super.populateDisplayData(builder);
      displayConnection(builder, connection());
      if (scanSpec() != null) {
        builder.add(DisplayData.item("namespace", scanSpec().namespace()).withLabel("Namespace"));
        builder.addIfNotDefault(
            DisplayData.item("sets", String.join(", ", scanSpec().filter().sets()))
                .withLabel("Sets"),
            "");
      }
      builder.add(DisplayData.item("partitions", partitions().toString()).withLabel("Partitions"));
      builder.add(DisplayData.item("slices", slices()).withLabel("Slices"));
    }
  }

  /** Reads the records of many scans of one cluster: see {@link AerospikeIO}. */
  @AutoValue
  public abstract static class ReadAll
      extends PTransform<PCollection<ScanSpec>, PCollection<AerospikeRecord>> {
    private static final long serialVersionUID = 1L;

    abstract @Nullable ConnectionSpec connection();

    abstract @Nullable SecretAgentSpec secretAgent();

    abstract PartitionSet partitions();

    abstract int slices();

    abstract Builder toBuilder();

    @AutoValue.Builder
    abstract static class Builder {
      abstract Builder connection(ConnectionSpec connection);

      abstract Builder secretAgent(SecretAgentSpec agent);

      abstract Builder partitions(PartitionSet partitions);

      abstract Builder slices(int slices);

      abstract ReadAll build();
    }

    /** How to reach the cluster. */
    public ReadAll withConnection(ConnectionSpec connection) {
      return toBuilder().connection(ClusterAccess.references(connection)).build();
    }

    /** Where the connection's references to secrets are resolved, by the workers. */
    public ReadAll withSecretAgent(SecretAgentSpec agent) {
      return toBuilder().secretAgent(requireNonNull(agent, "agent")).build();
    }

    /** Only records of these partitions, in every scan; all if not given. */
    public ReadAll withPartitions(PartitionSet partitions) {
      return toBuilder().partitions(requireNonNull(partitions, "partitions")).build();
    }

    /** How many slices the partitions are cut into, for each scan: see {@link Read#withSlices}. */
    public ReadAll withSlices(int slices) {
      check(slices > 0, "partitions are cut into 1 slice or more, not " + slices);
      return toBuilder().slices(slices).build();
    }

    @Override
    public PCollection<AerospikeRecord> expand(PCollection<ScanSpec> scans) {
      check(connection() != null, "AerospikeIO.readAll() needs withConnection()");
      connection().check();
      return scans
          .apply("Cut into slices", ParDo.of(new CutScansFn(partitions(), slices())))
          .setCoder(
              KvCoder.of(SerializableCoder.of(ScanSpec.class), JsonCoder.of(PartitionSlice.class)))
          .apply("Spread slices", Reshuffle.viaRandomKey())
          .apply(
              "Scan slices",
              ParDo.of(new ScanSpecSliceFn(new ClusterAccess(connection(), secretAgent()))))
          .setCoder(AerospikeRecordCoder.of());
    }

    @Override
    public void populateDisplayData(DisplayData.Builder builder) {
      super.populateDisplayData(builder);
      displayConnection(builder, connection());
      builder.add(DisplayData.item("partitions", partitions().toString()).withLabel("Partitions"));
      builder.add(DisplayData.item("slices", slices()).withLabel("Slices"));
    }
  }

  /** Writes records into a namespace: see {@link AerospikeIO}. */
  @AutoValue
  public abstract static class Write
      extends PTransform<PCollection<AerospikeRecord>, AerospikeWriteResult> {
    private static final long serialVersionUID = 1L;

    abstract @Nullable ConnectionSpec connection();

    abstract @Nullable SecretAgentSpec secretAgent();

    abstract @Nullable WriteSpec writeSpec();

    abstract @Nullable ErrorHandler<BadRecord, ?> badRecordErrorHandler();

    abstract Builder toBuilder();

    @AutoValue.Builder
    abstract static class Builder {
      abstract Builder connection(ConnectionSpec connection);

      abstract Builder secretAgent(SecretAgentSpec agent);

      abstract Builder writeSpec(WriteSpec writeSpec);

      abstract Builder badRecordErrorHandler(ErrorHandler<BadRecord, ?> handler);

      abstract Write build();
    }

    /** How to reach the cluster. */
    public Write withConnection(ConnectionSpec connection) {
      return toBuilder().connection(ClusterAccess.references(connection)).build();
    }

    /** Where the connection's references to secrets are resolved, by the workers. */
    public Write withSecretAgent(SecretAgentSpec agent) {
      return toBuilder().secretAgent(requireNonNull(agent, "agent")).build();
    }

    /** The namespace to write into: {@link #withWriteSpec} with the defaults. */
    public Write withNamespace(String namespace) {
      return withWriteSpec(WriteSpec.of(namespace));
    }

    /**
     * The namespace to write into, what happens to records that are there, and the sizes of
     * batches. Each worker thread has this many batches and bytes on their way.
     */
    public Write withWriteSpec(WriteSpec spec) {
      return toBuilder().writeSpec(requireNonNull(spec, "spec")).build();
    }

    /**
     * What takes the records that the server refuses for good, in the place of a failure. A {@link
     * BadRecord} has the record in the form of {@link AerospikeRecordCoder}, and what the server
     * said of it as the failure's exception.
     *
     * @param handler from {@code pipeline.registerBadRecordErrorHandler}
     */
    public Write withBadRecordErrorHandler(ErrorHandler<BadRecord, ?> handler) {
      return toBuilder().badRecordErrorHandler(requireNonNull(handler, "handler")).build();
    }

    @Override
    public AerospikeWriteResult expand(PCollection<AerospikeRecord> records) {
      check(connection() != null, "AerospikeIO.write() needs withConnection()");
      check(writeSpec() != null, "AerospikeIO.write() needs withNamespace() or withWriteSpec()");
      connection().check();
      ClusterAccess cluster = new ClusterAccess(connection(), secretAgent());
      ErrorHandler<BadRecord, ?> handler = badRecordErrorHandler();
      PCollectionTuple written =
          records.apply(
              "Write records",
              ParDo.of(new WriteRecordsFn(cluster, writeSpec(), handler != null))
                  .withOutputTags(
                      WriteRecordsFn.COUNTS,
                      handler == null
                          ? TupleTagList.empty()
                          : TupleTagList.of(BadRecordRouter.BAD_RECORD_TAG)));
      if (handler != null) {
        handler.addErrorCollection(
            written
                .get(BadRecordRouter.BAD_RECORD_TAG)
                .setCoder(BadRecord.getCoder(records.getPipeline())));
      }
      return new AerospikeWriteResult(
          written.get(WriteRecordsFn.COUNTS).setCoder(WriteCountsCoder.of()));
    }

    @Override
    public void populateDisplayData(DisplayData.Builder builder) {
      super.populateDisplayData(builder);
      displayConnection(builder, connection());
      if (writeSpec() != null) {
        builder.add(DisplayData.item("namespace", writeSpec().namespace()).withLabel("Namespace"));
        builder.add(DisplayData.item("exists", writeSpec().exists().name()).withLabel("If exists"));
        builder.add(
            DisplayData.item("checkGeneration", writeSpec().checkGeneration())
                .withLabel("Only greater generations"));
        builder.add(DisplayData.item("batchSize", writeSpec().batchSize()).withLabel("Batch size"));
      }
      builder.add(
          DisplayData.item("handlesBadRecords", badRecordErrorHandler() != null)
              .withLabel("Refused records go to a handler"));
    }
  }

  /** Reads the records of a namespace as rows: see {@link AerospikeIO}. */
  @AutoValue
  public abstract static class ReadRows extends PTransform<PBegin, PCollection<Row>> {
    private static final long serialVersionUID = 1L;

    abstract Read read();

    abstract @Nullable Schema schema();

    abstract int sampleSize();

    abstract RowFields fields();

    abstract @Nullable ErrorHandler<BadRecord, ?> badRecordErrorHandler();

    abstract Builder toBuilder();

    @AutoValue.Builder
    abstract static class Builder {
      abstract Builder read(Read read);

      abstract Builder schema(Schema schema);

      abstract Builder sampleSize(int records);

      abstract Builder fields(RowFields fields);

      abstract Builder badRecordErrorHandler(ErrorHandler<BadRecord, ?> handler);

      abstract ReadRows build();
    }

    /** As {@link Read#withConnection}. */
    public ReadRows withConnection(ConnectionSpec connection) {
      return toBuilder().read(read().withConnection(connection)).build();
    }

    /** As {@link Read#withSecretAgent}. */
    public ReadRows withSecretAgent(SecretAgentSpec agent) {
      return toBuilder().read(read().withSecretAgent(agent)).build();
    }

    /** As {@link Read#withNamespace}. */
    public ReadRows withNamespace(String namespace) {
      return toBuilder().read(read().withNamespace(namespace)).build();
    }

    /** As {@link Read#withScanSpec}. */
    public ReadRows withScanSpec(ScanSpec spec) {
      return toBuilder().read(read().withScanSpec(spec)).build();
    }

    /** As {@link Read#withPartitions}. */
    public ReadRows withPartitions(PartitionSet partitions) {
      return toBuilder().read(read().withPartitions(partitions)).build();
    }

    /** As {@link Read#withSlices}. */
    public ReadRows withSlices(int slices) {
      return toBuilder().read(read().withSlices(slices)).build();
    }

    /** As {@link Read#withSlicesPerSource}. */
    public ReadRows withSlicesPerSource(int slices) {
      return toBuilder().read(read().withSlicesPerSource(slices)).build();
    }

    /** The schema of the rows: see {@link AerospikeRows} for the types of its fields. */
    public ReadRows withSchema(Schema schema) {
      return toBuilder().schema(requireNonNull(schema, "schema")).build();
    }

    /**
     * Looks at some records, drawn at random, for the schema of the rows: see {@link
     * AerospikeRows#schemaOf}. That is done where and when the pipeline is built, so that the
     * cluster must be in reach there. A bin that no record of the sample has is in no row.
     *
     * @param records how many, from 1 to {@value #MOST_SAMPLED}
     */
    public ReadRows withSchemaOfSample(int records) {
      check(
          records >= 1 && records <= MOST_SAMPLED,
          "a sample has 1 to " + MOST_SAMPLED + " records, not " + records);
      return toBuilder().sampleSize(records).build();
    }

    /** The fields of a row that are no bins; none if not given. */
    public ReadRows withFields(RowFields fields) {
      return toBuilder().fields(requireNonNull(fields, "fields")).build();
    }

    /** What takes the records that don't fit the schema, in the place of a failure. */
    public ReadRows withBadRecordErrorHandler(ErrorHandler<BadRecord, ?> handler) {
      return toBuilder().badRecordErrorHandler(requireNonNull(handler, "handler")).build();
    }

    /**
     * @throws UncheckedIOException if the cluster can't be asked for a sample
     * @throws IllegalArgumentException if the sample has no schema, naming the bin
     */
    @Override
    public PCollection<Row> expand(PBegin begin) {
      check(
          schema() != null || sampleSize() > 0,
          "AerospikeIO.readRows() needs withSchema() or withSchemaOfSample()");
      AerospikeRows.ToRows toRows =
          AerospikeRows.toRows(schema() != null ? schema() : sampledSchema()).withFields(fields());
      if (badRecordErrorHandler() != null) {
        toRows = toRows.withBadRecordErrorHandler(badRecordErrorHandler());
      }
      return begin.apply("Read", read()).apply("To rows", toRows);
    }

    private Schema sampledSchema() {
      SampledSchema sample = new SampledSchema(fields());
      try (ClusterClient client = read().checked().acquire()) {
        new SampleScan(client, read().scanSpec(), new Random())
            .read(
                read().partitions(),
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
      builder.include("read", read());
      builder.addIfNotDefault(
          DisplayData.item("sampleSize", sampleSize()).withLabel("Records sampled"), 0);
    }
  }

  /** Writes rows into a namespace: see {@link AerospikeIO}. */
  @AutoValue
  public abstract static class WriteRows
      extends PTransform<PCollection<Row>, AerospikeWriteResult> {
    private static final long serialVersionUID = 1L;

    abstract Write write();

    abstract AerospikeRows.FromRows fromRows();

    abstract Builder toBuilder();

    @AutoValue.Builder
    abstract static class Builder {
      abstract Builder write(Write write);

      abstract Builder fromRows(AerospikeRows.FromRows fromRows);

      abstract WriteRows build();
    }

    /** As {@link Write#withConnection}. */
    public WriteRows withConnection(ConnectionSpec connection) {
      return toBuilder().write(write().withConnection(connection)).build();
    }

    /** As {@link Write#withSecretAgent}. */
    public WriteRows withSecretAgent(SecretAgentSpec agent) {
      return toBuilder().write(write().withSecretAgent(agent)).build();
    }

    /**
     * The namespace to write into: bins are merged with those that are there, of whatever
     * generation, for rows have none.
     */
    public WriteRows withNamespace(String namespace) {
      return withWriteSpec(WriteSpec.of(namespace).withCheckGeneration(false));
    }

    /**
     * As {@link Write#withWriteSpec}. Records of rows are of generation 1: with a check of the
     * generation, they are written over none.
     */
    public WriteRows withWriteSpec(WriteSpec spec) {
      return toBuilder().write(write().withWriteSpec(spec)).build();
    }

    /** As {@link AerospikeRows.FromRows#withFields}. */
    public WriteRows withFields(RowFields fields) {
      return toBuilder().fromRows(fromRows().withFields(fields)).build();
    }

    /** As {@link AerospikeRows.FromRows#withSet}. */
    public WriteRows withSet(String name) {
      return toBuilder().fromRows(fromRows().withSet(name)).build();
    }

    /** As {@link AerospikeRows.FromRows#withTimeToLive}. */
    public WriteRows withTimeToLive(Duration time) {
      return toBuilder().fromRows(fromRows().withTimeToLive(time)).build();
    }

    /**
     * What takes the rows that are no record, and the records that the server refuses for good, in
     * the place of a failure.
     */
    public WriteRows withBadRecordErrorHandler(ErrorHandler<BadRecord, ?> handler) {
      return toBuilder()
          .write(write().withBadRecordErrorHandler(handler))
          .fromRows(fromRows().withBadRecordErrorHandler(handler))
          .build();
    }

    @Override
    public AerospikeWriteResult expand(PCollection<Row> rows) {
      return rows.apply("From rows", fromRows()).apply("Write", write());
    }

    @Override
    public void populateDisplayData(DisplayData.Builder builder) {
      super.populateDisplayData(builder);
      builder.include("fromRows", fromRows()).include("write", write());
    }
  }

  /** Names each part that may be shown: parts to come may be secret. */
  private static void displayConnection(
      DisplayData.Builder builder, @Nullable ConnectionSpec connection) {
    if (connection != null) {
      builder.add(DisplayData.item("seeds", connection.seeds()).withLabel("Seeds"));
    }
  }
}
