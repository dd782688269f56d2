package org.asbeam.connectors;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.OffsetBasedSource;
import org.asbeam.storage.Store;
import org.asbeam.storage.Stores;
import org.asbeam.storage.journal.BackupContents;
import org.asbeam.storage.journal.FileSlice;

/** The slices of a restore or a verification: backup files, and runs of their blocks. */
public final class FileSource extends SliceSource<FileSlice> {
  private static final long serialVersionUID = 1L;

  private FileSource(SlicePlan<FileSlice> plan, int slicesPerSource, long from, long to) {
    super(plan, slicesPerSource, from, to);
  }

  /**
   * The slices of a backup folder. The folder must not change while they are worked on.
   *
   * @param directory the backup folder
   * @param slots the slices that are worked on at once, over all workers, from 1
   * @param edition the {@link BackupContents#edition} that the job was launched for
   * @param size the number of slices that {@link BackupContents#slices} makes of it
   */
  public static FileSource ofFolder(String directory, int slots, String edition, int size) {
    if (slots < 1) {
      throw new IllegalArgumentException("slices are worked on in 1 slot or more, not " + slots);
    }
    return new FileSource(new FolderPlan(directory, slots, edition, size), 1, 0, size);
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

  private record FolderPlan(String directory, int slots, String edition, int size)
      implements SlicePlan<FileSlice> {
    @Override
    public List<FileSlice> load() throws IOException {
      try (Store store = Stores.open(directory)) {
        BackupContents contents = BackupContents.of(store);
        if (!contents.edition().equals(edition)) {
          throw new IOException(
              store.location() + ": the backup changed since the job was launched");
        }
        return contents.slices(slots);
      }
    }
  }
}
