package org.asbeam.cli;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * A Flink cluster in the test's own process: jobs are handed to it by its REST interface, as to any
 * other, but their classes are those of the process; what is loaded from a jar has tests beside it.
 */
final class FlinkInProcess implements AutoCloseable {
  private static final String CLASS_PATH = "java.class.path";

  private final MiniCluster cluster;
  private final String classPath;

  private FlinkInProcess(MiniCluster cluster) {
    this.cluster = cluster;
    this.classPath = System.getProperty(CLASS_PATH);
    // The cluster has all classes already: 200 MB per job need not go to it.
    System.setProperty(CLASS_PATH, "");
  }

  static FlinkInProcess start(int slots) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.PORT, 0);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    // Else every job would load all classes anew, twice.
    configuration.set(CoreOptions.CLASSLOADER_RESOLVE_ORDER, "parent-first");
    // Of each writer to a shuffle Flink takes up to 16 MiB.
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(128));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(128));
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
    cluster.start();
    return new FlinkInProcess(cluster);
  }

  /** For {@code --flink-master}. */
  String master() {
    return cluster.getRestAddress().join().getAuthority();
  }

  @Override
  public void close() {
    System.setProperty(CLASS_PATH, classPath);
    cluster.closeAsync().join();
  }
}
