package org.asbeam.storage.beam;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.FileSystemRegistrar;
import org.apache.beam.sdk.io.fs.CreateOptions;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A file system of Beam in memory, like an object store, with the bad habits of some of those that
 * exist. A file is seen when its channel is closed, unless the first part of its path says
 * otherwise.
 */
final class MemoryFiles extends FileSystem<MemoryFiles.Id> {
  static final String SCHEME = "memory";

  /** What the files of a bucket do; a bucket without is well-behaved. */
  enum Habit {
    /** A file is seen from its first moment. */
    SEEN_AT_ONCE,
    /** It isn't heeded that there must be no file. */
    HEEDLESS,
    /** A file that is there can't be replaced. */
    NO_REPLACING,
    /** Channels can't seek. */
    NO_SEEKING,
    /** Globs give folders too, as if they were empty files. */
    FOLDERS_AS_FILES,
    /** Files can't be deleted, and no error says so. */
    UNDELETABLE,
    /** All fails, by an unchecked error. */
    DENIED
  }

  /** Finds the file system, as Beam does. */
  public static final class Registrar implements FileSystemRegistrar {
    static final AtomicInteger REGISTRATIONS = new AtomicInteger();

    @Override
    public Iterable<FileSystem<?>> fromOptions(PipelineOptions options) {
      REGISTRATIONS.incrementAndGet();
      return List.of(new MemoryFiles());
    }
  }

  private static final Map<String, byte[]> FILES = new ConcurrentSkipListMap<>();
  private static final Map<String, Long> VERSIONS = new ConcurrentHashMap<>();
  private static final Map<String, Habit> HABITS = new ConcurrentHashMap<>();
  private static final AtomicLong CLOCK = new AtomicLong();
  private static final AtomicInteger BUCKETS = new AtomicInteger();

  /** The next so many requests fail for a passing reason. */
  static final AtomicInteger FAILURES = new AtomicInteger();

  /** The next so many closes take effect, but fail. */
  static final AtomicInteger LOST_ANSWERS = new AtomicInteger();

  /** The next so many reads break off. */
  static final AtomicInteger BROKEN_READS = new AtomicInteger();

  /** The location of an empty folder. */
  static String newFolder(Habit... habit) {
    String bucket = "b" + BUCKETS.incrementAndGet();
    for (Habit one : habit) {
      HABITS.put(bucket, one);
    }
    return SCHEME + "://" + bucket + "/folder";
  }

  static byte[] content(String path) {
    return FILES.get(path);
  }

  static void put(String path, byte[] content) {
    FILES.put(path, content);
    VERSIONS.put(path, CLOCK.incrementAndGet());
  }

  private static boolean has(String path, Habit habit) {
    return HABITS.get(path.substring(SCHEME.length() + 3).split("/")[0]) == habit;
  }

  private static void request(String path) throws IOException {
    if (has(path, Habit.DENIED)) {
      throw new IllegalStateException(new IOException("403 Forbidden\nfor you"));
    }
    if (FAILURES.getAndUpdate(n -> n > 0 ? n - 1 : 0) > 0) {
      throw new IllegalStateException(
          "wrapped", new java.net.SocketException("Connection reset by the test"));
    }
  }

  record Id(String path) implements ResourceId {
    @Override
    public ResourceId resolve(String other, ResolveOptions options) {
      boolean folder = options.equals(StandardResolveOptions.RESOLVE_DIRECTORY);
      return new Id(path + other + (folder && !other.endsWith("/") ? "/" : ""));
    }

    @Override
    public ResourceId getCurrentDirectory() {
      return new Id(path.substring(0, path.lastIndexOf('/') + 1));
    }

    @Override
    public String getScheme() {
      return path.substring(0, path.indexOf(':'));
    }

    @Override
    public @Nullable String getFilename() {
      String name = path.replaceAll("/+$", "");
      return name.substring(name.lastIndexOf('/') + 1);
    }

    @Override
    public boolean isDirectory() {
      return path.endsWith("/");
    }

    @Override
    public String toString() {
      return path;
    }
  }

