package org.asbeam.storage.remote;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** An object store in memory, which fails as it is told. */
class MemoryObjects implements ObjectClient {
  static final int PART = 1 << 20;

  /** What comes before each request, and may fail it or what follows. */
  @FunctionalInterface
  interface Fault {
    /**
     * @param request its name and key, such as {@code put folder/file}
     * @return whether the answer gets lost: the request has its effect, and fails all the same
     */
    boolean before(String request) throws Exception;
  }

  /** An error of this store. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;
    final Problem.Kind kind;

    Failure(Problem.Kind kind) {
      super(kind.name());
      this.kind = kind;
    }
  }

  private record Stored(byte[] bytes, String version, String token) {}

  private final NavigableMap<String, Stored> objects = new TreeMap<>();
  private final List<String> requests = new ArrayList<>();
  private int versions;
  private int pageSize = 1000;
  volatile Fault fault = request -> false;
  volatile Patience patience =
      new Patience(5, Duration.ZERO, Duration.ZERO, 1, Duration.ofSeconds(30));
  int aborted;
  int uploads;

  MemoryObjects withPages(int size) {
    pageSize = size;
    return this;
  }

  List<String> requests() {
    synchronized (this) {
      return List.copyOf(requests);
    }
  }

  private interface Effect<T> {
    T run() throws Exception;
  }

  private <T> T request(String request, Effect<T> effect) throws Exception {
    boolean lost;
    synchronized (this) {
      requests.add(request);
    }
    lost = fault.before(request);
    synchronized (this) {
      T result = effect.run();
      if (lost) {
        throw new Failure(Problem.Kind.TRANSIENT);
      }
      return result;
    }
  }

  @Override
  public ObjectPage list(String prefix, String page) throws Exception {
    return request(
        "list " + prefix,
        () -> {
          List<ObjectPage.Entry> found = new ArrayList<>();
          TreeSet<String> prefixes = new TreeSet<>();
          int taken = 0;
          for (var entry : objects.tailMap(page.isEmpty() ? prefix : page, true).entrySet()) {
            if (!entry.getKey().startsWith(prefix)) {
              break;
            }
            if (taken == pageSize) {
              return new ObjectPage(found, List.copyOf(prefixes), entry.getKey());
            }
            int slash = entry.getKey().indexOf('/', prefix.length());
            if (slash < 0) {
              found.add(
                  new ObjectPage.Entry(entry.getKey(), entry.getValue().bytes().length, false));
              taken++;
            } else if (prefixes.add(entry.getKey().substring(0, slash + 1))) {
              taken++;
            }
          }
          return new ObjectPage(found, List.copyOf(prefixes), "");
        });
  }

  @Override
  public Optional<ObjectInfo> info(String key) throws Exception {
    return request(
        "info " + key,
        () ->
            Optional.ofNullable(objects.get(key))
                .map(o -> new ObjectInfo(o.bytes().length, o.version(), o.token(), false)));
  }

  @Override
  public ObjectBody read(String key, long position, String version) throws Exception {
    return request(
        "read " + key,
        () -> {
          Stored stored = objects.get(key);
          if (stored == null) {
            throw new Failure(Problem.Kind.NOT_FOUND);
          }
          if (!version.isEmpty() && !version.equals(stored.version())) {
            throw new Failure(Problem.Kind.EXISTS);
          }
          byte[] rest = Arrays.copyOfRange(stored.bytes(), (int) position, stored.bytes().length);
          return new ObjectBody(body(rest), stored.bytes().length, stored.version());
        });
  }

  InputStream body(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public void put(ObjectWrite write, byte[] bytes, int count) throws Exception {
    byte[] content = Arrays.copyOf(bytes, count);
    request("put " + write.key(), () -> store(write, content));
  }

  private Void store(ObjectWrite write, byte[] content) throws Failure {
    if (write.exclusive() && objects.containsKey(write.key())) {
      throw new Failure(Problem.Kind.EXISTS);
    }
    versions++;
    objects.put(write.key(), new Stored(content, "v" + versions, write.token()));
    return null;
  }

  @Override
  public ObjectUpload upload(ObjectWrite write) throws Exception {
    return request(
        "upload " + write.key(),
        () -> {
          uploads++;
          return new Upload(write);
        });
  }

  private final class Upload implements ObjectUpload {
    private final ObjectWrite write;
    private final NavigableMap<Integer, byte[]> parts = new TreeMap<>();

    Upload(ObjectWrite write) {
      this.write = write;
    }

    @Override
    public void part(int number, byte[] bytes, int count, boolean last) throws Exception {
      byte[] content = Arrays.copyOf(bytes, count);
      request("part " + write.key(), () -> parts.put(number, content));
    }

    @Override
    public void complete(int count, long size) throws Exception {
      request(
          "complete " + write.key(),
          () -> {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            parts.values().forEach(all::writeBytes);
            if (parts.size() != count || all.size() != size) {
              throw new IllegalStateException("parts are missing");
            }
            return store(write, all.toByteArray());
          });
    }

    @Override
    public void abort() throws Exception {
      request("abort " + write.key(), () -> aborted++);
    }
  }

  @Override
  public void delete(String key) throws Exception {
    request(
        "delete " + key,
        () -> {
          if (objects.remove(key) == null) {
            throw new Failure(Problem.Kind.NOT_FOUND);
          }
          return null;
        });
  }

  @Override
  public Problem explain(Throwable error) {
    return error instanceof Failure failure
        ? new Problem(failure.kind, "as told")
        : new Problem(Problem.Kind.OTHER, String.valueOf(error.getMessage()));
  }

  @Override
  public ObjectLimits limits() {
    return new ObjectLimits(PART, 2, 20, patience, patience);
  }

  @Override
  public void close() {}
}
