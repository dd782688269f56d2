package org.asbeam.storage.s3;

import java.io.IOException;
import java.nio.file.FileSystemException;
import org.asbeam.storage.remote.Problem;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Tells why there are no credentials. */
final class CredentialErrors {
  /** How the SDK's chain begins, before it names its classes. */
  private static final String CHAIN = "Unable to load credentials from any of the providers";

  private CredentialErrors() {}

  static Problem explain(S3Credentials.MissingException error) {
    for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof AwsServiceException e) {
        Problem refusal = S3Errors.explain(e);
        Problem.Kind kind =
            refusal.kind() == Problem.Kind.OTHER ? Problem.Kind.DENIED : refusal.kind();
        return new Problem(kind, "credentials were refused: " + refusal.text(), refusal.pause());
      }
      if (cause instanceof FileSystemException) {
        // Of files that hold credentials, or a login that has not been made.
        return new Problem(
            Problem.Kind.DENIED,
            "no credentials were found: a file of theirs can't be read (with a profile of SSO, run"
                + " 'aws sso login' first)");
      }
      if (cause instanceof IOException e) {
        Problem problem = NetworkErrors.explain(e);
        return new Problem(problem.kind(), "credentials were asked for: " + problem.text());
      }
    }
    String message = String.valueOf(error.getCause().getMessage());
    String why =
        message.startsWith(CHAIN)
            ? "set "
                + S3Settings.KEY_ID
                + " and "
                + S3Settings.SECRET_KEY
                + ", or s3-profile, or run where AWS gives them"
            : S3Errors.line(message);
    // Some that were there once are renewed over the network.
    return new Problem(
        error.foundBefore() ? Problem.Kind.TRANSIENT : Problem.Kind.DENIED,
        "no credentials were found: " + why);
  }
}