  @Override
  protected List<MatchResult> match(List<String> specs) throws IOException {
    List<MatchResult> results = new ArrayList<>();
    for (String spec : specs) {
      request(spec);
      List<MatchResult.Metadata> found = new ArrayList<>();
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + local(spec));
      for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
        if (matcher.matches(Path.of(local(file.getKey())))) {
          found.add(metadata(file.getKey(), file.getValue().length));
        }
      }
      if (has(spec, Habit.FOLDERS_AS_FILES) && spec.endsWith("*")) {
        addFolders(matcher, found);
      }
      results.add(
          found.isEmpty() && !spec.endsWith("*")
              ? MatchResult.create(
                  MatchResult.Status.NOT_FOUND, new FileNotFoundException("none: " + spec))
              : MatchResult.create(MatchResult.Status.OK, found));
    }
    return results;
  }

  private static void addFolders(PathMatcher matcher, List<MatchResult.Metadata> found) {
    FILES.keySet().stream()
        .map(path -> path.substring(0, path.lastIndexOf('/')))
        .filter(folder -> matcher.matches(Path.of(local(folder))))
        .distinct()
        .forEach(folder -> found.add(metadata(folder, 0)));
  }

  private static String local(String path) {
    return path.substring(SCHEME.length() + 2);
  }

  private static MatchResult.Metadata metadata(String path, long size) {
    return MatchResult.Metadata.builder()
        .setResourceId(new Id(path))
        .setSizeBytes(size)
        .setIsReadSeekEfficient(true)
        .setLastModifiedMillis(VERSIONS.getOrDefault(path, 0L))
        .build();
  }

  @Override
  protected WritableByteChannel create(Id id, CreateOptions options) throws IOException {
    request(id.path());
    boolean exclusive =
        Boolean.TRUE.equals(options.expectFileToNotExist()) && !has(id.path(), Habit.HEEDLESS);
    if (has(id.path(), Habit.NO_REPLACING) && FILES.containsKey(id.path())) {
      throw new IOException("The blob already exists");
    }
    if (has(id.path(), Habit.SEEN_AT_ONCE)) {
      put(id.path(), new byte[0]);
    }
    return new Writer(id.path(), exclusive);
  }

  private static final class Writer implements WritableByteChannel {
    private final String path;
    private final boolean exclusive;
    private byte[] content = new byte[0];
    private boolean open = true;

    Writer(String path, boolean exclusive) {
      this.path = path;
      this.exclusive = exclusive;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      if (!bytes.hasArray()) {
        throw new UnsupportedOperationException("direct");
      }
      // Not all at once, as it may be.
      int count = Math.min(bytes.remaining(), 100_000);
      content = Arrays.copyOf(content, content.length + count);
      bytes.get(content, content.length - count, count);
      if (has(path, Habit.SEEN_AT_ONCE)) {
        put(path, content);
      }
      return count;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() throws IOException {
      if (!open) {
        throw new IllegalStateException("NoSuchUpload");
      }
      open = false;
      request(path);
      if (has(path, Habit.SEEN_AT_ONCE) || !exclusive) {
        put(path, content);
      } else if (FILES.putIfAbsent(path, content) != null) {
        throw new IOException("412 Precondition Failed");
      }
      if (LOST_ANSWERS.getAndUpdate(n -> n > 0 ? n - 1 : 0) > 0) {
        throw new java.net.SocketException("Connection reset after the effect");
      }
    }
  }

  @Override
  protected ReadableByteChannel open(Id id) throws IOException {
    request(id.path());
    byte[] content = FILES.get(id.path());
    if (content == null) {
      throw new IllegalStateException(new FileNotFoundException("NoSuchKey"));
    }
    Reader reader = new Reader(content);
    return has(id.path(), Habit.NO_SEEKING) ? new ForwardOnly(reader) : reader;
  }

  private record ForwardOnly(Reader reader) implements ReadableByteChannel {
    @Override
    public int read(ByteBuffer bytes) throws IOException {
      return reader.read(bytes);
    }

    @Override
    public boolean isOpen() {
      return reader.isOpen();
    }

    @Override
    public void close() {
      reader.close();
    }
  }

  /** Seeks right before the first read only. */
  private static final class Reader implements SeekableByteChannel {
    private final byte[] content;
    private int position;
    private boolean hasRead;
    private boolean open = true;

    Reader(byte[] content) {
      this.content = content;
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
      if (!open) {
        throw new ClosedChannelException();
      }
      if (!bytes.hasArray()) {
        throw new UnsupportedOperationException("direct");
      }
      hasRead = true;
      if (position > 0 && BROKEN_READS.getAndUpdate(n -> n > 0 ? n - 1 : 0) > 0) {
        throw new java.net.SocketException("Connection reset in the middle");
      }
      if (position >= content.length) {
        return -1;
      }
      int count = Math.min(Math.min(bytes.remaining(), 50_000), content.length - position);
      bytes.put(content, position, count);
      position += count;
      return count;
    }

    @Override
    public SeekableByteChannel position(long to) {
      position = (int) (hasRead ? position + to : to);
      return this;
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public long size() {
      return content.length;
    }

    @Override
    public int write(ByteBuffer bytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      open = false;
    }
  }

  @Override
  protected void copy(List<Id> from, List<Id> to) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void rename(List<Id> from, List<Id> to, MoveOptions... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void delete(Collection<Id> ids) throws IOException {
    for (Id id : ids) {
      request(id.path());
      if (!has(id.path(), Habit.UNDELETABLE) && FILES.remove(id.path()) == null) {
        throw new FileNotFoundException("no blob");
      }
    }
  }

  @Override
  protected Id matchNewResource(String path, boolean folder) {
    return new Id(folder && !path.endsWith("/") ? path + "/" : path);
  }

  @Override
  protected String getScheme() {
    return SCHEME;
  }
}
