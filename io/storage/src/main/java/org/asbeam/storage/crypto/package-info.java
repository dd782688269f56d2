/**
 * Keys of encrypted backups: where a key comes from, how it becomes an AES key, and how a backup
 * knows its key again. Nothing here prints, stores or serialises key material.
 */
package org.asbeam.storage.crypto;
