package org.asbeam.storage.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The blob service of Azurite, which keeps everything in memory. It checks keys and SAS tokens. */
public final class AzuriteServer implements StoreServer {
  private static final String ACCOUNT = "asbeam";
  private static final int KEY_BYTES = 64;
  private static final Duration SAS_LIFE = Duration.ofHours(1);
  private static final Pattern READY =
      Pattern.compile("successfully listens on http://127\\.0\\.0\\.1:(\\d+)");
  private static final Lazy<AzuriteServer> SHARED = new Lazy<>(AzuriteServer::start);

  private final ServerProcess process;
  private final boolean owned;
  private final String endpoint;
  private final SharedKey key;

  private AzuriteServer(ServerProcess process, boolean owned, String endpoint, SharedKey key) {
    this.process = process;
    this.owned = owned;
    this.endpoint = endpoint;
    this.key = key;
  }

  /**
   * Starts a server, which takes a second or two.
   *
   * @throws MissingServerException if it is not installed
   */
  public static AzuriteServer start() {
    List<String> command = new ArrayList<>(Installation.find(StoreKind.AZURE));
    command.addAll(List.of("--blobHost", "127.0.0.1", "--blobPort", "0"));
    command.addAll(List.of("--inMemoryPersistence", "--silent", "--disableTelemetry"));
    // Other tools, tried by hand, may speak a newer version than this server has heard of.
    command.add("--skipApiVersionCheck");
    SharedKey key =
        new SharedKey(ACCOUNT, Base64.getEncoder().encodeToString(Names.bytes(KEY_BYTES)));
    Map<String, String> environment = Map.of("AZURITE_ACCOUNTS", ACCOUNT + ":" + key.key());
    ServerProcess process =
        ServerProcess.start(
            "azurite",
            READY,
            (port, folder) -> new ChildProcess.Launch(command, environment, false));
    return new AzuriteServer(process, true, blobEndpoint(process), key);
  }

  /** The server of this JVM, which starts with the first call. Closing it does nothing. */
  public static AzuriteServer shared() {
    AzuriteServer server = SHARED.get();
    return new AzuriteServer(server.process, false, server.endpoint, server.key);
  }

  /** {@inheritDoc} It ends with the name of the account. */
  @Override
  public String endpoint() {
    return endpoint;
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "azure-endpoint", endpoint, "azure-account-name", ACCOUNT, "azure-account-key", key.key());
  }

  @Override
  public String newFolder() {
    String container = Names.fresh("c-");
    Http.send(
        "PUT",
        blobEndpoint(process) + "/" + container + "?restype=container",
        key.toMakeContainer(container),
        "");
    return "azfs://" + ACCOUNT + "/" + container + "/x";
  }

  /**
   * Makes a shared access signature, good for an hour.
   *
   * @param container the name of a container: the second part of a location
   * @param permissions letters in Azure's order, such as {@code cl} to create blobs and list them
   * @return the token, without a question mark before it
   */
  public String sas(String container, String permissions) {
    return key.sas(container, permissions, Instant.now().plus(SAS_LIFE));
  }

  @Override
  public AzuriteServer through(FaultyProxy proxy) {
    return new AzuriteServer(process, false, proxy.inFrontOf(endpoint), key);
  }

  @Override
  public void close() {
    if (owned) {
      process.close();
    }
  }

  private static String blobEndpoint(ServerProcess process) {
    return "http://127.0.0.1:" + process.port() + "/" + ACCOUNT;
  }
}
