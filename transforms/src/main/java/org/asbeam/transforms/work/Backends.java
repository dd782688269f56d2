package org.asbeam.transforms.work;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.asbeam.storage.Store;

/** Opens the real ends of the seams; a test hands in its own. */
public interface Backends {
  Store openStore(String directory) throws IOException;

  RecordSource openSource(BackupSpec spec) throws IOException;

  /**
   * Opens the cluster to restore to.
   *
   * @param runId names the restore among those of this process
   */
  RecordSink openSink(RestoreSpec spec, String runId) throws IOException;

  /** What is piped into this process. */
  default InputStream standardInput() {
    return System.in;
  }

  /** Where a backup to standard output goes; never closed. */
  default OutputStream standardOutput() {
    // Not System.out: that one keeps its errors to itself.
    return new FileOutputStream(FileDescriptor.out);
  }
}
