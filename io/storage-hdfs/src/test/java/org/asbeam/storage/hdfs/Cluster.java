package org.asbeam.storage.hdfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.Stores;

/** HDFS in the JVM of the test, which a test can hurt. It checks permissions. */
final class Cluster implements AutoCloseable {
  /** Failures are to be seen soon. */
  static final StoreSettings IMPATIENT =
      StoreSettings.NONE
          .with(HdfsSettings.MAX_ATTEMPTS, "4")
          .with(HdfsSettings.BACKOFF, "PT0.001S")
          .with(HdfsSettings.MAX_BACKOFF, "PT0.01S")
          .with(HdfsSettings.REQUEST_TIMEOUT, "PT30S");

  private static final AtomicInteger FOLDERS = new AtomicInteger();

  private final Path local;
  private final MiniDFSCluster cluster;

  private Cluster(Path local, MiniDFSCluster cluster) {
    this.local = local;
    this.cluster = cluster;
  }

  static Cluster start(Path local) throws IOException {
    Configuration configuration = new org.apache.hadoop.hdfs.HdfsConfiguration();
    configuration.setInt("dfs.replication", 1);
    configuration.setLong("dfs.blocksize", 1 << 20);
    configuration.setLong("dfs.namenode.fs-limits.min-block-size", 1 << 10);
    configuration.setBoolean("dfs.permissions.enabled", true);
    MiniDFSCluster cluster =
        new MiniDFSCluster.Builder(configuration, local.toFile()).numDataNodes(1).build();
    cluster.waitActive();
    return new Cluster(local, cluster);
  }

  MiniDFSCluster mini() {
    return cluster;
  }

  DistributedFileSystem files() throws IOException {
    return cluster.getFileSystem();
  }

  String address() {
    return "127.0.0.1:" + cluster.getNameNodePort();
  }

  String webAddress() {
    return cluster.getNameNode().getHttpAddress().getHostString()
        + ":"
        + cluster.getNameNode().getHttpAddress().getPort();
  }

  /** The path of a new folder, in which everybody may write. */
  String newFolder() throws IOException {
    return newFolder("", 0777);
  }

  String newFolder(String owner, int rights) throws IOException {
    String folder = "/f" + FOLDERS.incrementAndGet();
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(folder);
    files().mkdirs(path);
    files().setPermission(path, new FsPermission((short) rights));
    if (!owner.isEmpty()) {
      files().setOwner(path, owner, owner);
    }
    return folder;
  }

  Store open(String folder) throws StoreException {
    return open(folder, IMPATIENT);
  }

  Store open(String folder, StoreSettings settings) throws StoreException {
    return Stores.open("hdfs://" + address() + folder, StoreAccess.of(settings));
  }

  /** A configuration file with properties, name and value in turns. */
  Path configuration(String... properties) throws IOException {
    StringBuilder text = new StringBuilder("<configuration>");
    for (int i = 0; i < properties.length; i += 2) {
      text.append("<property><name>").append(properties[i]).append("</name><value>");
      text.append(properties[i + 1]).append("</value></property>");
    }
    Path file = Files.createTempFile(local, "conf", ".xml");
    return Files.writeString(file, text.append("</configuration>"));
  }

  @Override
  public void close() {
    cluster.shutdown(true);
  }
}
