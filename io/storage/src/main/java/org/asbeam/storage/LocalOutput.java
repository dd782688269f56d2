package org.asbeam.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A local file being written: under its final name, or a temporary one until its end. */
final class LocalOutput extends CheckedOutput {
  /** The JDK keeps a direct buffer per thread as large as the largest heap buffer written. */
  private static final int PIECE = 256 * 1024;

  /** Gives a whole file its name. */
  @FunctionalInterface
  interface Publication {
    void run() throws IOException;
  }

  private final Path path;
  private final FileChannel channel;
  private final Publication publication;
  private final boolean device;

  /**
   * @param path what is written, and deleted if it is given up
   * @param publication what is done when it is whole and durable
   */
  LocalOutput(String name, Path path, FileChannel channel, Publication publication) {
    this(name, path, channel, publication, false);
  }

  private LocalOutput(
      String name, Path path, FileChannel channel, Publication publication, boolean device) {
    super(name, path.toString());
    this.path = path;
    this.channel = channel;
    this.publication = publication;
    this.device = device;
  }

  /** A pipe or a device, which was there before and stays. */
  static LocalOutput ofDevice(String name, Path path, FileChannel channel) {
    return new LocalOutput(name, path, channel, () -> {}, true);
  }

  @Override
  protected void append(byte[] bytes, int offset, int count) throws StoreException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, count);
    int end = offset + count;
    try {
      while (buffer.position() < end) {
        buffer.limit(Math.min(end, buffer.position() + PIECE));
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw LocalErrors.ofWrite(path, e);
    }
  }

  @Override
  protected void publish() throws StoreException {
    try {
      if (device) {
        channel.close();
      } else {
        channel.force(true);
        channel.close();
        publication.run();
        LocalFolders.force(path.getParent());
      }
    } catch (FileAlreadyExistsException e) {
      throw LocalErrors.of(Path.of(e.getFile()), "could not be created", e);
    } catch (IOException e) {
      throw LocalErrors.ofWrite(path, e);
    }
  }

  @Override
  protected void giveUp() {
    try {
      channel.close();
    } catch (IOException e) {
      // The file goes anyway.
    }
    if (device) {
      return;
    }
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // Quiet by contract; the commit of the run looks for files that no receipt names.
    }
  }
}
