package org.asbeam.storage.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.CredentialUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.function.Supplier;
import org.asbeam.storage.remote.Problem;

/** Shows a token of Microsoft Entra ID, which is fetched when the first request needs it. */
final class BearerSigner implements AzureSigner {
  /** Of the storage service, in every cloud. */
  private static final String SCOPE = "https://storage.azure.com/.default";

  /** A new token is fetched so long before the old one ends. */
  private static final Duration BEFORE_END = Duration.ofMinutes(5);

  private final Supplier<TokenCredential> maker;
  private TokenCredential credential;
  private AccessToken token;

  /**
   * @param maker called once, in the thread of the first request
   */
  BearerSigner(Supplier<TokenCredential> maker) {
    this.maker = maker;
  }

  @Override
  public void sign(AzureRequest request, String path) throws IOException {
    request.header("authorization", "Bearer " + token());
  }

  /** One thread fetches, the others wait for it. */
  private synchronized String token() throws IOException {
    if (token == null || token.getExpiresAt().isBefore(OffsetDateTime.now().plus(BEFORE_END))) {
      try {
        if (credential == null) {
          credential = maker.get();
        }
        token = credential.getTokenSync(new TokenRequestContext().addScopes(SCOPE));
      } catch (RuntimeException e) {
        throw new AzureFailure(problem(e), "", e);
      }
    }
    return token.getToken();
  }

  @Override
  public synchronized void refused() {
    token = null;
  }

  /** Without an answer it may pass; every other failure is about credentials. */
  private static Problem problem(RuntimeException e) {
    if (e instanceof CredentialUnavailableException) {
      return new Problem(
          Problem.Kind.DENIED,
          "no credentials were found: set "
              + AzureSettings.ACCOUNT_KEY
              + ", "
              + AzureSettings.SAS_TOKEN
              + " or "
              + AzureSettings.TENANT_ID
              + " with its client, or run where there is an identity");
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        Problem way = AzureErrors.explain(cause, "the token service");
        return new Problem(way.kind(), "no token: " + way.text());
      }
    }
    String said = e.getMessage() == null ? "" : ": " + AzureErrors.oneLine(e.getMessage());
    return new Problem(Problem.Kind.DENIED, "no token" + said);
  }
}
