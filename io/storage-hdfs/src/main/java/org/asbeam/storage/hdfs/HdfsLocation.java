package org.asbeam.storage.hdfs;

import java.net.URI;
import java.net.URISyntaxException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.asbeam.storage.StoreException;

/**
 * A folder, as a person names it. Nothing of it is URL-decoded: {@code %41} is three characters of
 * a name.
 *
 * @param scheme in small letters
 * @param authority a host with or without a port, a name service or a mount table; empty: that of
 *     the configuration
 * @param folder its path; empty for the top, else with a slash at its begin and none at its end
 */
record HdfsLocation(String scheme, String authority, String folder) {
  private static final Set<String> SCHEMES = Set.of("hdfs", "viewfs", "webhdfs", "swebhdfs");

  static boolean handles(String location) {
    return SCHEMES.contains(schemeOf(location));
  }

  private static String schemeOf(String location) {
    int colon = location.indexOf(':');
    return colon < 0 ? "" : location.substring(0, colon).toLowerCase(Locale.ROOT);
  }

  /**
   * @throws StoreException of kind OTHER, with what to write instead
   */
  static HdfsLocation parse(String location) throws StoreException {
    String scheme = schemeOf(location);
    String rest = location.substring(scheme.length() + 1);
    if (!rest.startsWith("//")) {
      throw wrong(
          location,
          "is no folder: write " + scheme + "://HOST:PORT/FOLDER, or " + scheme + ":///FOLDER");
    }
    int slash = rest.indexOf('/', 2);
    String authority = rest.substring(2, slash < 0 ? rest.length() : slash);
    String folder = slash < 0 ? "" : rest.substring(slash).replaceAll("/+$", "");
    if (authority.isEmpty() && slash < 0) {
      throw wrong(location, "names nothing: write " + scheme + "://HOST:PORT/FOLDER");
    }
    checkAuthority(location, scheme, authority);
    checkFolder(location, folder);
    HdfsLocation parsed = new HdfsLocation(scheme, authority, folder);
    Optional<String> objection = parsed.objection(folder);
    if (objection.isPresent()) {
      throw wrong(location, "can't be a folder: " + objection.get());
    }
    return parsed;
  }

  private static void checkAuthority(String location, String scheme, String authority)
      throws StoreException {
    try {
      URI uri = new URI(scheme + "://" + authority + "/");
      if (uri.getUserInfo() != null) {
        throw wrong(location, "names a user: set --hdfs-user instead");
      }
    } catch (URISyntaxException e) {
      throw wrong(location, "has no host and port: write " + scheme + "://HOST:PORT/FOLDER");
    }
  }

  private static void checkFolder(String location, String folder) throws StoreException {
    if (folder.isEmpty()) {
      return;
    }
    for (String part : folder.substring(1).split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf('\0') >= 0) {
        throw wrong(location, "has '" + part + "' between slashes: write the folder's plain path");
      }
    }
  }

  /**
   * Checks a name for what HDFS takes.
   *
   * @return what is wrong with it; empty: nothing
   */
  Optional<String> objection(String name) {
    if (name.indexOf(':') >= 0) {
      return Optional.of("HDFS takes no colons");
    }
    // Java's own URI composes characters on their way to the web interface.
    if (scheme.endsWith("webhdfs") && !Normalizer.isNormalized(name, Normalizer.Form.NFC)) {
      return Optional.of(
          "the web interface of HDFS takes no accents that are letters of their own");
    }
    return Optional.empty();
  }

  private static StoreException wrong(String location, String what) {
    return new StoreException(StoreException.Kind.OTHER, location, what, null);
  }

  /** Without slashes at its end. */
  @Override
  public String toString() {
    return scheme + "://" + authority + folder;
  }
}
