package org.asbeam.transforms.work;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.secrets.SecretAgentSpec;

/** Opens the real ends of the seams; a test hands in its own. */
public interface Backends {
  Store openStore(String directory) throws IOException;

  /** The same with stores that are opened with this. */
  default Backends withStoreAccess(StoreAccess access) {
    return this;
  }

  RecordSource openSource(BackupSpec spec) throws IOException;

  /**
   * Opens the cluster to restore to.
   *
   * @param runId names the restore among those of this process
   */
  RecordSink openSink(RestoreSpec spec, String runId) throws IOException;

  /**
   * Resolves what a specification leaves to the cluster: nodes and racks become partitions.
   *
   * @throws IOException if it can't be reached, or has no such node or rack
   * @throws WorkException if nothing is left to back up
   */
  BackupSpec resolve(BackupSpec spec) throws IOException, WorkException;

  /**
   * Looks at the cluster that is to be backed up.
   *
   * @param agent resolves references to its secrets; null: there is none
   * @throws IOException if it can't be reached, or has no such namespace
   */
  ClusterView look(ConnectionSpec connection, SecretAgentSpec agent, String namespace)
      throws IOException;

  /**
   * Looks at the cluster that is to be restored to.
   *
   * @throws IOException if it can't be reached, or has no such namespace
   */
  TargetView lookAtTarget(RestoreSpec spec) throws IOException;

  /** The same with scans that keep to a limit, shared with all who have it. */
  default Backends limitedBy(ScanLimit limit) {
    return new LimitedBackends(this, limit);
  }

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
