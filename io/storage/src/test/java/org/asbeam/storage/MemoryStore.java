package org.asbeam.storage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A store in memory, for tests; it keeps the contract. */
public final class MemoryStore implements Store {
  private static final byte[] OPEN = new byte[0];

  private final TreeMap<String, byte[]> files = new TreeMap<>();

  @Override
  public String location() {
    return "memory:/store";
  }

  @Override
  public synchronized StoreOutput create(String name) throws StoreException {
    if (files.putIfAbsent(StoreNames.file(this, name), OPEN) != null) {
      throw exists(name);
    }
    return new Output(name);
  }

  @Override
  public synchronized StoreOutput createWhole(String name, boolean replace) throws StoreException {
    if (!replace && files.containsKey(StoreNames.file(this, name))) {
      throw exists(name);
    }
    return new Output(name) {
      @Override
      public void commit() throws StoreException {
        publish(name, content(), replace);
      }

      @Override
      public void close() {}
    };
  }

  private synchronized void publish(String name, byte[] content, boolean replace)
      throws StoreException {
    if (replace) {
      files.put(name, content);
    } else if (files.putIfAbsent(name, content) != null) {
      throw exists(name);
    }
  }

  private StoreException exists(String name) {
    return new StoreException(
        StoreException.Kind.EXISTS, path(name), "there is one of that name already", null);
  }

  @Override
  public synchronized boolean putIfAbsent(String name, byte[] content) throws StoreException {
    return files.putIfAbsent(StoreNames.file(this, name), content.clone()) == null;
  }

  @Override
  public synchronized void put(String name, byte[] content) throws StoreException {
    files.put(StoreNames.file(this, name), content.clone());
  }

  @Override
  public synchronized byte[] get(String name) throws StoreException {
    byte[] content = files.get(StoreNames.file(this, name));
    if (content == null) {
      throw new StoreException(
          StoreException.Kind.NOT_FOUND, path(name), "there is no such file", null);
    }
    return content.clone();
  }

  @Override
  public InputStream read(String name, long position) throws StoreException {
    byte[] content = get(name);
    if (position < 0 || position > content.length) {
      throw new StoreException(
          StoreException.Kind.OTHER, path(name), "has no byte " + position, null);
    }
    return new ByteArrayInputStream(content, (int) position, content.length - (int) position);
  }

  @Override
  public long size(String name) throws StoreException {
    return get(name).length;
  }

  @Override
  public synchronized List<StoredFile> list(String folder) throws StoreException {
    String prefix = StoreNames.folder(this, folder).isEmpty() ? "" : folder + "/";
    TreeMap<String, StoredFile> found = new TreeMap<>();
    files.forEach(
        (name, content) -> {
          if (name.startsWith(prefix)) {
            int slash = name.indexOf('/', prefix.length());
            String entry = slash < 0 ? name : name.substring(0, slash);
            found.put(entry, new StoredFile(entry, slash < 0 ? content.length : 0, slash >= 0));
          }
        });
    return new ArrayList<>(found.values());
  }

  @Override
  public synchronized void delete(String name) throws StoreException {
    files.remove(StoreNames.file(this, name));
  }

  @Override
  public void close() {}

  private String path(String name) {
    return location() + "/" + name;
  }

  private synchronized void end(String name, byte[] content) {
    if (content == null) {
      files.remove(name);
    } else {
      files.put(name, content);
    }
  }

  private class Output implements StoreOutput {
    private final String name;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean ended;

    Output(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void write(byte[] from, int offset, int count) {
      checkOpen();
      bytes.write(from, offset, count);
    }

    @Override
    public long position() {
      return bytes.size();
    }

    @Override
    public void commit() throws StoreException {
      checkOpen();
      ended = true;
      end(name, content());
    }

    byte[] content() {
      return bytes.toByteArray();
    }

    @Override
    public void close() {
      if (!ended) {
        ended = true;
        end(name, null);
      }
    }

    private void checkOpen() {
      if (ended) {
        throw new IllegalStateException(name + " is closed");
      }
    }
  }
}
