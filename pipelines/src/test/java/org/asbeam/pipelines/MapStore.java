package org.asbeam.pipelines;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreOutput;
import org.asbeam.storage.StoredFile;

/** A store as a program would write one: files in a map. */
final class MapStore implements Store {
  private final String name;
  private final TreeMap<String, byte[]> files = new TreeMap<>();

  MapStore(String name) {
    this.name = name;
  }

  @Override
  public String location() {
    return "map " + name;
  }

  synchronized List<String> names() {
    return List.copyOf(files.keySet());
  }

  @Override
  public synchronized StoreOutput create(String file) throws StoreException {
    if (!putIfAbsent(file, new byte[0])) {
      throw exists(file);
    }
    return new Output(file);
  }

  @Override
  public synchronized StoreOutput createWhole(String file, boolean replace) throws StoreException {
    if (!replace && files.containsKey(file)) {
      throw exists(file);
    }
    return new Output(file);
  }

  private StoreException exists(String file) {
    return new StoreException(
        StoreException.Kind.EXISTS, name + "/" + file, "is there already", null);
  }

  @Override
  public synchronized boolean putIfAbsent(String file, byte[] content) {
    return files.putIfAbsent(file, content.clone()) == null;
  }

  @Override
  public synchronized void put(String file, byte[] content) {
    files.put(file, content.clone());
  }

  @Override
  public synchronized byte[] get(String file) throws StoreException {
    byte[] content = files.get(file);
    if (content == null) {
      throw new StoreException(
          StoreException.Kind.NOT_FOUND, name + "/" + file, "is not there", null);
    }
    return content.clone();
  }

  @Override
  public InputStream read(String file, long position) throws StoreException {
    byte[] content = get(file);
    return new ByteArrayInputStream(content, (int) position, content.length - (int) position);
  }

  @Override
  public long size(String file) throws StoreException {
    return get(file).length;
  }

  @Override
  public synchronized List<StoredFile> list(String folder) {
    String start = folder.isEmpty() ? "" : folder + "/";
    List<StoredFile> entries = new ArrayList<>();
    String last = "";
    for (var file : files.tailMap(start).entrySet()) {
      if (!file.getKey().startsWith(start)) {
        break;
      }
      int slash = file.getKey().indexOf('/', start.length());
      String entry = slash < 0 ? file.getKey() : file.getKey().substring(0, slash);
      if (!entry.equals(last)) {
        entries.add(new StoredFile(entry, slash < 0 ? file.getValue().length : 0, slash >= 0));
      }
      last = entry;
    }
    return entries;
  }

  @Override
  public synchronized void delete(String file) {
    files.remove(file);
  }

  @Override
  public void close() {
    // The files stay for the next one who opens the store.
  }

  private final class Output implements StoreOutput {
    private final String file;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean committed;

    private Output(String file) {
      this.file = file;
    }

    @Override
    public String name() {
      return file;
    }

    @Override
    public void write(byte[] from, int offset, int count) {
      bytes.write(from, offset, count);
    }

    @Override
    public long position() {
      return bytes.size();
    }

    @Override
    public void commit() {
      committed = true;
      put(file, bytes.toByteArray());
    }

    @Override
    public void close() {
      if (!committed) {
        delete(file);
      }
    }
  }
}
