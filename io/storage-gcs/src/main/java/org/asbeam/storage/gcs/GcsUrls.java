package org.asbeam.storage.gcs;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.asbeam.storage.remote.Problem;

/** Addresses of the JSON API for one bucket. */
final class GcsUrls {
  private final String endpoint;
  private final String bucket;

  GcsUrls(String endpoint, String bucket) {
    this.endpoint = endpoint;
    this.bucket = encode(bucket);
  }

  /**
   * @param query names and values in turn, in plain
   */
  URI objects(String... query) {
    return URI.create(endpoint + "/storage/v1/b/" + bucket + "/o" + query(query));
  }

  URI object(String key, String... query) {
    return URI.create(endpoint + "/storage/v1/b/" + bucket + "/o/" + encode(key) + query(query));
  }

  URI uploads(String... query) {
    return URI.create(endpoint + "/upload/storage/v1/b/" + bucket + "/o" + query(query));
  }

  /**
   * The address of an upload session. It is at this endpoint, whatever host the answer names: that
   * may be one that can be reached from inside only.
   *
   * @param location as the store gave it, which is as good as a password
   * @throws GcsProblem if it is no address
   */
  URI session(String location) throws GcsProblem {
    try {
      URI base = URI.create(endpoint);
      URI uri = base.resolve(location);
      return URI.create(
          base.getScheme()
              + "://"
              + base.getRawAuthority()
              + uri.getRawPath()
              + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
    } catch (IllegalArgumentException e) {
      // Without the cause, which shows the address.
      throw new GcsProblem(Problem.Kind.OTHER, "the upload session's address is none");
    }
  }

  private static String query(String... query) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < query.length; i += 2) {
      text.append(i == 0 ? '?' : '&').append(query[i]).append('=').append(encode(query[i + 1]));
    }
    return text.toString();
  }

  /** Percent-encodes all that could mean something in a URL, the slash too. */
  static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c == '-'
              || c == '_'
              || c == '.'
              || c == '~';
      if (plain) {
        encoded.append(c);
      } else {
        encoded.append('%').append(hex(c >> 4)).append(hex(c & 15));
      }
    }
    return encoded.toString();
  }

  private static char hex(int digit) {
    return "0123456789ABCDEF".charAt(digit);
  }
}
