package org.asbeam.connectors;

import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;

/** Decodes slices of many backups, each to its end, or fails. */
final class ReadFolderSliceFn extends DoFn<FolderSlice, AerospikeRecord> {
  private static final long serialVersionUID = 1L;

  private final FileSliceReader reader;
  private transient String open;

  ReadFolderSliceFn(BackupAccess access) {
    this.reader = new FileSliceReader(access);
  }

  @ProcessElement
  public void process(@Element FolderSlice slice, OutputReceiver<AerospikeRecord> records)
      throws IOException {
    if (!slice.directory().equals(open) || !slice.edition().equals(reader.edition())) {
      open = null;
      reader.open(slice.directory());
      open = slice.directory();
    }
    if (!slice.edition().equals(reader.edition())) {
      throw new IOException(slice.directory() + ": the backup changed since the job looked at it");
    }
    reader.read(slice.slice(), records);
  }

  @Teardown
  public void tearDown() {
    open = null;
    reader.close();
  }
}
