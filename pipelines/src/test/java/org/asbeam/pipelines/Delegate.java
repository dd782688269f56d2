package org.asbeam.pipelines;

import java.io.InputStream;
import java.util.List;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreOutput;
import org.asbeam.storage.StoredFile;

/** Another store behind it, for tests that change a part. */
class Delegate implements Store {
  private final Store store;

  Delegate(Store store) {
    this.store = store;
  }

  @Override
  public String location() {
    return store.location();
  }

  @Override
  public StoreOutput create(String name) throws StoreException {
    return store.create(name);
  }

  @Override
  public StoreOutput createWhole(String name, boolean replace) throws StoreException {
    return store.createWhole(name, replace);
  }

  @Override
  public boolean putIfAbsent(String name, byte[] content) throws StoreException {
    return store.putIfAbsent(name, content);
  }

  @Override
  public void put(String name, byte[] content) throws StoreException {
    store.put(name, content);
  }

  @Override
  public byte[] get(String name) throws StoreException {
    return store.get(name);
  }

  @Override
  public InputStream read(String name, long position) throws StoreException {
    return store.read(name, position);
  }

  @Override
  public long size(String name) throws StoreException {
    return store.size(name);
  }

  @Override
  public List<StoredFile> list(String folder) throws StoreException {
    return store.list(folder);
  }

  @Override
  public void delete(String name) throws StoreException {
    store.delete(name);
  }

  @Override
  public void close() {
    store.close();
  }
}
