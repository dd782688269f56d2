package org.asbeam.transforms.work;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreOutput;
import org.asbeam.storage.StoredFile;

/**
 * A store in memory that can die: after a number of changes it throws at every call, having done
 * the last one or not. What was being written stays under its name, cut, as after a {@code kill
 * -9}.
 */
final class MemoryStore implements Store {
  /** The process is gone: nothing of it runs on. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final TreeMap<String, byte[]> files;
  private final Random chance;
  private int changesLeft;

  private MemoryStore(TreeMap<String, byte[]> files, int changesLeft, Random chance) {
    this.files = files;
    this.changesLeft = changesLeft;
    this.chance = chance;
  }

  static MemoryStore empty() {
    return new MemoryStore(new TreeMap<>(), Integer.MAX_VALUE, new Random(0));
  }

  /** The same files for the next process, which dies after some changes. */
  MemoryStore dyingAfter(int changes, Random random) {
    return new MemoryStore(files, changes, random);
  }

  MemoryStore immortal() {
    return new MemoryStore(files, Integer.MAX_VALUE, chance);
  }

  TreeMap<String, byte[]> files() {
    return files;
  }

  private void change(Runnable effect) {
    if (changesLeft <= 0) {
      throw new Crash();
    }
    if (--changesLeft == 0) {
      if (chance.nextBoolean()) {
        effect.run();
      }
      throw new Crash();
    }
    effect.run();
  }

  private void look() {
    if (changesLeft <= 0) {
      throw new Crash();
    }
  }

  @Override
  public String location() {
    return "memory";
  }

  @Override
  public StoreOutput create(String name) throws StoreException {
    look();
    if (files.containsKey(name)) {
      throw new StoreException(StoreException.Kind.EXISTS, name, "is there", null);
    }
    change(() -> files.put(name, new byte[0]));
    return new Output(name);
  }

  @Override
  public StoreOutput createWhole(String name, boolean replace) {
    throw new UnsupportedOperationException("no run in a folder asks for it");
  }

  @Override
  public boolean putIfAbsent(String name, byte[] content) {
    look();
    if (files.containsKey(name)) {
      return false;
    }
    change(() -> files.put(name, content));
    return true;
  }

  @Override
  public void put(String name, byte[] content) {
    change(() -> files.put(name, content));
  }

  @Override
  public byte[] get(String name) throws StoreException {
    look();
    byte[] content = files.get(name);
    if (content == null) {
      throw new StoreException(StoreException.Kind.NOT_FOUND, name, "is not there", null);
    }
    return content;
  }

  @Override
  public InputStream read(String name, long position) throws StoreException {
    byte[] content = get(name);
    int from = Math.toIntExact(position);
    return new ByteArrayInputStream(content, from, content.length - from);
  }

  @Override
  public long size(String name) throws StoreException {
    return get(name).length;
  }

  @Override
  public List<StoredFile> list(String folder) {
    look();
    String prefix = folder.isEmpty() ? "" : folder + "/";
    List<StoredFile> entries = new ArrayList<>();
    TreeSet<String> folders = new TreeSet<>();
    files.forEach(
        (name, content) -> {
          if (name.startsWith(prefix)) {
            int slash = name.indexOf('/', prefix.length());
            if (slash < 0) {
              entries.add(new StoredFile(name, content.length, false));
            } else if (folders.add(name.substring(0, slash))) {
              entries.add(new StoredFile(name.substring(0, slash), 0, true));
            }
          }
        });
    return entries;
  }

  @Override
  public void delete(String name) {
    change(() -> files.remove(name));
  }

  @Override
  public void close() {
    // The files are the next process's.
  }

  private final class Output implements StoreOutput {
    private final String name;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean committed;

    private Output(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void write(byte[] from, int offset, int count) {
      change(
          () -> {
            bytes.write(from, offset, count);
            // A cut file: only half of the bytes have come to rest.
            byte[] all = bytes.toByteArray();
            files.put(name, java.util.Arrays.copyOf(all, all.length / 2));
          });
    }

    @Override
    public long position() {
      return bytes.size();
    }

    @Override
    public void commit() {
      change(() -> files.put(name, bytes.toByteArray()));
      committed = true;
    }

    @Override
    public void close() {
      if (!committed && changesLeft > 0) {
        files.remove(name);
      }
    }
  }
}
