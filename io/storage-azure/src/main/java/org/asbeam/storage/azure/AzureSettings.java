package org.asbeam.storage.azure;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.remote.Patience;
import org.asbeam.storage.remote.SettingsReader;

/**
 * How the Blob service is used; everything but credentials.
 *
 * <p>Memory: a file being written takes {@code partBytes} times {@code partsAtOnce + 1}, at the
 * defaults 10 MiB, and less if it stays smaller; one being read about 0.3 MiB.
 *
 * @param account empty: the location names it
 * @param endpoint the URL of the account's Blob service, without a slash at its end; empty: it
 *     follows from the account
 * @param tier of backup files that are written, and that archived ones are taken out to; empty: the
 *     account's own, and none is taken out
 * @param partBytes the bytes of a block
 * @param partsAtOnce the blocks of one file that are on their way at once
 * @param checksums whether an MD5 goes with what is written
 * @param mostRequests how many requests may be under way at once
 * @param patience with requests
 * @param readPatience with bodies that break off
 * @param pollInterval between two looks at what is taken out of the archive
 */
record AzureSettings(
    Optional<String> account,
    Optional<URI> endpoint,
    Optional<String> tier,
    int partBytes,
    int partsAtOnce,
    boolean checksums,
    int mostRequests,
    Patience patience,
    Patience readPatience,
    Duration pollInterval) {
  static final String ACCOUNT_NAME = "azure-account-name";
  static final String ACCOUNT_KEY = "azure-account-key";
  static final String TENANT_ID = "azure-tenant-id";
  static final String CLIENT_ID = "azure-client-id";
  static final String CLIENT_SECRET = "azure-client-secret";
  static final String SAS_TOKEN = "azure-sas-token";
  static final String ENDPOINT = "azure-endpoint";
  static final String ACCESS_TIER = "azure-access-tier";
  static final String BLOCK_SIZE = "azure-block-size";
  static final String UPLOAD_CONCURRENCY = "azure-upload-concurrency";
  static final String CALCULATE_CHECKSUM = "azure-calculate-checksum";
  static final String MAX_CONNECTIONS = "azure-max-conns-per-host";
  static final String REQUEST_TIMEOUT = "azure-request-timeout";
  static final String RETRY_TIMEOUT = "azure-retry-timeout";
  static final String RETRY_MAX_ATTEMPTS = "azure-retry-max-attempts";
  static final String RETRY_DELAY = "azure-retry-delay";
  static final String RETRY_MAX_DELAY = "azure-retry-max-delay";
  static final String REHYDRATE_POLL = "azure-rehydrate-poll-duration";

  /** Block size of the peers: with 50,000 blocks a file can have 244 GiB. */
  static final int DEFAULT_BLOCK_SIZE = 5 << 20;

  /** An array cannot be larger in every Java runtime; the service takes 4,000 MiB. */
  static final int MOST_BLOCK_SIZE = Integer.MAX_VALUE - 8;

  private static final int MOST_AT_ONCE = 1000;

  static final int DEFAULT_MAX_CONNECTIONS = 64;
  static final Duration DEFAULT_POLL = Duration.ofSeconds(60);

  /**
   * @param location for the message
   * @throws StoreException of kind OTHER with everything that can't be so
   */
  static AzureSettings of(String location, StoreSettings settings) throws StoreException {
    SettingsReader in = new SettingsReader(settings);
    Duration limit = in.requestTimeout(REQUEST_TIMEOUT);
    Duration one = in.pause(RETRY_TIMEOUT, Duration.ZERO);
    if (!one.isZero() && one.compareTo(limit) < 0) {
      limit = one;
    }
    Patience requests = in.requests(RETRY_MAX_ATTEMPTS, RETRY_DELAY, RETRY_MAX_DELAY, "", limit);
    checkApplication(settings, in);
    AzureSettings result =
        new AzureSettings(
            settings.get(ACCOUNT_NAME),
            in.endpoint(ENDPOINT).map(AzureSettings::withoutSlash),
            Optional.of(in.choice(ACCESS_TIER, AzureTier.ALL)).filter(tier -> !tier.isEmpty()),
            in.number(BLOCK_SIZE, DEFAULT_BLOCK_SIZE, 1, MOST_BLOCK_SIZE),
            in.number(UPLOAD_CONCURRENCY, 1, 1, MOST_AT_ONCE),
            in.flag(CALCULATE_CHECKSUM, true),
            in.number(MAX_CONNECTIONS, DEFAULT_MAX_CONNECTIONS, 1, Integer.MAX_VALUE),
            requests,
            in.reading("azure", requests),
            in.time(REHYDRATE_POLL, DEFAULT_POLL));
    try {
      in.finish();
      return result;
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          StoreException.Kind.OTHER,
          location,
          "can't be opened with these settings: " + e.getMessage(),
          e);
    }
  }

  private static URI withoutSlash(URI endpoint) {
    return URI.create(endpoint.toString().replaceAll("/+$", ""));
  }

  private static void checkApplication(StoreSettings settings, SettingsReader in) {
    List<String> missing =
        Stream.of(TENANT_ID, CLIENT_ID, CLIENT_SECRET)
            .filter(name -> settings.get(name).isEmpty())
            .toList();
    if (!missing.isEmpty() && missing.size() < 3) {
      in.problem(
          String.join(" and ", missing)
              + " must be given, too: an application needs tenant, client id and client secret");
    }
  }
}
