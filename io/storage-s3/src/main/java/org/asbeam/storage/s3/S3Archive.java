package org.asbeam.storage.s3;

import java.time.Duration;
import org.asbeam.storage.remote.ObjectClient;
import software.amazon.awssdk.services.s3.model.RestoreObjectRequest;
import software.amazon.awssdk.services.s3.model.RestoreRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tier;

/** Takes objects out of the classes GLACIER and DEEP_ARCHIVE, and of the archives of tiering. */
final class S3Archive implements ObjectClient.ObjectArchive {
  /**
   * How long S3 keeps the readable copy, for which it takes the price of STANDARD. Enough for the
   * slowest way out, two days, and for a restore that is begun again after a weekend.
   */
  static final int DAYS = 7;

  private final S3Connection connection;
  private final S3Settings settings;
  private final String bucket;

  S3Archive(S3Connection connection, S3Settings settings, String bucket) {
    this.connection = connection;
    this.settings = settings;
    this.bucket = bucket;
  }

  @Override
  public boolean mayRequest() {
    return settings.tier().isPresent();
  }

  @Override
  public void request(String key) throws Exception {
    Tier tier =
        settings
            .tier()
            .orElseThrow(() -> new IllegalStateException("s3-tier is not set: nothing is asked"));
    ArchiveState state =
        ArchiveState.of(connection.client().headObject(request -> request.bucket(bucket).key(key)));
    if (!state.isArchived()) {
      return;
    }
    RestoreRequest.Builder how =
        RestoreRequest.builder().glacierJobParameters(job -> job.tier(tier));
    if (!state.tiered()) {
      // An object of INTELLIGENT_TIERING is not copied but moved, for as long as it is used.
      how.days(DAYS);
    }
    try {
      connection
          .client()
          .restoreObject(
              RestoreObjectRequest.builder()
                  .bucket(bucket)
                  .key(key)
                  .restoreRequest(how.build())
                  .build());
    } catch (S3Exception e) {
      if (!S3Errors.code(e).equals("RestoreAlreadyInProgress")) {
        throw e;
      }
    }
  }

  @Override
  public String expectation() {
    if (settings.tier().isEmpty()) {
      return "set s3-tier to have files taken out: Standard takes 3 to 5 hours (12 from"
          + " DEEP_ARCHIVE), Bulk 5 to 12 hours (48 from DEEP_ARCHIVE), Expedited 1 to 5 minutes"
          + " (not from DEEP_ARCHIVE)";
    }
    return switch (settings.tier().get()) {
      case STANDARD -> "the tier Standard takes 3 to 5 hours, 12 from DEEP_ARCHIVE";
      case BULK -> "the tier Bulk takes 5 to 12 hours, 48 from DEEP_ARCHIVE";
      case EXPEDITED ->
          "the tier Expedited takes 1 to 5 minutes, and takes nothing out of DEEP_ARCHIVE";
      default -> throw new IllegalStateException("no tier: " + settings.tier().get());
    };
  }

  @Override
  public Duration pollInterval() {
    return settings.restorePoll();
  }
}
