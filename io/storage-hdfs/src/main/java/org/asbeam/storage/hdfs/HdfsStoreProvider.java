package org.asbeam.storage.hdfs;

import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreProvider;

/**
 * Opens folders on HDFS: {@code hdfs://HOST:PORT/FOLDER}, {@code hdfs://NAMESERVICE/FOLDER}, {@code
 * hdfs:///FOLDER} on the default file system of the configuration, {@code viewfs://TABLE/FOLDER},
 * {@code webhdfs://HOST:PORT/FOLDER} and {@code swebhdfs://HOST:PORT/FOLDER}.
 *
 * <p>Settings, all of them optional:
 *
 * <ul>
 *   <li>{@code hdfs-config}: Hadoop's configuration files, or folders that hold {@code
 *       core-site.xml} and {@code hdfs-site.xml}, separated by commas, on the machine that opens
 *       the store. Default: the folder that the environment's {@code HADOOP_CONF_DIR} names.
 *   <li>{@code hdfs-user}: the user to act as where the cluster has no Kerberos. Default: the
 *       environment's {@code HADOOP_USER_NAME}, or the user of the process.
 *   <li>{@code hdfs-request-timeout}: how long one request may take; {@code PT600S}.
 *   <li>{@code hdfs-retry-max-attempts}, {@code hdfs-retry-backoff}, {@code
 *       hdfs-retry-max-backoff}: how often a request is made, the first pause and the longest one;
 *       100, {@code PT1S} and {@code PT90S}.
 * </ul>
 *
 * <p>Each store has a client of its own, so stores of different users don't mix. Of a cluster with
 * Kerberos the login of the process is used: Hadoop keeps one for all.
 *
 * <p>Memory: about 1 MiB of heap for a file that is written, and up to 5 MiB of packets where the
 * cluster takes them slower than they come; 0.3 MiB for one that is read; 64 KiB of direct memory
 * for each. Two threads write a file. Closing a store leaves no connection; Hadoop's own threads
 * for it are idle then, and end within a minute, but for one or two of the whole process.
 */
public final class HdfsStoreProvider implements StoreProvider {
  @Override
  public boolean handles(String location) {
    return HdfsLocation.handles(location);
  }

  @Override
  public Store open(String location, StoreAccess access) throws StoreException {
    HdfsLocation folder = HdfsLocation.parse(location);
    HdfsSettings settings = HdfsSettings.of(folder, access.settings(), System.getenv());
    return new HdfsStore(folder, settings, HdfsConnection.prepare(folder, settings));
  }
}
