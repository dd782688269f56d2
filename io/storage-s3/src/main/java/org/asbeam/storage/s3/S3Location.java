package org.asbeam.storage.s3;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asbeam.storage.StoreException;

/**
 * A folder in a bucket. It is taken literally: what looks like an escape of URLs is part of a name.
 *
 * @param bucket its name
 * @param root what the keys of the folder's files begin with: empty, or ending in {@code /}
 * @param text the folder as a person writes it, without a slash at its end
 */
record S3Location(String bucket, String root, String text) {
  private static final Pattern SCHEME =
      Pattern.compile("(s3[an]?):(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** What names of buckets, and the aliases of access points, are made of. */
  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  static boolean handles(String location) {
    return SCHEME.matcher(location).matches();
  }

  /**
   * @throws StoreException of kind OTHER that says what to write instead
   */
  static S3Location parse(String location) throws StoreException {
    Matcher matcher = SCHEME.matcher(location);
    if (!matcher.matches()) {
      throw refused(location, "is no location of S3: write s3://BUCKET/FOLDER");
    }
    String scheme = matcher.group(1);
    String rest = matcher.group(2);
    if (!rest.startsWith("//")) {
      throw refused(location, "names no bucket: write " + scheme + "://BUCKET/FOLDER");
    }
    int slash = rest.indexOf('/', 2);
    String bucket = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
    String path = slash < 0 ? "" : withoutSlashes(rest.substring(slash + 1));
    if (bucket.isEmpty()) {
      throw refused(location, "names no bucket: write " + scheme + "://BUCKET/FOLDER");
    }
    if (bucket.indexOf('@') >= 0) {
      // Keys in front of an @ are what some tools take, and nothing to be repeated in messages.
      throw refused(
          scheme + "://...@" + bucket.substring(bucket.lastIndexOf('@') + 1),
          "has credentials in it: give them as s3-access-key-id and s3-secret-access-key");
    }
    if (!BUCKET.matcher(bucket).matches()) {
      throw refused(
          location,
          "'"
              + bucket
              + "' is no name of a bucket: it has letters, digits, dots and hyphens; write "
              + scheme
              + "://BUCKET/FOLDER");
    }
    if (path.isEmpty()) {
      return new S3Location(bucket, "", scheme + "://" + bucket);
    }
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf('\0') >= 0) {
        throw refused(
            location,
            "has the part '"
                + part.replace("\0", "\\0")
                + "' in its folder: write it without empty parts, . and ..");
      }
    }
    return new S3Location(bucket, path + "/", scheme + "://" + bucket + "/" + path);
  }

  private static String withoutSlashes(String path) {
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  private static StoreException refused(String location, String what) {
    String line = location.replaceAll("\\p{Cntrl}", "?");
    return new StoreException(StoreException.Kind.OTHER, line, what, null);
  }
}
