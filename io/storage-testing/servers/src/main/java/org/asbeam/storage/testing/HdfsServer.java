package org.asbeam.storage.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** An HDFS of one name node and one data node. Its superuser is the user who runs it. */
public final class HdfsServer implements StoreServer {
  private static final Pattern READY = Pattern.compile("READY hdfs://127\\.0\\.0\\.1:(\\d+)");
  private static final Lazy<HdfsServer> SHARED = new Lazy<>(HdfsServer::start);

  private final ServerProcess process;
  private final boolean owned;

  private HdfsServer(ServerProcess process, boolean owned) {
    this.process = process;
    this.owned = owned;
  }

  /**
   * Starts a server that lets everybody do everything. It takes several seconds.
   *
   * @throws MissingServerException if it is not built
   */
  public static HdfsServer start() {
    return start(List.of());
  }

  /**
   * Starts a server that checks the permissions of files. Clients name their user by the
   * environment variable or system property HADOOP_USER_NAME.
   *
   * @throws MissingServerException if it is not built
   */
  public static HdfsServer startWithPermissions() {
    return start(List.of("permissions"));
  }

  private static HdfsServer start(List<String> arguments) {
    List<String> java = Installation.find(StoreKind.HDFS);
    ServerProcess process =
        ServerProcess.start(
            "hdfs",
            READY,
            (port, folder) -> {
              List<String> command = new ArrayList<>(java);
              command.add(1, "-Xmx512m");
              command.add("org.asbeam.storage.testing.hdfs.HdfsMain");
              command.add(folder.resolve("dfs").toString());
              command.addAll(arguments);
              return new ChildProcess.Launch(command, Map.of(), true);
            });
    return new HdfsServer(process, true);
  }

  /**
   * The server of this JVM, without permissions, which starts with the first call. Closing it does
   * nothing.
   */
  public static HdfsServer shared() {
    return new HdfsServer(SHARED.get().process, false);
  }

  @Override
  public String endpoint() {
    return "hdfs://127.0.0.1:" + process.port();
  }

  /** {@inheritDoc} There are none: a location has the address. */
  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  /** {@inheritDoc} Everybody may write into that folder. */
  @Override
  public String newFolder() {
    String folder = "/" + Names.fresh("f-") + "/x";
    try {
      process.tell(folder);
      if (!process.says("MADE " + folder)) {
        throw new IllegalStateException("HDFS did not make the folder " + folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("HDFS cannot be asked for the folder " + folder, e);
    }
    return endpoint() + folder;
  }

  @Override
  public HdfsServer through(FaultyProxy proxy) {
    throw new UnsupportedOperationException("HDFS does not speak HTTP");
  }

  @Override
  public void close() {
    if (owned) {
      process.close();
    }
  }
}
