package org.asbeam.storage.s3;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.remote.Patience;
import org.asbeam.storage.remote.SettingsReader;
import software.amazon.awssdk.services.s3.model.Tier;

/**
 * What is set for S3. The credentials themselves are not in it.
 *
 * <p>An open output holds {@code partBytes * (partsAtOnce + 1)} bytes at the most, 10 MiB by
 * default; one that stays below a part holds what was written. The G1 collector rounds an array of
 * 5 MiB up to 6. An open input holds 256 KiB and a connection.
 *
 * @param region where the bucket is, {@code s3-region}; empty: as the tools of AWS find it, and
 *     {@value #REGION_OF_OTHERS} if there is an endpoint and none is found
 * @param profile of the files of AWS' tools, whose region and credentials are used, {@code
 *     s3-profile}; empty: the default one
 * @param ownKeys whether there is a pair of keys, {@code s3-access-key-id} and {@code
 *     s3-secret-access-key}; it goes before a profile
 * @param endpoint of a store that is not Amazon's, {@code s3-endpoint-override}; buckets are then
 *     addressed by path
 * @param storageClass of backup files, {@code s3-storage-class}; empty: the bucket's default
 * @param partBytes the bytes of a part, {@code s3-chunk-size}: {@value #LEAST_PART} to {@value
 *     #MOST_PART}
 * @param partsAtOnce of one file, {@code s3-upload-concurrency}: 1 to {@value #MOST_PARTS_AT_ONCE}
 * @param checksums whether uploads carry a CRC32C that the store checks, {@code
 *     s3-calculate-checksum}
 * @param connections at the most, {@code s3-max-conns-per-host}
 * @param requests how patient to be: {@code s3-retry-max-attempts}, {@code s3-retry-backoff},
 *     {@code s3-retry-max-backoff}, and {@code s3-request-timeout} for each attempt
 * @param reading how patient to be with a body that breaks off: {@code s3-retry-read-max-attempts},
 *     {@code s3-retry-read-backoff}, {@code s3-retry-read-multiplier}
 * @param tier how objects are asked for that lie in an archive, {@code s3-tier}; empty: they are
 *     not
 * @param restorePoll how long to wait between two looks at them, {@code s3-restore-poll-duration}
 */
record S3Settings(
    String region,
    String profile,
    boolean ownKeys,
    Optional<URI> endpoint,
    String storageClass,
    int partBytes,
    int partsAtOnce,
    boolean checksums,
    int connections,
    Patience requests,
    Patience reading,
    Optional<Tier> tier,
    Duration restorePoll) {
  static final String KEY_ID = "s3-access-key-id";
  static final String SECRET_KEY = "s3-secret-access-key";

  /** What stores that know no regions take. */
  static final String REGION_OF_OTHERS = "us-east-1";

  /** The least that S3 takes for a part that is not the last; asbackup's default as well. */
  static final int LEAST_PART = 5 << 20;

  /** S3 would take 5 GiB; an array of Java does not. */
  static final int MOST_PART = Integer.MAX_VALUE - 8;

  static final int MOST_PARTS_AT_ONCE = 64;
  static final int MOST_CONNECTIONS = 10_000;
  static final int DEFAULT_CONNECTIONS = 64;

  /** asrestore's default. */
  static final Duration DEFAULT_RESTORE_POLL = Duration.ofSeconds(60);

  /** As asbackup lists them. */
  private static final List<String> STORAGE_CLASSES =
      List.of(
          "STANDARD",
          "REDUCED_REDUNDANCY",
          "STANDARD_IA",
          "ONEZONE_IA",
          "INTELLIGENT_TIERING",
          "GLACIER",
          "DEEP_ARCHIVE",
          "OUTPOSTS",
          "GLACIER_IR",
          "SNOW",
          "EXPRESS_ONEZONE");

  private static final List<String> TIERS =
      Stream.of(Tier.STANDARD, Tier.BULK, Tier.EXPEDITED).map(Tier::toString).toList();

  /**
   * @throws IllegalArgumentException naming all that can't be so, in one line
   */
  static S3Settings read(StoreSettings settings) {
    SettingsReader in = new SettingsReader(settings);
    boolean keyId = settings.get(KEY_ID).isPresent();
    boolean secretKey = settings.get(SECRET_KEY).isPresent();
    if (keyId != secretKey) {
      in.problem(
          (keyId ? KEY_ID : SECRET_KEY)
              + " is set without "
              + (keyId ? SECRET_KEY : KEY_ID)
              + ": give both, or none");
    }
    int partsAtOnce = in.number("s3-upload-concurrency", 1, 1, MOST_PARTS_AT_ONCE);
    int connections = in.number("s3-max-conns-per-host", DEFAULT_CONNECTIONS, 1, MOST_CONNECTIONS);
    if (partsAtOnce > connections) {
      in.problem("s3-upload-concurrency is more than s3-max-conns-per-host");
    }
    Patience requests =
        in.requests(
            "s3-retry-max-attempts",
            "s3-retry-backoff",
            "s3-retry-max-backoff",
            "",
            in.requestTimeout("s3-request-timeout"));
    S3Settings read =
        new S3Settings(
            settings.get("s3-region", ""),
            settings.get("s3-profile", ""),
            keyId && secretKey,
            in.endpoint("s3-endpoint-override"),
            in.choice("s3-storage-class", STORAGE_CLASSES),
            in.number("s3-chunk-size", LEAST_PART, LEAST_PART, MOST_PART),
            partsAtOnce,
            in.flag("s3-calculate-checksum", true),
            connections,
            requests,
            in.reading("s3", requests),
            Optional.of(in.choice("s3-tier", TIERS))
                .filter(tier -> !tier.isEmpty())
                .map(Tier::fromValue),
            in.time("s3-restore-poll-duration", DEFAULT_RESTORE_POLL));
    in.finish();
    return read;
  }
}
