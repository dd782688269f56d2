package org.asbeam.storage.hdfs;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FsServerDefaults;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.web.SWebHdfsFileSystem;
import org.apache.hadoop.hdfs.web.WebHdfsFileSystem;

/** Hadoop's configuration, with time limits, and without trials where the store's own suffice. */
final class HdfsConfiguration {
  /** A NameNode that is there takes a connection long before this. */
  private static final int CONNECT_MILLIS = 10_000;

  /** Enough to find the active one of a few NameNodes; then the store pauses and tries again. */
  private static final int FAILOVERS = 6;

  private static final int PING_MILLIS = 60_000;

  private HdfsConfiguration() {}

  /**
   * @throws RuntimeException if a file is none that Hadoop understands
   */
  static Configuration of(HdfsSettings settings) {
    Configuration configuration = new org.apache.hadoop.hdfs.HdfsConfiguration();
    // Not the loader of whichever thread comes first.
    configuration.setClassLoader(HdfsConfiguration.class.getClassLoader());
    for (Path file : settings.configuration()) {
      configuration.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
    }
    configuration.size();
    setClasses(configuration);
    setLimits(configuration, (int) settings.patience().limit().toMillis());
    setCompletion(configuration);
    return configuration;
  }

  /** Class paths that are merged into one file tend to lose the lists where Hadoop finds these. */
  private static void setClasses(Configuration configuration) {
    configuration.setIfUnset("fs.hdfs.impl", DistributedFileSystem.class.getName());
    configuration.setIfUnset("fs.webhdfs.impl", WebHdfsFileSystem.class.getName());
    configuration.setIfUnset("fs.swebhdfs.impl", SWebHdfsFileSystem.class.getName());
  }

  private static void setLimits(Configuration configuration, int limit) {
    most(configuration, "ipc.client.rpc-timeout.ms", limit);
    most(configuration, "ipc.ping.interval", Math.min(limit, PING_MILLIS));
    most(configuration, "ipc.client.connect.timeout", Math.min(limit, CONNECT_MILLIS));
    most(configuration, "dfs.client.socket-timeout", limit);
    most(configuration, "dfs.datanode.socket.write.timeout", limit);
    mostMillis(configuration, "dfs.webhdfs.socket.connect-timeout", CONNECT_MILLIS, limit);
    mostMillis(configuration, "dfs.webhdfs.socket.read-timeout", PING_MILLIS, limit);
    configuration.setInt("ipc.client.connect.max.retries", 0);
    configuration.setInt("ipc.client.connect.max.retries.on.timeouts", 0);
    configuration.setInt("dfs.client.failover.connection.retries", 0);
    configuration.setInt("dfs.client.failover.connection.retries.on.timeouts", 0);
    most(configuration, "dfs.client.failover.max.attempts", FAILOVERS);
    most(configuration, "dfs.client.retry.max.attempts", FAILOVERS);
    most(configuration, "dfs.http.client.failover.max.attempts", FAILOVERS);
    most(configuration, "dfs.http.client.retry.max.attempts", FAILOVERS);
  }

  /**
   * The end of a file is asked for again until its last block is reported, which is soon: after 50
   * ms instead of 400, then after twice as long each time, 25 s in all as before.
   */
  private static void setCompletion(Configuration configuration) {
    String prefix = "dfs.client.block.write.locateFollowingBlock.";
    if (!isSet(configuration, prefix + "initial.delay.ms")
        && !isSet(configuration, prefix + "retries")) {
      configuration.setInt(prefix + "initial.delay.ms", 50);
      configuration.setInt(prefix + "retries", 9);
    }
  }

  /** Zero or less is no limit to Hadoop. */
  private static void most(Configuration configuration, String name, int most) {
    int set = configuration.getInt(name, most);
    configuration.setInt(name, set <= 0 ? most : Math.min(set, most));
  }

  private static void mostMillis(
      Configuration configuration, String name, int otherwise, int most) {
    long set = configuration.getTimeDuration(name, otherwise, TimeUnit.MILLISECONDS);
    configuration.set(name, (set <= 0 ? most : Math.min(set, most)) + "ms");
  }

  /** How often each block of new files is stored: as configured, else as the cluster does. */
  static short replication(Configuration configuration, FsServerDefaults cluster) {
    return isSet(configuration, "dfs.replication")
        ? (short) configuration.getInt("dfs.replication", cluster.getReplication())
        : cluster.getReplication();
  }

  /** The bytes of a block of new files: as configured, else as the cluster does. */
  static long blockSize(Configuration configuration, FsServerDefaults cluster) {
    return isSet(configuration, "dfs.blocksize")
        ? configuration.getLongBytes("dfs.blocksize", cluster.getBlockSize())
        : cluster.getBlockSize();
  }

  /** Whether it was set by more than Hadoop's own list of defaults. */
  private static boolean isSet(Configuration configuration, String name) {
    String[] sources = configuration.getPropertySources(name);
    return sources != null
        && sources.length > 0
        && !sources[sources.length - 1].endsWith("-default.xml");
  }
}
