package org.asbeam.storage.azure;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreProvider;
import org.asbeam.storage.remote.ObjectStore;

/**
 * Opens folders in containers of Azure Blob Storage, and of services with the same interface:
 * {@code azfs://ACCOUNT/CONTAINER/FOLDER}, {@code az://CONTAINER/FOLDER}, {@code
 * azblob://CONTAINER/FOLDER}, {@code wasb(s)://CONTAINER@ACCOUNT.blob.core.windows.net/FOLDER},
 * {@code abfs(s)://CONTAINER@ACCOUNT.dfs.core.windows.net/FOLDER} and {@code
 * https://ACCOUNT.blob.core.windows.net/CONTAINER/FOLDER}. All of them are read literally: nothing
 * is decoded.
 *
 * <p>The service's REST interface is used directly, by the JDK's HTTP client: the Azure SDK in the
 * version of Beam's module needs Netty, and has no stream that reads a blob by one request. Tokens
 * come from the SDK's identity library.
 */
public final class AzureStoreProvider implements StoreProvider {
  @Override
  public boolean handles(String location) {
    return AzureLocation.isOne(location);
  }

  @Override
  public Store open(String location, StoreAccess access) throws StoreException {
    AzureLocation where = AzureLocation.parse(location);
    AzureSettings settings = AzureSettings.of(where.text(), access.settings());
    Optional<String> account = where.account(settings.account());
    URI endpoint = endpoint(where, settings, account);
    AzureCredentials credentials = new AzureCredentials(access, where.text(), endpoint);
    JdkHttp http = new JdkHttp(settings.patience().limit());
    try {
      AzureSigner signer =
          credentials.signer(
              account.or(() -> accountOf(endpoint)), () -> new IdentityHttp(http.client()));
      AzureHttp service =
          new AzureHttp(
              endpoint, signer, http, settings.patience().limit(), settings.mostRequests());
      return new ObjectStore(
          new AzureClient(service, where.container(), settings), where.text(), where.root());
    } catch (StoreException | RuntimeException e) {
      http.close();
      throw e;
    }
  }

  private static URI endpoint(AzureLocation where, AzureSettings settings, Optional<String> account)
      throws StoreException {
    if (settings.endpoint().isPresent()) {
      return settings.endpoint().get();
    }
    if (!where.host().isEmpty()) {
      return URI.create("https://" + where.host());
    }
    String name =
        account.orElseThrow(
            () ->
                new StoreException(
                    StoreException.Kind.OTHER,
                    where.text(),
                    "names no account: set "
                        + AzureSettings.ACCOUNT_NAME
                        + " or "
                        + AzureSettings.ENDPOINT
                        + ", or write azfs://ACCOUNT/CONTAINER/FOLDER",
                    null));
    if (!name.matches("[a-z0-9-]+")) {
      throw new StoreException(
          StoreException.Kind.OTHER,
          where.text(),
          "'" + name + "' is no account: its name has lower-case letters and digits",
          null);
    }
    return URI.create("https://" + name + ".blob.core.windows.net");
  }

  /** Of emulators the account is the URL's path, else it is how the host's name begins. */
  private static Optional<String> accountOf(URI endpoint) {
    String path = endpoint.getPath();
    if (!path.isEmpty()) {
      return Optional.of(path.substring(path.lastIndexOf('/') + 1));
    }
    String host = endpoint.getHost().toLowerCase(Locale.ROOT);
    int end = host.indexOf(".blob.");
    return end > 0 ? Optional.of(host.substring(0, host.indexOf('.'))) : Optional.empty();
  }
}
