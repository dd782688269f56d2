package org.asbeam.storage.s3;

import java.io.Closeable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.utils.IoUtils;

/** Tells errors of looking for credentials from those of requests. */
final class S3Credentials implements AwsCredentialsProvider, Closeable {
  private final AwsCredentialsProvider source;
  private volatile boolean found;

  /**
   * @param source is closed with this
   */
  S3Credentials(AwsCredentialsProvider source) {
    this.source = source;
  }

  @Override
  public AwsCredentials resolveCredentials() {
    try {
      AwsCredentials credentials = source.resolveCredentials();
      found = true;
      return credentials;
    } catch (RuntimeException e) {
      // The SDK's own kinds, and what it throws where a module or a setting is missing.
      throw new MissingException(e, found);
    }
  }

  @Override
  public void close() {
    if (source instanceof AutoCloseable closeable) {
      IoUtils.closeQuietly(closeable, null);
    }
  }

  @Override
  public String toString() {
    return "credentials of a store";
  }

  /** There are none, or those that there were could not be renewed. */
  static final class MissingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean foundBefore;

    MissingException(RuntimeException cause, boolean foundBefore) {
      super("no credentials", cause);
      this.foundBefore = foundBefore;
    }

    /** Whether there were some earlier: then it may pass. */
    boolean foundBefore() {
      return foundBefore;
    }
  }
}
