package org.asbeam.transforms.work;

import java.io.IOException;
import org.asbeam.storage.Store;

/** Opens the real ends of the seams; a test hands in its own. */
public interface Backends {
  Store openStore(String directory) throws IOException;

  RecordSource openSource(BackupSpec spec) throws IOException;

  RecordSink openSink(RestoreSpec spec) throws IOException;
}
