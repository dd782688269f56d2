package org.asbeam.connectors;

import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.asbeam.storage.journal.FileSlice;

/** Decodes a slice of a backup to its end, or fails. */
final class ReadFileSliceFn extends DoFn<FileSlice, AerospikeRecord> {
  private static final long serialVersionUID = 1L;

  private final FileSliceReader reader;
  private final String directory;

  ReadFileSliceFn(String directory, BackupAccess access) {
    this.reader = new FileSliceReader(access);
    this.directory = directory;
  }

  @Setup
  public void setUp() throws IOException {
    reader.open(directory);
  }

  @ProcessElement
  public void process(@Element FileSlice slice, OutputReceiver<AerospikeRecord> records)
      throws IOException {
    reader.read(slice, records);
  }

  @Teardown
  public void tearDown() {
    reader.close();
  }
}
