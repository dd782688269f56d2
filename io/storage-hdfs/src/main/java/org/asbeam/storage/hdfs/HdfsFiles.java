package org.asbeam.storage.hdfs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.EnumSet;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FsServerDefaults;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsFileStatus;
import org.asbeam.storage.remote.ObjectBody;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done with files of HDFS by its client, once each: making them under temporary names,
 * renaming them, reading them.
 */
final class HdfsFiles {
  private static final Logger LOG = LoggerFactory.getLogger(HdfsFiles.class);

  /** Hadoop's own default. */
  private static final int BUFFER = 4096;

  private static final String TEMPORARY = ".tmp-";

  private HdfsFiles() {}

  /** Starts a file, and makes its folder if need be. */
  static FSDataOutputStream open(HdfsConnection.Client client, Path path) throws IOException {
    if (!(client.files() instanceof DistributedFileSystem)) {
      // The web interface says no before the last byte only.
      makeFolder(client, path.getParent());
    }
    try {
      return openInFolder(client, path);
    } catch (FileNotFoundException e) {
      makeFolder(client, path.getParent());
      return openInFolder(client, path);
    }
  }

  private static void makeFolder(HdfsConnection.Client client, Path folder) throws IOException {
    try {
      client.files().mkdirs(folder);
    } catch (FileAlreadyExistsException e) {
      // Not the file that is to be made: that isn't there.
      IOException failure = new ParentNotDirectoryException(e.getMessage());
      failure.initCause(e);
      throw failure;
    }
  }

  private static FSDataOutputStream openInFolder(HdfsConnection.Client client, Path path)
      throws IOException {
    FileSystem files = client.files();
    FsServerDefaults cluster = files.getServerDefaults(path);
    Configuration configuration = files.getConf();
    // Each block is forced to disk as it ends, not only the last one.
    return files.createNonRecursive(
        path,
        FsPermission.getFileDefault(),
        EnumSet.of(CreateFlag.CREATE, CreateFlag.SYNC_BLOCK),
        configuration.getInt("io.file.buffer.size", BUFFER),
        HdfsConfiguration.replication(configuration, cluster),
        HdfsConfiguration.blockSize(configuration, cluster),
        null);
  }

  /** A free name beside a file. */
  static String temporaryOf(String name) {
    return name.substring(0, name.lastIndexOf('/') + 1)
        + TEMPORARY
        + UUID.randomUUID().toString().replace("-", "");
  }

  static void forceAndClose(FSDataOutputStream stream) throws IOException {
    stream.hsync();
    stream.close();
  }

  /** Succeeds too if an earlier attempt did, and its answer was lost. */
  static void rename(
      HdfsConnection.Client client, Path from, Path to, boolean replace, String identity)
      throws IOException {
    try {
      client.renaming().rename(from, to, replace ? Options.Rename.OVERWRITE : Options.Rename.NONE);
    } catch (FileNotFoundException | FileAlreadyExistsException e) {
      if (!isThere(client, to, identity)) {
        throw e;
      }
    }
  }

  private static boolean isThere(HdfsConnection.Client client, Path path, String identity)
      throws IOException {
    try {
      return identity(client.files().getFileStatus(path)).equals(identity);
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /** What a file keeps when it is renamed, and no other file has. */
  static String identity(FileStatus status) {
    String id = status instanceof HdfsFileStatus hdfs ? hdfs.getFileId() + "-" : "";
    return id + status.getLen() + "-" + status.getModificationTime();
  }

  /** Each attempt has a name of its own: an earlier one may still be at work. */
  static String writeTemporary(HdfsConnection.Client client, String name, byte[] content)
      throws IOException {
    String temporary = temporaryOf(name);
    Path path = client.path(temporary);
    FSDataOutputStream stream = open(client, path);
    boolean whole = false;
    try {
      stream.write(content);
      forceAndClose(stream);
      whole = true;
      return temporary;
    } finally {
      if (!whole) {
        discard(client, path, stream);
      }
    }
  }

  private static void discard(HdfsConnection.Client client, Path path, FSDataOutputStream stream) {
    try {
      stream.close();
    } catch (IOException | RuntimeException e) {
      LOG.debug("a file that is given up could not be closed: {}", e.getMessage());
    }
    try {
      client.files().delete(path, false);
    } catch (IOException | RuntimeException e) {
      LOG.warn("a file that was given up may still take room: {}", path);
    }
  }

  static ObjectBody body(HdfsConnection.Client client, Path path, long position, String version)
      throws IOException {
    FileStatus status = client.files().getFileStatus(path);
    if (!version.isEmpty() && !version.equals(identity(status))) {
      throw new HdfsErrors.ReplacedException("it was replaced while it was read", false);
    }
    FSDataInputStream stream = client.files().open(path);
    boolean right = false;
    try {
      // Small files are replaced all the time; size and content must be of the same one.
      if (!isThere(client, path, identity(status))) {
        throw new HdfsErrors.ReplacedException("it was replaced while it was opened", true);
      }
      if (position > 0) {
        stream.seek(position);
      }
      right = true;
      return new ObjectBody(stream, status.getLen(), identity(status));
    } finally {
      if (!right) {
        stream.close();
      }
    }
  }

  /** Null: it is no folder. */
  static FileStatus[] entries(HdfsConnection.Client client, Path path) throws IOException {
    FileStatus[] entries = client.files().listStatus(path);
    boolean self =
        entries.length == 1
            && entries[0].isFile()
            && entries[0].getPath().toUri().getPath().equals(path.toUri().getPath());
    return self ? null : entries;
  }
}
