package org.asbeam.transforms.work;

import java.io.IOException;
import java.util.function.Consumer;
import org.asbeam.storage.BlockIndex;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;

/** Checks what no block shows: a file's size, and the bytes behind its last block. */
final class FileBounds {
  private FileBounds() {}

  static void check(Store store, BlockIndex index, Consumer<String> findings) throws IOException {
    String path = store.location() + "/" + index.file();
    long size;
    try {
      size = store.size(index.file());
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        // Reading the first block says so.
        return;
      }
      throw e;
    }
    if (size != index.storedBytes()) {
      findings.accept(
          path + ": has " + size + " bytes, but " + index.storedBytes() + " were written");
    }
  }
}
