package org.asbeam.storage.s3;

import java.io.Closeable;
import java.time.Duration;
import java.util.Optional;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.retry.RetryPolicy;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.InstanceProfileRegionProvider;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * The SDK's client of one store, with its connections and credentials. It is made when it is needed
 * first: a region, or a secret, may have to be asked for over the network.
 */
final class S3Connection implements Closeable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  /** A connection that brings nothing for so long is dead; requests as a whole may take longer. */
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(60);

  private final S3Settings settings;
  private final StoreAccess access;

  private S3Client client;
  private S3Credentials credentials;
  private boolean closed;

  S3Connection(S3Settings settings, StoreAccess access) {
    this.settings = settings;
    this.access = access;
  }

  /**
   * @throws StoreException if a secret can't be had
   * @throws NoRegionException if no region was found
   */
  synchronized S3Client client() throws StoreException {
    if (closed) {
      throw new IllegalStateException("the store is closed");
    }
    if (client == null) {
      Region region = region();
      S3Credentials found = new S3Credentials(credentials());
      try {
        client = build(region, found);
        credentials = found;
      } finally {
        if (client == null) {
          found.close();
        }
      }
    }
    return client;
  }

  private S3Client build(Region region, AwsCredentialsProvider provider) {
    Duration limit = settings.requests().limit();
    S3ClientBuilder builder =
        S3Client.builder()
            .region(region)
            .credentialsProvider(provider)
            .httpClientBuilder(
                ApacheHttpClient.builder()
                    .maxConnections(settings.connections())
                    .connectionAcquisitionTimeout(limit)
                    .connectionTimeout(shorter(CONNECT_LIMIT, limit))
                    .socketTimeout(shorter(SILENCE_LIMIT, limit)))
            .overrideConfiguration(
                // Attempts are counted and limited by the caller; this ends what it has given up.
                config ->
                    config
                        .retryPolicy(RetryPolicy.none())
                        .apiCallTimeout(limit)
                        .apiCallAttemptTimeout(limit))
            .serviceConfiguration(
                S3Configuration.builder()
                    // An MD5 of everything, which no CRC32C needs beside it.
                    .checksumValidationEnabled(false)
                    // Signed pieces, which not every store understands.
                    .chunkedEncodingEnabled(false)
                    .build());
    settings.endpoint().ifPresent(uri -> builder.endpointOverride(uri).forcePathStyle(true));
    return builder.build();
  }

  private Region region() {
    if (!settings.region().isEmpty()) {
      return Region.of(settings.region());
    }
    AwsRegionProvider local =
        new AwsRegionProviderChain(
            new SystemSettingsRegionProvider(),
            new AwsProfileRegionProvider(ProfileFile::defaultProfileFile, profile()));
    Optional<Region> found = region(local);
    if (found.isPresent()) {
      return found.get();
    }
    if (settings.endpoint().isPresent()) {
      return Region.of(S3Settings.REGION_OF_OTHERS);
    }
    return region(new InstanceProfileRegionProvider()).orElseThrow(NoRegionException::new);
  }

  private static Optional<Region> region(AwsRegionProvider provider) {
    try {
      return Optional.ofNullable(provider.getRegion());
    } catch (RuntimeException e) {
      // They have no other way to say that there is none.
      return Optional.empty();
    }
  }

  private AwsCredentialsProvider credentials() throws StoreException {
    if (settings.ownKeys()) {
      return StaticCredentialsProvider.create(
          AwsBasicCredentials.create(
              access.secret(S3Settings.KEY_ID).orElseThrow(),
              access.secret(S3Settings.SECRET_KEY).orElseThrow()));
    }
    if (!settings.profile().isEmpty()) {
      return ProfileCredentialsProvider.create(settings.profile());
    }
    return hasTokenOfItsOwn()
        ? WebIdentityTokenFileCredentialsProvider.create()
        : DefaultCredentialsProvider.builder().build();
  }

  /**
   * Whether AWS, or Kubernetes for it, gave this process an identity. The default chain would ask
   * for it too, but hide why that fails, and go on with the rights of the whole machine.
   */
  private static boolean hasTokenOfItsOwn() {
    return SdkSystemSetting.AWS_ACCESS_KEY_ID.getStringValue().isEmpty()
        && SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE.getStringValue().isPresent();
  }

  /** Null is how the SDK spells the default one. */
  private String profile() {
    return settings.profile().isEmpty() ? null : settings.profile();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (client != null) {
      client.close();
      credentials.close();
      client = null;
    }
  }

  /** Nobody knows in which region the bucket is. */
  static final class NoRegionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoRegionException() {
      super("no region was found: set s3-region");
    }
  }
}
