package org.asbeam.connectors;

import java.io.Serializable;
import java.util.regex.Pattern;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.display.HasDisplayData;
import org.asbeam.storage.Compression;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.crypto.EncryptionSpec;

/**
 * How and where backup files are written. Start from {@link #of} and change parts by the {@code
 * with} methods.
 *
 * @param directory the backup folder, a path or URI
 * @param prefix what the names of files begin with, of letters, digits and {@code ._-}; empty: the
 *     namespace
 * @param fileLimit a file of this many stored bytes or more is followed by the next one; 0: no
 *     limit
 * @param compression of the files
 * @param encryption of the files
 * @param stores what the folder's store is opened with; its Secret Agent is asked for the key too
 */
public record AsbFileSpec(
    String directory,
    String prefix,
    long fileLimit,
    Compression compression,
    EncryptionSpec encryption,
    StoreAccess stores)
    implements HasDisplayData, Serializable {
  /** asbackup's: 250 MiB. */
  public static final long DEFAULT_FILE_LIMIT = 250L << 20;

  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]*");

  /** Tools take files with such names for those of secondary indexes and UDFs. */
  private static final String RESERVED = "metadata_";

  /**
   * @throws IllegalArgumentException if a part is out of its range
   */
  public AsbFileSpec {
    if (directory.isBlank()) {
      throw new IllegalArgumentException("the backup folder has no name: give a path or URI");
    }
    if (!PREFIX.matcher(prefix).matches() || prefix.startsWith(RESERVED)) {
      throw new IllegalArgumentException(
          "a file prefix is of letters, digits, '.', '_' and '-', and doesn't begin with '"
              + RESERVED
              + "': '"
              + prefix
              + "'");
    }
    if (fileLimit < 0) {
      throw new IllegalArgumentException("a file limit of " + fileLimit + " bytes");
    }
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("directory", directory).withLabel("Backup folder"));
    builder.addIfNotDefault(DisplayData.item("filePrefix", prefix).withLabel("File prefix"), "");
    builder.add(DisplayData.item("fileLimit", fileLimit).withLabel("File limit (bytes)"));
    builder.add(DisplayData.item("compression", compression.toString()).withLabel("Compression"));
    builder.add(DisplayData.item("encryption", encryption.mode().name()).withLabel("Encryption"));
  }

  /** Plain files of the usual size. */
  public static AsbFileSpec of(String directory) {
    return new AsbFileSpec(
        directory,
        "",
        DEFAULT_FILE_LIMIT,
        Compression.NONE,
        EncryptionSpec.NONE,
        StoreAccess.DEFAULT);
  }

  public AsbFileSpec withPrefix(String start) {
    return new AsbFileSpec(directory, start, fileLimit, compression, encryption, stores);
  }

  public AsbFileSpec withFileLimit(long bytes) {
    return new AsbFileSpec(directory, prefix, bytes, compression, encryption, stores);
  }

  public AsbFileSpec withCompression(Compression codec) {
    return new AsbFileSpec(directory, prefix, fileLimit, codec, encryption, stores);
  }

  /** The key is looked for by the workers. */
  public AsbFileSpec withEncryption(EncryptionSpec how) {
    return new AsbFileSpec(directory, prefix, fileLimit, compression, how, stores);
  }

  public AsbFileSpec withStoreAccess(StoreAccess access) {
    return new AsbFileSpec(directory, prefix, fileLimit, compression, encryption, access);
  }
}
