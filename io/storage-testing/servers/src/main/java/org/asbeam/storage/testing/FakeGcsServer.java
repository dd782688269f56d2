package org.asbeam.storage.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** fake-gcs-server, which keeps everything in memory and checks no credentials. */
public final class FakeGcsServer implements StoreServer {
  private static final Pattern READY =
      Pattern.compile("server started at http://127\\.0\\.0\\.1:(\\d+)");
  private static final Lazy<FakeGcsServer> SHARED = new Lazy<>(FakeGcsServer::start);

  private final ServerProcess process;
  private final boolean owned;
  private final String endpoint;

  private FakeGcsServer(ServerProcess process, boolean owned, String endpoint) {
    this.process = process;
    this.owned = owned;
    this.endpoint = endpoint;
  }

  /**
   * Starts a server, which takes a fraction of a second.
   *
   * @throws MissingServerException if it is not installed
   */
  public static FakeGcsServer start() {
    List<String> program = Installation.find(StoreKind.GCS);
    ServerProcess process =
        ServerProcess.start(
            "fake-gcs-server",
            READY,
            (port, folder) -> {
              String authority = "127.0.0.1:" + port;
              List<String> command = new ArrayList<>(program);
              command.addAll(List.of("-scheme", "http", "-host", "127.0.0.1", "-port", "" + port));
              // Upload sessions are announced with the external URL.
              command.addAll(
                  List.of("-public-host", authority, "-external-url", "http://" + authority));
              command.addAll(List.of("-backend", "memory"));
              return new ChildProcess.Launch(command, Map.of(), false);
            });
    return new FakeGcsServer(process, true, "http://127.0.0.1:" + process.port());
  }

  /** The server of this JVM, which starts with the first call. Closing it does nothing. */
  public static FakeGcsServer shared() {
    FakeGcsServer server = SHARED.get();
    return new FakeGcsServer(server.process, false, server.endpoint);
  }

  @Override
  public String endpoint() {
    return endpoint;
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("gcp-endpoint-override", endpoint);
  }

  @Override
  public String newFolder() {
    String bucket = Names.fresh("b-");
    Http.send(
        "POST",
        "http://127.0.0.1:" + process.port() + "/storage/v1/b?project=p",
        Map.of("Content-Type", "application/json"),
        "{\"name\":\"" + bucket + "\"}");
    return "gs://" + bucket + "/x";
  }

  @Override
  public FakeGcsServer through(FaultyProxy proxy) {
    return new FakeGcsServer(process, false, proxy.inFrontOf(endpoint));
  }

  @Override
  public void close() {
    if (owned) {
      process.close();
    }
  }
}
