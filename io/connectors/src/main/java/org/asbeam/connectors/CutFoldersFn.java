package org.asbeam.connectors;

import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.Stores;
import org.asbeam.storage.journal.BackupContents;
import org.asbeam.storage.journal.FileSlice;

/** Looks at backup folders and cuts each into slices. */
final class CutFoldersFn extends DoFn<String, FolderSlice> {
  private static final long serialVersionUID = 1L;

  private final int slots;
  private final StoreAccess access;

  CutFoldersFn(int slots, StoreAccess access) {
    this.slots = slots;
    this.access = access;
  }

  @ProcessElement
  public void process(@Element String directory, OutputReceiver<FolderSlice> slices)
      throws IOException {
    try (Store store = Stores.open(directory, access)) {
      BackupContents contents = BackupContents.of(store);
      String edition = contents.edition();
      for (FileSlice slice : contents.slices(slots)) {
        slices.output(new FolderSlice(directory, edition, slice));
      }
    }
  }
}
