package org.asbeam.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreOutput;
import org.asbeam.storage.StoredFile;

/**
 * A folder whose big files go nowhere: of a file that was {@linkplain #create created} only the
 * size is kept. Small files, the journal and the manifest, are kept in memory.
 */
public final class NullStore implements Store {
  private static final byte[] GONE = new byte[0];

  private record Entry(byte[] content, long size) {}

  private final Map<String, Entry> files = new ConcurrentSkipListMap<>();

  @Override
  public String location() {
    return "nowhere";
  }

  @Override
  public StoreOutput create(String name) throws StoreException {
    if (files.putIfAbsent(name, new Entry(GONE, 0)) != null) {
      throw new StoreException(StoreException.Kind.EXISTS, name, "there is such a file", null);
    }
    return new Output(name);
  }

  @Override
  public StoreOutput createWhole(String name, boolean replace) {
    throw new UnsupportedOperationException("no benchmark writes a single file");
  }

  @Override
  public boolean putIfAbsent(String name, byte[] content) {
    return files.putIfAbsent(name, new Entry(content, content.length)) == null;
  }

  @Override
  public void put(String name, byte[] content) {
    files.put(name, new Entry(content, content.length));
  }

  @Override
  public byte[] get(String name) throws StoreException {
    Entry entry = entry(name);
    if (entry.content().length < entry.size()) {
      throw new StoreException(
          StoreException.Kind.OTHER, name, "what was written went nowhere", null);
    }
    return entry.content();
  }

  @Override
  public InputStream read(String name, long position) throws StoreException {
    byte[] content = get(name);
    int from = Math.toIntExact(position);
    return new ByteArrayInputStream(content, from, content.length - from);
  }

  @Override
  public long size(String name) throws StoreException {
    return entry(name).size();
  }

  @Override
  public List<StoredFile> list(String folder) {
    String start = folder.isEmpty() ? "" : folder + "/";
    List<StoredFile> found = new ArrayList<>();
    TreeSet<String> folders = new TreeSet<>();
    files.forEach(
        (name, entry) -> {
          if (name.startsWith(start)) {
            int slash = name.indexOf('/', start.length());
            if (slash < 0) {
              found.add(new StoredFile(name, entry.size(), false));
            } else if (folders.add(name.substring(0, slash))) {
              found.add(new StoredFile(name.substring(0, slash), 0, true));
            }
          }
        });
    return found;
  }

  @Override
  public void delete(String name) {
    files.remove(name);
  }

  @Override
  public void close() {
    // The next worker of the run opens the same one.
  }

  private Entry entry(String name) throws StoreException {
    Entry entry = files.get(name);
    if (entry == null) {
      throw new StoreException(StoreException.Kind.NOT_FOUND, name, "there is no such file", null);
    }
    return entry;
  }

  private final class Output implements StoreOutput {
    private final String name;
    private long position;
    private boolean committed;

    private Output(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
      position += count;
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public void commit() {
      files.put(name, new Entry(GONE, position));
      committed = true;
    }

    @Override
    public void close() {
      if (!committed) {
        files.remove(name);
      }
    }
  }
}
