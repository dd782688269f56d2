package org.asbeam.storage.azure;

import java.net.URI;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreException.Kind;

/**
 * Finds the credentials: a shared access signature, else an account's key, else an application's
 * secret, else what the surroundings have.
 */
final class AzureCredentials {
  private final StoreAccess access;
  private final String location;
  private final URI endpoint;

  AzureCredentials(StoreAccess access, String location, URI endpoint) {
    this.access = access;
    this.location = location;
    this.endpoint = endpoint;
  }

  /**
   * @param account whose key it is, if it is one
   * @param http makes the requests for tokens
   * @throws StoreException of kind OTHER if a secret can't be had or is none, TRANSIENT if that may
   *     pass
   */
  AzureSigner signer(Optional<String> account, Supplier<IdentityHttp> http) throws StoreException {
    Optional<String> signature = access.secret(AzureSettings.SAS_TOKEN);
    if (signature.isPresent()) {
      return new SasSigner(signature(signature.get()));
    }
    Optional<String> key = access.secret(AzureSettings.ACCOUNT_KEY);
    if (key.isPresent()) {
      return new SharedKeySigner(
          account.orElseThrow(
              () ->
                  wrong(
                      "can't be opened: "
                          + AzureSettings.ACCOUNT_KEY
                          + " needs "
                          + AzureSettings.ACCOUNT_NAME)),
          key(key.get()));
    }
    if (!"https".equalsIgnoreCase(endpoint.getScheme())) {
      throw wrong(
          "can't be opened: tokens are sent over https only, and the endpoint is "
              + endpoint.getScheme()
              + "; set "
              + AzureSettings.ACCOUNT_KEY
              + " or "
              + AzureSettings.SAS_TOKEN
              + ", or an https endpoint");
    }
    Optional<String> tenant = access.settings().get(AzureSettings.TENANT_ID);
    if (tenant.isEmpty()) {
      return new BearerSigner(() -> AzureIdentity.surroundings(http.get()));
    }
    String clientId = access.secret(AzureSettings.CLIENT_ID).orElseThrow().strip();
    String secret = access.secret(AzureSettings.CLIENT_SECRET).orElseThrow().strip();
    return new BearerSigner(
        () -> AzureIdentity.application(tenant.get(), clientId, secret, http.get()));
  }

  /** The signature as the end of a query. */
  private String signature(String secret) throws StoreException {
    String text = secret.strip();
    String query = text.startsWith("?") ? text.substring(1) : text;
    try {
      URI uri = URI.create("https://host/?" + query);
      if (uri.getRawFragment() == null && ("&" + query).contains("&sig=")) {
        return query;
      }
    } catch (IllegalArgumentException e) {
      // Its message has the signature in it.
    }
    throw wrong(
        "can't be opened: "
            + AzureSettings.SAS_TOKEN
            + " refers to no shared access signature: that is a query such as sv=...&sig=...");
  }

  private byte[] key(String secret) throws StoreException {
    try {
      byte[] key = Base64.getDecoder().decode(secret.strip());
      if (key.length > 0) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      // Its message has a character of the key in it.
    }
    throw wrong(
        "can't be opened: "
            + AzureSettings.ACCOUNT_KEY
            + " refers to no key of an account, which is Base64");
  }

  private StoreException wrong(String why) {
    return new StoreException(Kind.OTHER, location, why, null);
  }
}
