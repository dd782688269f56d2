package org.asbeam.storage.beam;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.CreateOptions.StandardCreateOptions;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/**
 * What is asked of Beam's file systems, each method once and without patience. Paths are as Beam
 * takes them, nothing is escaped. Methods throw whatever a file system throws.
 */
final class BeamFiles {
  private BeamFiles() {}

  /**
   * What is known of a file.
   *
   * @param version changes with its content, as far as the file system tells
   * @param folder whether it is a folder
   */
  record Info(long size, String version, boolean folder) {}

  static Optional<Info> info(String path) throws IOException {
    return match(List.of(path)).get(0).stream()
        .findFirst()
        .map(
            found ->
                new Info(
                    found.sizeBytes(),
                    found.sizeBytes() + "-" + found.checksum() + "-" + found.lastModifiedMillis(),
                    found.resourceId().isDirectory()));
  }

  /** What each of some patterns finds. */
  static List<List<MatchResult.Metadata>> match(List<String> patterns) throws IOException {
    List<List<MatchResult.Metadata>> found = new ArrayList<>();
    for (MatchResult result : FileSystems.match(patterns)) {
      found.add(result.status() == MatchResult.Status.NOT_FOUND ? List.of() : result.metadata());
    }
    return found;
  }

  static InputStream open(String path, long position) throws IOException {
    return ChannelInput.at(FileSystems.open(id(path)), position);
  }

  /**
   * Starts a file.
   *
   * @param exclusive whether the file system is told that there must be none; not all of them look
   */
  static WritableByteChannel create(String path, boolean exclusive) throws IOException {
    return FileSystems.create(
        id(path),
        StandardCreateOptions.builder()
            .setMimeType(MimeTypes.BINARY)
            .setExpectFileToNotExist(exclusive)
            .build());
  }

  static void write(WritableByteChannel channel, byte[] bytes, int offset, int count)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, count);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** Quiet if there is none. */
  static void delete(String path) throws IOException {
    try {
      FileSystems.delete(List.of(id(path)));
    } catch (FileNotFoundException e) {
      return;
    }
    // A refusal is told by no error everywhere.
    if (info(path).isPresent()) {
      throw new IOException("it is still there after it was deleted: perhaps that is not allowed");
    }
  }

  private static ResourceId id(String path) {
    return FileSystems.matchNewResource(path, false);
  }
}
