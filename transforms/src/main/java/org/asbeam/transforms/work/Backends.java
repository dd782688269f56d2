package org.asbeam.transforms.work;

import java.io.IOException;
import java.io.InputStream;
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
}
