package org.asbeam.storage.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * An answer that was read whole.
 *
 * @param status of HTTP
 * @param headers with names in small letters
 */
record GcsAnswer(int status, Map<String, String> headers, byte[] body) {
  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** A header; empty if there is none. */
  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  JsonNode json() throws IOException {
    return GcsJson.parse(body);
  }
}
