package org.asbeam.connectors;

import static java.util.Objects.requireNonNull;

import com.google.auto.value.AutoValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.crypto.KeyReference;
import org.asbeam.storage.journal.BackupContents;
import org.asbeam.storage.journal.FileReceipt;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads the records of a backup folder, and writes records into files that backup tools read: the
 * {@code .asb} files of asbackup, asrestore and absctl.
 *
 * <h3>Reading</h3>
 *
 * <p>{@link #read} gives every record of a folder as an {@link AerospikeRecord}:
 *
 * <pre>{@code
 * PCollection<AerospikeRecord> records =
 *     pipeline.apply("Read backup", AsbIO.read().from("/backups/monday"));
 * }</pre>
 *
 * <p>A folder of this project with a manifest is read as the manifest says: files that it doesn't
 * name are no part of the backup, one that is missing or damaged is an error, and large files are
 * read by several workers at once. In a folder of another tool all files ending in {@code .asb} are
 * read, each by one worker, plain or compressed. Encrypted backups need {@link Read#withKey}. An
 * unfinished backup is refused.
 *
 * <p>The folder is looked at where the pipeline is built, and must not change until the job is
 * done. Secondary indexes and UDF modules are passed over. Damage is an error that names file and
 * place; a truncated file is damage.
 *
 * <p>{@link #readAll} does the same for every folder in a collection, which the workers look at:
 *
 * <pre>{@code
 * pipeline
 *     .apply(Create.of("/backups/monday", "/backups/tuesday"))
 *     .apply("Read backups", AsbIO.readAll());
 * }</pre>
 *
 * <h3>Writing</h3>
 *
 * <p>{@link #write} writes records of one namespace into files:
 *
 * <pre>{@code
 * PCollection<FileReceipt> files =
 *     records.apply(
 *         "Write files",
 *         AsbIO.write()
 *             .withNamespace("test")
 *             .to(AsbFileSpec.of("/exports/test").withCompression(Compression.ZSTD)));
 * }</pre>
 *
 * <p>Each bundle writes one file or more, which end with it: {@code <prefix>_<bundle>_<n>_<8 hex
 * digits>.asb}, and a block index each. The folder should be empty. The result names the files that
 * count; an element of it comes when its file is whole and durable, so that it is a signal for
 * {@code Wait.on}.
 *
 * <h3>What it does not promise</h3>
 *
 * <p>A folder that {@link #write} made has no manifest: nothing proves that every record is in it.
 * A bundle that a worker died over, or that a runner does twice, may leave files that the result
 * doesn't name; their records are in other files too. For a backup that is proved to be whole, use
 * {@code BackupPipeline} or the asbeam command.
 *
 * <p>A record that the format can't spell fails its bundle, and the error names it.
 *
 * <h3>Metrics</h3>
 *
 * <p>Counters in the namespace {@code org.asbeam.connectors.AsbIO}: {@code recordsRead}, and {@code
 * globalsSkipped} for secondary indexes and UDF modules.
 */
public final class AsbIO {
  /** Slices of a folder that are taken to be read at the same time. */
  public static final int DEFAULT_SLOTS = 4;

  private AsbIO() {}

  /** Reads records; needs a folder. */
  public static Read read() {
    return new AutoValue_AsbIO_Read.Builder()
        .access(BackupAccess.DEFAULT)
        .slots(DEFAULT_SLOTS)
        .slicesPerSource(1)
        .build();
  }

  /** Reads the records of every backup folder in a collection. */
  public static ReadAll readAll() {
    return new AutoValue_AsbIO_ReadAll.Builder()
        .access(BackupAccess.DEFAULT)
        .slots(DEFAULT_SLOTS)
        .build();
  }

  /** Writes records; needs a folder and the name of the records' namespace. */
  public static Write write() {
    return new AutoValue_AsbIO_Write.Builder().compact(false).build();
  }

  /** Reads the records of a backup folder: see {@link AsbIO}. */
  @AutoValue
  public abstract static class Read extends PTransform<PBegin, PCollection<AerospikeRecord>> {
    private static final long serialVersionUID = 1L;

    abstract @Nullable String directory();

    abstract BackupAccess access();

    abstract int slots();

    abstract int slicesPerSource();

    abstract Builder toBuilder();

    @AutoValue.Builder
    abstract static class Builder {
      abstract Builder directory(String directory);

      abstract Builder access(BackupAccess access);

      abstract Builder slots(int slots);

      abstract Builder slicesPerSource(int slices);

      abstract Read build();
    }

    /** The backup folder, a path or URI. */
    public Read from(String directory) {
      return toBuilder().directory(requireNonNull(directory, "directory")).build();
    }

    /** What the folder's store is opened with: endpoints, credentials and the like. */
    public Read withStoreAccess(StoreAccess access) {
      return toBuilder().access(access().withStores(access)).build();
    }

    /**
     * Where the workers find the key of encrypted backups. If it is a secret, the Secret Agent of
     * {@link #withStoreAccess} is asked for it.
     */
    public Read withKey(KeyReference key) {
      return toBuilder().access(access().withKey(key)).build();
    }

    /**
     * About how many slices are read at the same time, over all workers, from 1: large files are
     * cut into some sixteen slices for each.
     */
    public Read withSlots(int slots) {
      Checks.argument(slots > 0, "slices are read in 1 slot or more, not " + slots);
      return toBuilder().slots(slots).build();
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
     * @throws UncheckedIOException if the folder can't be read or holds no backup
     */
    @Override
    public PCollection<AerospikeRecord> expand(PBegin begin) {
      Checks.argument(directory() != null, "AsbIO.read() needs from()");
      return begin
          .apply("Read slices", org.apache.beam.sdk.io.Read.from(source()))
          .apply("Decode slices", ParDo.of(new ReadFileSliceFn(directory(), access())))
          .setCoder(AerospikeRecordCoder.of());
    }

    private FileSource source() {
      try (Store store = access().open(directory())) {
        BackupContents contents = BackupContents.of(store);
        Checks.argument(
            access().key() != null || !contents.sealed(),
            store.location() + ": is encrypted, so AsbIO.read() needs withKey()");
        int slices = contents.slices(slots()).size();
        return FileSource.ofFolder(
                directory(), slots(), contents.edition(), slices, access().stores())
            .withSlicesPerSource(slicesPerSource());
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }

    @Override
    public void populateDisplayData(DisplayData.Builder builder) {
      super.populateDisplayData(builder);
      builder.addIfNotNull(DisplayData.item("directory", directory()).withLabel("Backup folder"));
      builder.add(DisplayData.item("slots", slots()).withLabel("Slots"));
    }
  }

  /** Reads the records of many backup folders: see {@link AsbIO}. */
  @AutoValue
  public abstract static class ReadAll
      extends PTransform<PCollection<String>, PCollection<AerospikeRecord>> {
    private static final long serialVersionUID = 1L;

    abstract BackupAccess access();

    abstract int slots();

    abstract Builder toBuilder();

    @AutoValue.Builder
    abstract static class Builder {
      abstract Builder access(BackupAccess access);

      abstract Builder slots(int slots);

      abstract ReadAll build();
    }

    /** What the folders' stores are opened with: endpoints, credentials and the like. */
    public ReadAll withStoreAccess(StoreAccess access) {
      return toBuilder().access(access().withStores(access)).build();
    }

    /** Where the workers find the key of encrypted backups: see {@link Read#withKey}. */
    public ReadAll withKey(KeyReference key) {
      return toBuilder().access(access().withKey(key)).build();
    }

    /** About how many slices of a folder are read at the same time: see {@link Read#withSlots}. */
    public ReadAll withSlots(int slots) {
      Checks.argument(slots > 0, "slices are read in 1 slot or more, not " + slots);
      return toBuilder().slots(slots).build();
    }

    @Override
    public PCollection<AerospikeRecord> expand(PCollection<String> directories) {
      return directories
          .apply("Cut into slices", ParDo.of(new CutFoldersFn(slots(), access().stores())))
          .setCoder(JsonCoder.of(FolderSlice.class))
          .apply("Spread slices", Reshuffle.viaRandomKey())
          .apply("Decode slices", ParDo.of(new ReadFolderSliceFn(access())))
          .setCoder(AerospikeRecordCoder.of());
    }

    @Override
    public void populateDisplayData(DisplayData.Builder builder) {
      super.populateDisplayData(builder);
      builder.add(DisplayData.item("slots", slots()).withLabel("Slots"));
    }
  }

  /** Writes records into files: see {@link AsbIO}. */
  @AutoValue
  public abstract static class Write
      extends PTransform<PCollection<AerospikeRecord>, PCollection<FileReceipt>> {
    private static final long serialVersionUID = 1L;

    abstract @Nullable AsbFileSpec files();

    abstract @Nullable String namespace();

    abstract boolean compact();

    abstract Builder toBuilder();

    @AutoValue.Builder
    abstract static class Builder {
      abstract Builder files(AsbFileSpec files);

      abstract Builder namespace(String namespace);

      abstract Builder compact(boolean compact);

      abstract Write build();
    }

    /** The folder to write to, a path or URI: {@link #to(AsbFileSpec)} with the defaults. */
    public Write to(String directory) {
      return to(AsbFileSpec.of(directory));
    }

    /** The folder to write to, and what its files are like. */
    public Write to(AsbFileSpec files) {
      return toBuilder().files(requireNonNull(files, "files")).build();
    }

    /** The namespace that the records are of; a record of another one is an error. */
    public Write withNamespace(String namespace) {
      return toBuilder().namespace(requireNonNull(namespace, "namespace")).build();
    }

    /** Whether blobs, lists, maps and HLLs are written raw instead of as base64. */
    public Write withCompact(boolean compact) {
      return toBuilder().compact(compact).build();
    }

    @Override
    public PCollection<FileReceipt> expand(PCollection<AerospikeRecord> records) {
      Checks.argument(files() != null, "AsbIO.write() needs to()");
      Checks.argument(namespace() != null, "AsbIO.write() needs withNamespace()");
      WriteFilesFn.checkInput("AsbIO.write()", records);
      // Looks at the namespace's name here rather than on every worker.
      new BlockEncoder(namespace(), compact(), BlockEncoder.blockBytesFor(files().fileLimit()));
      return records
          .apply("Write files", ParDo.of(new WriteRecordFilesFn(namespace(), compact(), files())))
          .setCoder(JsonCoder.of(FileReceipt.class));
    }

    @Override
    public void populateDisplayData(DisplayData.Builder builder) {
      super.populateDisplayData(builder);
      builder.addIfNotNull(DisplayData.item("namespace", namespace()).withLabel("Namespace"));
      builder.add(DisplayData.item("compact", compact()).withLabel("Raw blobs"));
      if (files() != null) {
        builder.include("files", files());
      }
    }
  }
}
