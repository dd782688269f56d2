package org.asbeam.connectors;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Serializable;
import org.asbeam.storage.CodecException;
import org.asbeam.storage.Decryption;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.Stores;
import org.asbeam.storage.crypto.KeyReference;
import org.asbeam.storage.journal.BackupContents;
import org.asbeam.storage.secrets.Secrets;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How the steps of a pipeline read backup folders; travels with them.
 *
 * @param stores what the folders' stores are opened with; its Secret Agent is asked for the key too
 * @param key where the key of encrypted backups is; null: there is none
 */
record BackupAccess(StoreAccess stores, @Nullable KeyReference key) implements Serializable {
  /** Of plain backups, with the defaults. */
  static final BackupAccess DEFAULT = new BackupAccess(StoreAccess.DEFAULT, null);

  BackupAccess withStores(StoreAccess access) {
    return new BackupAccess(requireNonNull(access, "access"), key);
  }

  BackupAccess withKey(KeyReference reference) {
    return new BackupAccess(stores, requireNonNull(reference, "key"));
  }

  /** Opens a backup folder; to be closed by the caller. */
  Store open(String directory) throws IOException {
    return Stores.open(directory, stores);
  }

  /**
   * Looks at a backup to read the text in it.
   *
   * @throws CodecException if the key is missing or wrong
   */
  BackupContents contents(Store store) throws IOException {
    Decryption decryption =
        key == null ? Decryption.none() : Decryption.of(key.resolveAll(Secrets.of(stores.agent())));
    return BackupContents.of(store, decryption);
  }
}
