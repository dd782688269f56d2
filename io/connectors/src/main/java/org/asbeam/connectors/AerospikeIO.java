package org.asbeam.connectors;

import static java.util.Objects.requireNonNull;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.aerospike.ScanSpec;
import org.asbeam.aerospike.WriteSpec;
import org.asbeam.format.PartitionSet;
import org.asbeam.storage.journal.PartitionSlice;
import org.asbeam.storage.secrets.SecretAgentSpec;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads the records of an Aerospike namespace, and writes records into one. {@link AerospikeRowIO}
 * does the same with Beam's rows.
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

  private AerospikeIO() {}

  /** Reads records; needs a connection and a namespace. */
  public static Read read() {
    return new AutoValue_AerospikeIO_Read.Builder()
        .cluster(ClusterAccess.NONE)
        .partitions(PartitionSet.all())
        .slices(DEFAULT_SLICES)
        .slicesPerSource(1)
        .build();
  }

  /** Reads the records of every scan in a collection; needs a connection. */
  public static ReadAll readAll() {
    return new AutoValue_AerospikeIO_ReadAll.Builder()
        .cluster(ClusterAccess.NONE)
        .partitions(PartitionSet.all())
        .slices(DEFAULT_SLICES)
        .build();
  }

  /** Writes records; needs a connection and a namespace. */
  public static Write write() {
    return new AutoValue_AerospikeIO_Write.Builder()
        .cluster(ClusterAccess.NONE)
        .badRecords(BadRecordOutput.NONE)
        .build();
  }

  /** Reads the records of a namespace: see {@link AerospikeIO}. */
  @AutoValue
  public abstract static class Read extends PTransform<PBegin, PCollection<AerospikeRecord>> {
    private static final long serialVersionUID = 1L;

    abstract ClusterAccess cluster();

    abstract @Nullable ScanSpec scanSpec();

    abstract PartitionSet partitions();

    abstract int slices();

    abstract int slicesPerSource();

    abstract Builder toBuilder();

    @AutoValue.Builder
    abstract static class Builder {
      abstract Builder cluster(ClusterAccess cluster);

      abstract Builder scanSpec(ScanSpec scanSpec);

      abstract Builder partitions(PartitionSet partitions);

      abstract Builder slices(int slices);

      abstract Builder slicesPerSource(int slices);

      abstract Read build();
    }

    /** How to reach the cluster. */
    public Read withConnection(ConnectionSpec connection) {
      return toBuilder().cluster(cluster().withConnection(connection)).build();
    }

    /** Where the connection's references to secrets are resolved, by the workers. */
    public Read withSecretAgent(SecretAgentSpec agent) {
      return toBuilder().cluster(cluster().withSecretAgent(agent)).build();
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
      Checks.argument(slices > 0, "partitions are cut into 1 slice or more, not " + slices);
      return toBuilder().slices(slices).build();
    }

    /**
     * How many slices a source has, from 1, the default. More suits runners that split sources that
     * are being read, as Dataflow does.
     */
    public Read withSlicesPerSource(int slices) {
      Checks.argument(slices > 0, "a source has 1 slice or more, not " + slices);
      return toBuilder().slicesPerSource(slices).build();
    }

    /**
     * @param caller the method whose user is told what is missing
     * @throws IllegalArgumentException if something is
     */
    void check(String caller) {
      cluster().check(caller);
      Checks.argument(scanSpec() != null, caller + " needs withNamespace() or withScanSpec()");
      SliceScanner.checkUnlimited(scanSpec());
    }

    @Override
    public PCollection<AerospikeRecord> expand(PBegin begin) {
      check("AerospikeIO.read()");
      return begin
          .apply(
              "Read slices",
              org.apache.beam.sdk.io.Read.from(
                  PartitionSource.ofPartitions(partitions(), slices())
                      .withSlicesPerSource(slicesPerSource())))
          .apply("Scan slices", ParDo.of(new ScanSliceFn(cluster(), scanSpec())))
          .setCoder(AerospikeRecordCoder.of());
    }

    @Override
    public void populateDisplayData(DisplayData.Builder builder) {
      super.populateDisplayData(builder);
      builder.delegate(cluster());
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

    abstract ClusterAccess cluster();

    abstract PartitionSet partitions();

    abstract int slices();

    abstract Builder toBuilder();

    @AutoValue.Builder
    abstract static class Builder {
      abstract Builder cluster(ClusterAccess cluster);

      abstract Builder partitions(PartitionSet partitions);

      abstract Builder slices(int slices);

      abstract ReadAll build();
    }

    /** How to reach the cluster. */
    public ReadAll withConnection(ConnectionSpec connection) {
      return toBuilder().cluster(cluster().withConnection(connection)).build();
    }

    /** Where the connection's references to secrets are resolved, by the workers. */
    public ReadAll withSecretAgent(SecretAgentSpec agent) {
      return toBuilder().cluster(cluster().withSecretAgent(agent)).build();
    }

    /** Only records of these partitions, in every scan; all if not given. */
    public ReadAll withPartitions(PartitionSet partitions) {
      return toBuilder().partitions(requireNonNull(partitions, "partitions")).build();
    }

    /** How many slices the partitions are cut into, for each scan: see {@link Read#withSlices}. */
    public ReadAll withSlices(int slices) {
      Checks.argument(slices > 0, "partitions are cut into 1 slice or more, not " + slices);
      return toBuilder().slices(slices).build();
    }

    @Override
    public PCollection<AerospikeRecord> expand(PCollection<ScanSpec> scans) {
      cluster().check("AerospikeIO.readAll()");
      return scans
          .apply("Cut into slices", ParDo.of(new CutScansFn(partitions(), slices())))
          .setCoder(
              KvCoder.of(SerializableCoder.of(ScanSpec.class), JsonCoder.of(PartitionSlice.class)))
          .apply("Spread slices", Reshuffle.viaRandomKey())
          .apply("Scan slices", ParDo.of(new ScanSpecSliceFn(cluster())))
          .setCoder(AerospikeRecordCoder.of());
    }

    @Override
    public void populateDisplayData(DisplayData.Builder builder) {
      super.populateDisplayData(builder);
      builder.delegate(cluster());
      builder.add(DisplayData.item("partitions", partitions().toString()).withLabel("Partitions"));
      builder.add(DisplayData.item("slices", slices()).withLabel("Slices"));
    }
  }

  /** Writes records into a namespace: see {@link AerospikeIO}. */
  @AutoValue
  public abstract static class Write
      extends PTransform<PCollection<AerospikeRecord>, AerospikeWriteResult> {
    private static final long serialVersionUID = 1L;

    abstract ClusterAccess cluster();

    abstract @Nullable WriteSpec writeSpec();

    abstract BadRecordOutput badRecords();

    abstract Builder toBuilder();

    @AutoValue.Builder
    abstract static class Builder {
      abstract Builder cluster(ClusterAccess cluster);

      abstract Builder writeSpec(WriteSpec writeSpec);

      abstract Builder badRecords(BadRecordOutput output);

      abstract Write build();
    }

    /** How to reach the cluster. */
    public Write withConnection(ConnectionSpec connection) {
      return toBuilder().cluster(cluster().withConnection(connection)).build();
    }

    /** Where the connection's references to secrets are resolved, by the workers. */
    public Write withSecretAgent(SecretAgentSpec agent) {
      return toBuilder().cluster(cluster().withSecretAgent(agent)).build();
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
      return toBuilder().badRecords(BadRecordOutput.to(handler)).build();
    }

    /**
     * @param caller the method whose user is told what is missing
     * @throws IllegalArgumentException if something is
     */
    void check(String caller) {
      cluster().check(caller);
      Checks.argument(writeSpec() != null, caller + " needs withNamespace() or withWriteSpec()");
    }

    @Override
    public AerospikeWriteResult expand(PCollection<AerospikeRecord> records) {
      check("AerospikeIO.write()");
      return new AerospikeWriteResult(
          badRecords()
              .apply(
                  "Write records",
                  records,
                  new WriteRecordsFn(cluster(), writeSpec(), badRecords().isHandled()),
                  WriteRecordsFn.COUNTS)
              .setCoder(WriteCountsCoder.of()));
    }

    @Override
    public void populateDisplayData(DisplayData.Builder builder) {
      super.populateDisplayData(builder);
      builder.delegate(cluster());
      if (writeSpec() != null) {
        builder.add(DisplayData.item("namespace", writeSpec().namespace()).withLabel("Namespace"));
        builder.add(DisplayData.item("exists", writeSpec().exists().name()).withLabel("If exists"));
        builder.add(
            DisplayData.item("checkGeneration", writeSpec().checkGeneration())
                .withLabel("Only greater generations"));
        builder.add(DisplayData.item("batchSize", writeSpec().batchSize()).withLabel("Batch size"));
      }
      builder.add(
          DisplayData.item("handlesBadRecords", badRecords().isHandled())
              .withLabel("Refused records go to a handler"));
    }
  }
}
