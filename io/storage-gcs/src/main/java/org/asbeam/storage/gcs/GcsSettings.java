package org.asbeam.storage.gcs;

import java.net.URI;
import java.util.Optional;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.remote.Patience;
import org.asbeam.storage.remote.SettingsReader;

/**
 * How Google Cloud Storage is reached and used.
 *
 * @param endpoint of the service, without a slash at its end
 * @param overridden whether that is another than Google's own
 * @param key the path of a key in JSON, or a reference to one; empty: the surroundings' credentials
 * @param chunkBytes what one request of an upload carries, a multiple of {@link #CHUNK_UNIT}. An
 *     open file takes twice as much memory: what is on its way, and what is filled meanwhile
 * @param checksum whether CRC32Cs go with what is written
 * @param connections the most at a time
 * @param patience with requests; its limit is that of one request
 * @param readPatience with bodies that break off
 */
record GcsSettings(
    String endpoint,
    boolean overridden,
    Optional<String> key,
    int chunkBytes,
    boolean checksum,
    int connections,
    Patience patience,
    Patience readPatience) {
  static final String KEY = "gcp-key-path";
  static final String ENDPOINT = "gcp-endpoint-override";
  static final String CHUNK_SIZE = "gcp-chunk-size";
  static final String CHECKSUM = "gcp-calculate-checksum";
  static final String CONNECTIONS = "gcp-max-conns-per-host";
  static final String REQUEST_TIMEOUT = "gcp-request-timeout";
  static final String ATTEMPTS = "gcp-retry-max-attempts";
  static final String FIRST_PAUSE = "gcp-retry-init-backoff";
  static final String LONGEST_PAUSE = "gcp-retry-max-backoff";
  static final String MULTIPLIER = "gcp-retry-backoff-multiplier";
  static final String READ_ATTEMPTS = "gcp-retry-read-max-attempts";
  static final String READ_PAUSE = "gcp-retry-read-backoff";

  /** All chunks but the last one must be a multiple of it: the protocol of resumable uploads. */
  static final int CHUNK_UNIT = 256 << 10;

  /** Regional endpoints and those of private networks, too. */
  private static final String GOOGLES_HOSTS = ".googleapis.com";

  static final String GOOGLE = "https://storage.googleapis.com";

  /** asbackup's. */
  static final int DEFAULT_CHUNK = 5 << 20;

  /** Twice as much must fit into a heap. */
  static final int LARGEST_CHUNK = 512 << 20;

  static final int DEFAULT_CONNECTIONS = 64;

  /** What absctl's users write at the end of an endpoint. */
  private static final String API = "/storage/v1";

  /**
   * @throws IllegalArgumentException telling all that can't be so, in one line
   */
  static GcsSettings of(StoreSettings settings) {
    SettingsReader reader = new SettingsReader(settings);
    Optional<URI> override = reader.endpoint(ENDPOINT);
    int chunk = reader.number(CHUNK_SIZE, DEFAULT_CHUNK, 1, LARGEST_CHUNK);
    boolean checksum = reader.flag(CHECKSUM, true);
    int connections = reader.number(CONNECTIONS, DEFAULT_CONNECTIONS, 1, Integer.MAX_VALUE);
    Patience requests =
        reader.requests(
            ATTEMPTS,
            FIRST_PAUSE,
            LONGEST_PAUSE,
            MULTIPLIER,
            reader.requestTimeout(REQUEST_TIMEOUT));
    Patience reading = reader.reading("gcp", requests);
    reader.finish();
    return new GcsSettings(
        override.map(GcsSettings::withoutApi).orElse(GOOGLE),
        override.isPresent(),
        settings.get(KEY),
        (chunk + CHUNK_UNIT - 1) / CHUNK_UNIT * CHUNK_UNIT,
        checksum,
        connections,
        requests,
        reading);
  }

  private static String withoutApi(URI endpoint) {
    String text = withoutSlashes(endpoint.toString());
    return text.endsWith(API)
        ? withoutSlashes(text.substring(0, text.length() - API.length()))
        : text;
  }

  private static String withoutSlashes(String text) {
    return text.replaceFirst("/+$", "");
  }

  /**
   * Whether requests go without a token: to a test server or a look-alike, for which no key is set.
   * The surroundings' credentials are for Google's hosts only.
   */
  boolean isAnonymous() {
    return overridden && key.isEmpty() && !URI.create(endpoint).getHost().endsWith(GOOGLES_HOSTS);
  }

  /** Names no secret: the key may be one. */
  @Override
  public String toString() {
    return "settings of " + endpoint;
  }
}
