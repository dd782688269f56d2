package org.asbeam.storage.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;

/**
 * The manifest as a file, with its second copy.
 *
 * <p>The file is the manifest's JSON and one more line, {@code #crc32c xxxxxxxx}: the CRC32C of all
 * bytes before that line, in eight hex digits. When the first copy is missing or damaged the second
 * one counts.
 */
public final class ManifestFile {
  /** The name that makes a folder a finished backup. */
  public static final String NAME = "backup.manifest.json";

  /** Its second copy. */
  public static final String COPY = BackupFolder.HIDDEN + "/manifest-copy.json";

  private static final String MARK = "#crc32c ";

  private ManifestFile() {}

  /**
   * The manifest of a folder.
   *
   * @return empty if there is none in either place
   * @throws IOException if what there is is damaged, in both places
   */
  public static Optional<Manifest> read(Store store) throws IOException {
    IOException damage = null;
    for (String name : new String[] {NAME, COPY}) {
      byte[] bytes;
      try {
        bytes = store.get(name);
      } catch (StoreException e) {
        if (e.kind() == StoreException.Kind.NOT_FOUND) {
          if (name.equals(NAME) && !committed(store)) {
            return Optional.empty();
          }
          continue;
        }
        throw e;
      }
      try {
        return Optional.of(parse(bytes, store.location() + "/" + name));
      } catch (DamagedManifestException e) {
        damage = e;
      }
    }
    if (damage != null) {
      throw damage;
    }
    return Optional.empty();
  }

  /** Whether a run has committed: the first copy is there, and is that run's. */
  public static boolean isOf(Store store, String runId) throws IOException {
    try {
      return parse(store.get(NAME), store.location() + "/" + NAME).runId().equals(runId);
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  /** What is wrong with either copy of the manifest, one line each; for verification. */
  public static List<String> damages(Store store) throws IOException {
    List<String> damages = new ArrayList<>();
    for (String name : new String[] {NAME, COPY}) {
      try {
        parse(store.get(name), store.location() + "/" + name);
      } catch (DamagedManifestException e) {
        damages.add(e.getMessage());
      } catch (StoreException e) {
        if (e.kind() != StoreException.Kind.NOT_FOUND) {
          throw e;
        }
        damages.add(e.path() + ": is missing; the other copy of the manifest is read instead");
      }
    }
    return damages;
  }

  static void writeCopy(Store store, Manifest manifest) throws StoreException {
    store.put(COPY, toBytes(manifest));
  }

  static void write(Store store, Manifest manifest) throws StoreException {
    store.put(NAME, toBytes(manifest));
  }

  /** Both copies, each unless it is there: for stores that let nothing be written twice. */
  static void writeOnce(Store store, Manifest manifest) throws StoreException {
    store.putIfAbsent(COPY, toBytes(manifest));
    store.putIfAbsent(NAME, toBytes(manifest));
  }

  /** The copy is written before the guard goes: without the guard it stands for a lost manifest. */
  private static boolean committed(Store store) throws StoreException {
    return !BackupFolder.isGuarded(store);
  }

  static byte[] toBytes(Manifest manifest) {
    byte[] json = Json.write(manifest);
    byte[] line = (MARK + checksum(json, json.length) + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = Arrays.copyOf(json, json.length + line.length);
    System.arraycopy(line, 0, bytes, json.length, line.length);
    return bytes;
  }

  static Manifest parse(byte[] bytes, String path) throws IOException {
    int lineLength = MARK.length() + 8 + 1;
    int jsonLength = bytes.length - lineLength;
    String line =
        jsonLength < 0 ? "" : new String(bytes, jsonLength, lineLength, StandardCharsets.US_ASCII);
    if (!line.startsWith(MARK)) {
      throw new DamagedManifestException(
          path + ": the manifest is damaged: it does not end with its checksum");
    }
    String stored = line.substring(MARK.length()).strip();
    String computed = checksum(bytes, jsonLength);
    if (!stored.equals(computed)) {
      throw new DamagedManifestException(
          path + ": the manifest is damaged: checksum " + computed + ", it says " + stored);
    }
    Manifest manifest = Json.read(Arrays.copyOf(bytes, jsonLength), Manifest.class);
    if (manifest.formatVersion() > Manifest.FORMAT_VERSION) {
      throw new IOException(
          path
              + ": made by asbeam "
              + manifest.tool()
              + ", which is newer than this one: use that version");
    }
    return manifest;
  }

  private static String checksum(byte[] bytes, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, count);
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }
}
