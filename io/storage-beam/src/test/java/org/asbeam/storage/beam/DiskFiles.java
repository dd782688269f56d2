package org.asbeam.storage.beam;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.FileSystemRegistrar;
import org.apache.beam.sdk.io.fs.CreateOptions;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.apache.beam.sdk.options.PipelineOptions;

/** A disk, as Beam's own local file system has it, under the scheme {@code disk}. */
final class DiskFiles extends FileSystem<MemoryFiles.Id> {
  /** Finds the file system, as Beam does. */
  public static final class Registrar implements FileSystemRegistrar {
    @Override
    public Iterable<FileSystem<?>> fromOptions(PipelineOptions options) {
      return List.of(new DiskFiles());
    }
  }

  private static Path path(String spec) {
    return Path.of(spec.substring("disk://".length()));
  }

  @Override
  protected List<MatchResult> match(List<String> specs) throws IOException {
    List<MatchResult> results = new ArrayList<>();
    for (String spec : specs) {
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + path(spec));
      Path top = path(spec.contains("/*") ? spec.substring(0, spec.indexOf("/*")) : spec);
      List<MatchResult.Metadata> found = new ArrayList<>();
      if (Files.exists(top)) {
        try (Stream<Path> all = Files.walk(top)) {
          for (Path path : all.filter(matcher::matches).toList()) {
            if (!spec.contains("*") || Files.isRegularFile(path)) {
              found.add(metadata(path));
            }
          }
        }
      }
      results.add(
          found.isEmpty()
              ? MatchResult.create(MatchResult.Status.NOT_FOUND, found)
              : MatchResult.create(MatchResult.Status.OK, found));
    }
    return results;
  }

  private static MatchResult.Metadata metadata(Path path) throws IOException {
    boolean folder = Files.isDirectory(path);
    return MatchResult.Metadata.builder()
        .setResourceId(new MemoryFiles.Id("disk://" + path + (folder ? File.separator : "")))
        .setSizeBytes(Files.size(path))
        .setIsReadSeekEfficient(true)
        .setLastModifiedMillis(Files.getLastModifiedTime(path).toMillis())
        .build();
  }

  @Override
  protected WritableByteChannel create(MemoryFiles.Id id, CreateOptions options)
      throws IOException {
    Files.createDirectories(path(id.path()).getParent());
    return java.nio.channels.Channels.newChannel(
        new java.io.BufferedOutputStream(new FileOutputStream(path(id.path()).toFile())));
  }

  @Override
  protected ReadableByteChannel open(MemoryFiles.Id id) throws IOException {
    return FileChannel.open(path(id.path()), StandardOpenOption.READ);
  }

  @Override
  protected void delete(Collection<MemoryFiles.Id> ids) throws IOException {
    for (MemoryFiles.Id id : ids) {
      Files.deleteIfExists(path(id.path()));
    }
  }

  @Override
  protected void copy(List<MemoryFiles.Id> from, List<MemoryFiles.Id> to) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void rename(
      List<MemoryFiles.Id> from, List<MemoryFiles.Id> to, MoveOptions... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected MemoryFiles.Id matchNewResource(String path, boolean folder) {
    return new MemoryFiles.Id(folder && !path.endsWith("/") ? path + "/" : path);
  }

  @Override
  protected String getScheme() {
    return "disk";
  }
}
