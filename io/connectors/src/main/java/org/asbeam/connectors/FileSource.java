package org.asbeam.connectors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.OffsetBasedSource;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.Stores;
import org.asbeam.storage.journal.BackupContents;
import org.asbeam.storage.journal.BackupInput;
import org.asbeam.storage.journal.FileSlice;

/** The slices of a restore or a verification: backup files, and runs of their blocks. */
public final class FileSource extends SliceSource<FileSlice> {
  private static final long serialVersionUID = 1L;

  private FileSource(SlicePlan<FileSlice> plan, int slicesPerSource, long from, long to) {
    super(plan, slicesPerSource, from, to);
  }

  /**
   * The slices of a backup folder; as {@link #of}.
   *
   * @param directory the backup folder
   * @param slots the slices that are worked on at once, over all workers, from 1
   * @param edition the {@link BackupContents#edition} that the job was launched for
   * @param size the number of slices that {@link BackupContents#slices} makes of it
   * @param access what the folder's store is opened with
   */
  public static FileSource ofFolder(
      String directory, int slots, String edition, int size, StoreAccess access) {
    return of(List.of(BackupInput.folder(directory)), slots, edition, size, access);
  }

  /**
   * The slices of folders and files. They must not change while they are worked on.
   *
   * @param inputs what is read; no stream, which can't be cut
   * @param slots what the slices are cut for, from 1
   * @param edition the {@link BackupContents#edition(List)} that the job was launched for
   * @param size the number of slices that {@link BackupContents#slices(List, int)} makes of it
   * @param access what the folders' stores are opened with
   */
  public static FileSource of(
      List<BackupInput> inputs, int slots, String edition, int size, StoreAccess access) {
    if (slots < 1) {
      throw new IllegalArgumentException("slices are worked on in 1 slot or more, not " + slots);
    }
    return new FileSource(
        new InputPlan(List.copyOf(inputs), slots, edition, size, access), 1, 0, size);
  }

  /** Lets a source have several slices, for runners that split sources that are being read. */
  public FileSource withSlicesPerSource(int slices) {
    return new FileSource(plan(), slices, getStartOffset(), getEndOffset());
  }

  @Override
  public OffsetBasedSource<FileSlice> createSourceForSubrange(long from, long to) {
    return new FileSource(plan(), slicesPerSource(), from, to);
  }

  @Override
  public Coder<FileSlice> getOutputCoder() {
    return JsonCoder.of(FileSlice.class);
  }

  private record InputPlan(
      List<BackupInput> inputs, int slots, String edition, int size, StoreAccess access)
      implements SlicePlan<FileSlice> {
    @Override
    public List<FileSlice> load() throws IOException {
      List<BackupContents> contents = new ArrayList<>();
      for (BackupInput input : inputs) {
        try (Store store = Stores.open(input.directory(), access)) {
          contents.add(input.contents(store));
        }
      }
      if (!BackupContents.edition(contents).equals(edition)) {
        throw new IOException(
            inputs.stream().map(BackupInput::text).collect(Collectors.joining(", "))
                + ": the backup changed since the job was launched");
      }
      return BackupContents.slices(contents, slots);
    }
  }
}
