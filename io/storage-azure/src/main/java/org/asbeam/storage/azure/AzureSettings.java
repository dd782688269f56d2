package org.asbeam.storage.azure;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.remote.Patience;

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
  static final String READ_MAX_ATTEMPTS = "azure-retry-read-max-attempts";
  static final String READ_BACKOFF = "azure-retry-read-backoff";
  static final String READ_MULTIPLIER = "azure-retry-read-multiplier";
  static final String REHYDRATE_POLL = "azure-rehydrate-poll-duration";

  /** Block size of the peers: with 50,000 blocks a file can have 244 GiB. */
  static final int DEFAULT_BLOCK_SIZE = 5 << 20;

  /** An array cannot be larger in every Java runtime; the service takes 4,000 MiB. */
  static final int MOST_BLOCK_SIZE = Integer.MAX_VALUE - 8;

  static final int DEFAULT_MAX_CONNECTIONS = 64;
  static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(600);
  static final int DEFAULT_ATTEMPTS = 100;
  static final Duration DEFAULT_DELAY = Duration.ofSeconds(1);
  static final Duration DEFAULT_MAX_DELAY = Duration.ofSeconds(90);
  static final double MULTIPLIER = 2;
  static final int DEFAULT_READ_ATTEMPTS = 3;
  static final Duration DEFAULT_POLL = Duration.ofSeconds(60);

  /**
   * @param location for the message
   * @throws StoreException of kind OTHER with everything that can't be so
   */
  static AzureSettings of(String location, StoreSettings settings) throws StoreException {
    Reader in = new Reader(settings);
    Duration limit = in.time(REQUEST_TIMEOUT, DEFAULT_REQUEST_TIMEOUT, true);
    Duration one = in.time(RETRY_TIMEOUT, Duration.ZERO, false);
    if (!one.isZero() && one.compareTo(limit) < 0) {
      limit = one;
    }
    int attempts = in.number(RETRY_MAX_ATTEMPTS, DEFAULT_ATTEMPTS, Integer.MAX_VALUE);
    Duration delay = in.time(RETRY_DELAY, DEFAULT_DELAY, false);
    Duration longest = in.time(RETRY_MAX_DELAY, DEFAULT_MAX_DELAY, false);
    int readAttempts = in.number(READ_MAX_ATTEMPTS, DEFAULT_READ_ATTEMPTS, Integer.MAX_VALUE);
    Duration readDelay = in.time(READ_BACKOFF, DEFAULT_DELAY, false);
    double readMultiplier = in.multiplier(READ_MULTIPLIER);
    in.credentials();
    AzureSettings result =
        new AzureSettings(
            settings.get(ACCOUNT_NAME),
            in.endpoint(),
            in.tier(),
            in.number(BLOCK_SIZE, DEFAULT_BLOCK_SIZE, MOST_BLOCK_SIZE),
            in.number(UPLOAD_CONCURRENCY, 1, 1000),
            settings.flag(CALCULATE_CHECKSUM, true),
            in.number(MAX_CONNECTIONS, DEFAULT_MAX_CONNECTIONS, Integer.MAX_VALUE),
            new Patience(attempts, delay, longest, MULTIPLIER, limit),
            new Patience(readAttempts, readDelay, longest, readMultiplier, limit),
            in.time(REHYDRATE_POLL, DEFAULT_POLL, true));
    if (!in.problems.isEmpty()) {
      throw new StoreException(
          StoreException.Kind.OTHER,
          location,
          "can't be opened with these settings: " + String.join("; ", in.problems),
          null);
    }
    return result;
  }

  /** Reads settings, and gathers what is wrong with them; gives the default then. */
  private static final class Reader {
    private final StoreSettings settings;
    private final List<String> problems = new ArrayList<>();

    Reader(StoreSettings settings) {
      this.settings = settings;
    }

    private <T> T read(Supplier<T> reading, T otherwise) {
      try {
        return reading.get();
      } catch (IllegalArgumentException e) {
        problems.add(e.getMessage());
        return otherwise;
      }
    }

    int number(String name, int otherwise, int most) {
      long number = read(() -> settings.number(name, otherwise), (long) otherwise);
      if (number < 1 || number > most) {
        problems.add(
            name
                + " is "
                + number
                + ": it must be at least 1"
                + (most < Integer.MAX_VALUE ? ", and at most " + most : ""));
        return otherwise;
      }
      return (int) number;
    }

    Duration time(String name, Duration otherwise, boolean needed) {
      Duration time = read(() -> settings.time(name, otherwise), otherwise);
      if (time.isNegative() || needed && time.isZero()) {
        problems.add(
            name + " is " + time + ": it must be " + (needed ? "more than" : "at least") + " 0");
        return otherwise;
      }
      return time;
    }

    double multiplier(String name) {
      double multiplier = read(() -> settings.decimal(name, MULTIPLIER), MULTIPLIER);
      if (!(multiplier >= 1)) {
        problems.add(name + " is " + multiplier + ": it must be at least 1");
        return MULTIPLIER;
      }
      return multiplier;
    }

    Optional<String> tier() {
      Optional<String> name = settings.get(ACCESS_TIER);
      Optional<String> tier = name.flatMap(AzureTier::of);
      if (name.isPresent() && tier.isEmpty()) {
        problems.add(
            ACCESS_TIER + " '" + name.get() + "' is none of " + String.join(", ", AzureTier.ALL));
      }
      return tier;
    }

    Optional<URI> endpoint() {
      Optional<String> text = settings.get(ENDPOINT);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      try {
        URI uri = new URI(text.get().replaceAll("/+$", ""));
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if ((scheme.equals("http") || scheme.equals("https"))
            && uri.getHost() != null
            && uri.getRawUserInfo() == null
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null) {
          return Optional.of(uri);
        }
      } catch (URISyntaxException e) {
        // Said below, without the text: it may have a signature in it.
      }
      problems.add(
          ENDPOINT
              + " is no URL of a Blob service: write https://ACCOUNT.blob.core.windows.net, without"
              + " container and query");
      return Optional.empty();
    }

    void credentials() {
      List<String> missing = new ArrayList<>();
      for (String name : List.of(TENANT_ID, CLIENT_ID, CLIENT_SECRET)) {
        if (settings.get(name).isEmpty()) {
          missing.add(name);
        }
      }
      if (!missing.isEmpty() && missing.size() < 3) {
        problems.add(
            String.join(" and ", missing)
                + " must be given, too: an application needs tenant, client id and client secret");
      }
    }
  }
}
