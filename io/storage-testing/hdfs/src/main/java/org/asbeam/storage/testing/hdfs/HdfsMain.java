package org.asbeam.storage.testing.hdfs;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** Runs an HDFS of one name node and one data node on the loopback address. */
public final class HdfsMain {
  private static final short FOR_EVERYBODY = 0777;

  private HdfsMain() {}

  /**
   * Prints {@code READY hdfs://127.0.0.1:PORT} when the servers run. Then each line of the standard
   * input is a folder to make, in which everybody may write, and {@code MADE} with its path is
   * printed. The servers end with the input, so that they do not outlive the process that gives it.
   *
   * @param arguments the local folder for the data, which is formatted; then {@code permissions} if
   *     permissions of files are to be checked
   * @throws IOException if the servers do not start or a folder cannot be made
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 0) {
      System.err.println("Arguments: FOLDER [permissions]");
      System.exit(2);
    }
    boolean permissions = arguments.length > 1 && arguments[1].equals("permissions");
    Configuration configuration = new Configuration();
    configuration.setBoolean("dfs.permissions.enabled", permissions);
    configuration.setInt("dfs.replication", 1);
    try {
      MiniDFSCluster cluster =
          new MiniDFSCluster.Builder(configuration, new File(arguments[0]))
              .numDataNodes(1)
              .format(true)
              .nameNodePort(0)
              .build();
      cluster.waitActive();
      System.out.println("READY hdfs://127.0.0.1:" + cluster.getNameNodePort());
      serve(cluster.getFileSystem());
    } catch (IOException | RuntimeException e) {
      e.printStackTrace();
      System.exit(1);
    }
    // The data is thrown away, so there is nothing to end in order.
    Runtime.getRuntime().halt(0);
  }

  private static void serve(FileSystem files) throws IOException {
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      Path folder = new Path(line);
      files.mkdirs(folder);
      // The permissions given to mkdirs are narrowed by a mask.
      FsPermission everybody = new FsPermission(FOR_EVERYBODY);
      for (Path made = folder; !made.isRoot(); made = made.getParent()) {
        files.setPermission(made, everybody);
      }
      System.out.println("MADE " + line);
    }
  }
}
