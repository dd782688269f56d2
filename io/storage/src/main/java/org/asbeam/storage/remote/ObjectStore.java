package org.asbeam.storage.remote;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.asbeam.storage.Archive;
import org.asbeam.storage.FileSizes;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreNames;
import org.asbeam.storage.StoreOutput;
import org.asbeam.storage.StoredFile;

/**
 * A folder in a bucket of an object store: the contract of {@link Store} over an {@link
 * ObjectClient}.
 *
 * <p>An object is seen when it is whole, so files have their final names from the start and nothing
 * is renamed. Exclusive is what the store's own condition makes so. A request whose answer was lost
 * may have had its effect: when it is made again and finds an object, the object's token tells
 * whether it is our own.
 */
public final class ObjectStore implements Store {
  private final ObjectClient client;
  private final Calls calls;
  private final String location;
  private final String root;

  /**
   * @param client is closed with the store
   * @param location the folder as a person writes it, without a slash at its end
   * @param root what the keys of the folder's files begin with: empty, or ending in {@code /}
   */
  public ObjectStore(ObjectClient client, String location, String root) {
    if (!root.isEmpty() && !root.endsWith("/")) {
      throw new IllegalArgumentException("'" + root + "' is no folder: it must end in /");
    }
    this.client = client;
    this.calls = new Calls(client::explain);
    this.location = location;
    this.root = root;
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public StoreOutput create(String name) throws StoreException {
    return createWhole(name, false);
  }

  @Override
  public StoreOutput createWhole(String name, boolean replace) throws StoreException {
    String key = key(name);
    if (!replace && infoOf(name, "could not be created").isPresent()) {
      throw new StoreException(
          StoreException.Kind.EXISTS, path(name), "there is one of that name already", null);
    }
    return new ObjectOutput(this, name, new ObjectWrite(key, !replace, newToken(), true));
  }

  @Override
  public boolean putIfAbsent(String name, byte[] content) throws StoreException {
    return write(name, new ObjectWrite(key(name), true, newToken(), false), content);
  }

  @Override
  public void put(String name, byte[] content) throws StoreException {
    write(name, new ObjectWrite(key(name), false, newToken(), false), content);
  }

  private boolean write(String name, ObjectWrite write, byte[] content) throws StoreException {
    return unlessLost(
        name,
        write,
        () ->
            call(
                name,
                "could not be written",
                () -> {
                  client.put(write, content, content.length);
                  return null;
                }));
  }

  /** Something that may find another's object in its place. */
  @FunctionalInterface
  interface Step {
    void run() throws StoreException;
  }

  /**
   * Writes, and tells whether what is there then is what was written.
   *
   * @return false: another writer was faster
   */
  boolean unlessLost(String name, ObjectWrite write, Step step) throws StoreException {
    try {
      step.run();
      return true;
    } catch (StoreException e) {
      boolean lostAnswer =
          e.kind() == StoreException.Kind.EXISTS || e.kind() == StoreException.Kind.NOT_FOUND;
      if (!lostAnswer) {
        throw e;
      }
      Optional<ObjectInfo> there = infoOf(name, "could not be written");
      if (there.isPresent() && there.get().token().equals(write.token())) {
        return true;
      }
      // An upload that is gone may have ended where another's object was in its place.
      if (write.exclusive() && (e.kind() == StoreException.Kind.EXISTS || there.isPresent())) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public byte[] get(String name) throws StoreException {
    try (RemoteInput in = open(name, 0, "")) {
      FileSizes.checkSmall(path(name), in.size());
      return in.readNBytes((int) in.size());
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException(path(name), e);
    }
  }

  @Override
  public InputStream read(String name, long position) throws StoreException {
    if (position == 0) {
      return open(name, 0, "");
    }
    ObjectInfo info = info(name);
    FileSizes.checkPosition(path(name), info.size(), position);
    return position == info.size()
        ? InputStream.nullInputStream()
        : open(name, position, info.version());
  }

  @Override
  public long size(String name) throws StoreException {
    return info(name).size();
  }

  @Override
  public List<StoredFile> list(String folder) throws StoreException {
    String prefix = prefix(folder);
    List<StoredFile> files = new ArrayList<>();
    for (ObjectPage page : pages(folder, prefix)) {
      for (ObjectPage.Entry entry : page.objects()) {
        // Consoles make an empty object of the folder's own name.
        if (!entry.key().equals(prefix)) {
          files.add(new StoredFile(name(entry.key()), entry.size(), false));
        }
      }
      for (String inside : page.prefixes()) {
        String name = name(inside.substring(0, inside.length() - 1));
        if (!inside.equals(prefix + "/")) {
          files.add(new StoredFile(name, 0, true));
        }
      }
    }
    files.sort(Comparator.comparing(StoredFile::name));
    return List.copyOf(files);
  }

  /** What the keys of a folder's files begin with. */
  private String prefix(String folder) throws StoreException {
    String below = StoreNames.folder(this, folder);
    return root + (below.isEmpty() ? "" : below + "/");
  }

  private List<ObjectPage> pages(String folder, String prefix) throws StoreException {
    List<ObjectPage> pages = new ArrayList<>();
    String next = "";
    do {
      String page = next;
      ObjectPage got = call(folder, "could not be listed", () -> client.list(prefix, page));
      pages.add(got);
      next = got.next();
    } while (!next.isEmpty());
    return pages;
  }

  @Override
  public void delete(String name) throws StoreException {
    String key = key(name);
    try {
      call(
          name,
          "could not be deleted",
          () -> {
            client.delete(key);
            return null;
          });
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.NOT_FOUND) {
        throw e;
      }
    }
  }

  @Override
  public long largestFile() {
    return client.limits().largestObject();
  }

  @Override
  public Optional<Archive> archive() {
    return client.archive().map(archive -> new StoreArchive(this, archive));
  }

  @Override
  public void close() {
    client.close();
  }

  ObjectClient client() {
    return client;
  }

  <T> T call(String name, String doing, Calls.Call<T> call) throws StoreException {
    return calls.run(client.limits().requests(), path(name), doing, call);
  }

  /** Gives an upload up, with little patience: whoever does that has failed already. */
  void giveUp(String name, ObjectUpload upload) throws StoreException {
    calls.run(
        client.limits().requests().brief(),
        path(name),
        "could not be given up",
        () -> {
          upload.abort();
          return null;
        });
  }

  /** Opens an object, to be read on where it breaks off. */
  private RemoteInput open(String name, long position, String version) throws StoreException {
    String key = key(name);
    return RemoteInput.open(
        calls,
        client.limits().requests(),
        client.limits().reading(),
        path(name),
        position,
        (from, of) -> client.read(key, from, of.isEmpty() ? version : of));
  }

  private ObjectInfo info(String name) throws StoreException {
    return infoOf(name, "could not be read")
        .orElseThrow(
            () ->
                new StoreException(
                    StoreException.Kind.NOT_FOUND,
                    path(name),
                    "could not be read: there is no such file or folder",
                    null));
  }

  Optional<ObjectInfo> infoOf(String name, String doing) throws StoreException {
    String key = key(name);
    return call(name, doing, () -> client.info(key));
  }

  /** Where a file is, as a person writes it. */
  String path(String name) {
    return name.isEmpty() ? location : location + "/" + name;
  }

  String key(String name) throws StoreException {
    return root + StoreNames.file(this, name);
  }

  private String name(String key) {
    return key.substring(root.length());
  }

  private static String newToken() {
    return UUID.randomUUID().toString();
  }

  /** The files directly in a folder that are of an archive's class. */
  List<String> filesOfArchiveClass(String folder) throws StoreException {
    String prefix = prefix(folder);
    List<String> names = new ArrayList<>();
    for (ObjectPage page : pages(folder, prefix)) {
      for (ObjectPage.Entry entry : page.objects()) {
        if (entry.archived() && !entry.key().equals(prefix)) {
          names.add(name(entry.key()));
        }
      }
    }
    return names;
  }
}
