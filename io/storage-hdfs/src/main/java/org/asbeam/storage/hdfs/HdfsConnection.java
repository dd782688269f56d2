package org.asbeam.storage.hdfs;

import java.io.IOException;
import java.net.URI;
import java.security.PrivilegedExceptionAction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.viewfs.ViewFileSystemOverloadScheme;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.web.WebHdfsFileSystem;
import org.apache.hadoop.security.UserGroupInformation;
import org.asbeam.storage.StoreException;

/**
 * Hadoop's client of one store, with its own user. It is made at the first use, since that may ask
 * the network for names. Safe for use by several threads.
 */
final class HdfsConnection {
  private final HdfsLocation location;
  private final Configuration configuration;
  private final UserGroupInformation user;

  private Client client;
  private boolean closed;

  private HdfsConnection(
      HdfsLocation location, Configuration configuration, UserGroupInformation user) {
    this.location = location;
    this.configuration = configuration;
    this.user = user;
  }

  /** What is done as the user of the store. */
  @FunctionalInterface
  interface Action<T> {
    T run(Client client) throws Exception;
  }

  /** An atomic rename, which {@link FileSystem} has not for everybody. */
  @FunctionalInterface
  interface Renaming {
    void rename(Path from, Path to, Options.Rename... how) throws IOException;
  }

  /**
   * A file system in use.
   *
   * @param opened is closed in the end
   * @param files the one that really has the files
   * @param folder the path of the store's folder there
   */
  record Client(FileSystem opened, FileSystem files, Renaming renaming, String folder) {
    /** Where a file is; the name is taken as it is. */
    Path path(String name) {
      String path = name.isEmpty() ? folder : folder + "/" + name;
      return new Path(null, null, path.isEmpty() ? "/" : path);
    }
  }

  /**
   * Prepares a connection, without making it.
   *
   * @throws StoreException of kind OTHER if location, configuration and user don't fit
   */
  static HdfsConnection prepare(HdfsLocation location, HdfsSettings settings)
      throws StoreException {
    Configuration configuration;
    URI defaultFiles;
    try {
      configuration = HdfsConfiguration.of(settings);
      defaultFiles = FileSystem.getDefaultUri(configuration);
    } catch (RuntimeException e) {
      throw wrong(location, "Hadoop's configuration is none: " + HdfsErrors.text(e), e);
    }
    if (location.authority().isEmpty()
        && !location.scheme().equals("viewfs")
        && !location.scheme().equals(defaultFiles.getScheme())) {
      throw wrong(
          location,
          "names no NameNode, and the configuration's default is '"
              + defaultFiles
              + "': write "
              + location.scheme()
              + "://HOST:PORT/FOLDER, or set --hdfs-config",
          null);
    }
    return new HdfsConnection(location, configuration, user(location, settings, configuration));
  }

  private static UserGroupInformation user(
      HdfsLocation location, HdfsSettings settings, Configuration configuration)
      throws StoreException {
    boolean kerberos =
        configuration.get("hadoop.security.authentication", "simple").equalsIgnoreCase("kerberos");
    if (settings.user().isPresent()) {
      if (kerberos) {
        throw wrong(
            location,
            "hdfs-user is for clusters without Kerberos: leave it out, and log in by kinit",
            null);
      }
      return UserGroupInformation.createRemoteUser(settings.user().get());
    }
    try {
      if (kerberos && !UserGroupInformation.isSecurityEnabled()) {
        // Hadoop has one login for the whole process; without this it would never look for a
        // ticket.
        UserGroupInformation.setConfiguration(configuration);
      }
      return UserGroupInformation.getCurrentUser();
    } catch (IOException | RuntimeException e) {
      throw new StoreException(
          StoreException.Kind.DENIED,
          location.toString(),
          "this process has no user or Kerberos login ("
              + HdfsErrors.text(e)
              + "): set --hdfs-user, or log in by kinit",
          e);
    }
  }

  private static StoreException wrong(HdfsLocation location, String what, Exception cause) {
    return new StoreException(StoreException.Kind.OTHER, location.toString(), what, cause);
  }

  /** Does something as the user of the store, in this thread. */
  <T> T as(Action<T> action) throws Exception {
    return user.doAs((PrivilegedExceptionAction<T>) () -> action.run(client()));
  }

  private synchronized Client client() throws IOException {
    if (closed) {
      throw new IllegalStateException(location + " is closed");
    }
    if (client == null) {
      FileSystem opened = open();
      boolean whole = false;
      try {
        client = connect(opened);
        whole = true;
      } finally {
        if (!whole) {
          opened.close();
        }
      }
    }
    return client;
  }

  private FileSystem open() throws IOException {
    URI uri = new Path(location.scheme(), authority(), "/").toUri();
    if (!location.scheme().equals("viewfs")) {
      return FileSystem.newInstance(uri, configuration);
    }
    // Other than its parent it tells what is behind a mount point.
    FileSystem mounts = new ViewFileSystemOverloadScheme();
    mounts.initialize(uri, configuration);
    return mounts;
  }

  private String authority() {
    if (!location.authority().isEmpty()) {
      return location.authority();
    }
    URI otherwise = FileSystem.getDefaultUri(configuration);
    return location.scheme().equals(otherwise.getScheme()) ? otherwise.getAuthority() : null;
  }

  private Client connect(FileSystem opened) throws IOException {
    FileSystem files = opened;
    String folder = location.folder();
    if (opened instanceof ViewFileSystemOverloadScheme mounts) {
      Path path = new Path(null, null, folder.isEmpty() ? "/" : folder);
      ViewFileSystemOverloadScheme.MountPathInfo<FileSystem> target =
          mounts.getMountPathInfo(path, configuration);
      files = target.getTargetFs();
      String there = target.getPathOnTarget().toUri().getPath();
      folder = there.equals("/") ? "" : there;
    }
    return new Client(opened, files, renaming(files), folder);
  }

  private static Renaming renaming(FileSystem files) throws IOException {
    if (files instanceof DistributedFileSystem hdfs) {
      return hdfs::rename;
    }
    if (files instanceof WebHdfsFileSystem web) {
      return web::rename;
    }
    throw new IOException("it is on " + files.getUri() + ", which is no HDFS");
  }

  /** Ends it, now and for whoever tries again. */
  void close() throws IOException {
    Client open;
    synchronized (this) {
      closed = true;
      open = client;
      client = null;
    }
    if (open != null) {
      open.opened().close();
    }
  }
}
