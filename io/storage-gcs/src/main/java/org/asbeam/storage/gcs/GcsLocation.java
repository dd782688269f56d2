package org.asbeam.storage.gcs;

import java.util.List;
import java.util.Locale;
import org.asbeam.storage.StoreException;

/**
 * A folder in a bucket.
 *
 * @param bucket its name
 * @param root what the keys of the folder's files begin with: empty, or ending in {@code /}
 * @param text the location as a person wrote it, without slashes at its end
 */
record GcsLocation(String bucket, String root, String text) {
  /** The second one is what some tools write. */
  static final List<String> SCHEMES = List.of("gs", "gcs");

  /**
   * Takes a location literally: nothing in it is decoded.
   *
   * @throws StoreException of kind OTHER if it names no bucket, or no folder that can be
   */
  static GcsLocation parse(String location) throws StoreException {
    int colon = location.indexOf(':');
    String scheme = location.substring(0, Math.max(colon, 0));
    if (!SCHEMES.contains(scheme.toLowerCase(Locale.ROOT)) || !location.startsWith("://", colon)) {
      throw refused(location, "is no location of a bucket: write gs://BUCKET/FOLDER");
    }
    int start = colon + "://".length();
    int end = location.length();
    while (end > start && location.charAt(end - 1) == '/') {
      end--;
    }
    String path = location.substring(start, end);
    if (path.isEmpty() || path.startsWith("/")) {
      throw refused(location, "names no bucket: write gs://BUCKET/FOLDER");
    }
    if (path.chars().anyMatch(Character::isISOControl)) {
      throw refused("a " + scheme + ": location", "has a control character: write it without");
    }
    int slash = path.indexOf('/');
    if (slash < 0) {
      return new GcsLocation(path, "", location.substring(0, end));
    }
    String folder = path.substring(slash + 1);
    for (String part : folder.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw refused(
            location,
            "has '"
                + part
                + "' between slashes, which names no folder: write the folder's whole path as it"
                + " is stored");
      }
    }
    return new GcsLocation(path.substring(0, slash), folder + "/", location.substring(0, end));
  }

  private static StoreException refused(String location, String why) {
    return new StoreException(StoreException.Kind.OTHER, location, why, null);
  }
}
