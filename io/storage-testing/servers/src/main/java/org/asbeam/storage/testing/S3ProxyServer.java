package org.asbeam.storage.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** S3Proxy in front of a temporary folder. It checks signatures. */
public final class S3ProxyServer implements StoreServer {
  private static final Pattern READY =
      Pattern.compile("Started \\S*ServerConnector\\S*\\{HTTP.*\\{127\\.0\\.0\\.1:(\\d+)\\}");
  private static final Lazy<S3ProxyServer> SHARED = new Lazy<>(S3ProxyServer::start);
  private static final String LOGGING =
      """
      <configuration>
        <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d %-5level %logger{0} %msg%n</pattern></encoder>
        </appender>
        <root level="INFO"><appender-ref ref="out"/></root>
      </configuration>
      """;

  private final ServerProcess process;
  private final boolean owned;
  private final String endpoint;
  private final String keyId;
  private final String secret;

  private S3ProxyServer(
      ServerProcess process, boolean owned, String endpoint, String keyId, String secret) {
    this.process = process;
    this.owned = owned;
    this.endpoint = endpoint;
    this.keyId = keyId;
    this.secret = secret;
  }

  /**
   * Starts a server, which takes a second or two.
   *
   * @throws MissingServerException if it is not built
   */
  public static S3ProxyServer start() {
    List<String> java = Installation.find(StoreKind.S3);
    String keyId = Names.fresh("KEY");
    String secret = Names.fresh("secret-");
    ServerProcess process =
        ServerProcess.start(
            "s3proxy",
            READY,
            (port, folder) -> {
              Path base = Files.createDirectory(folder.resolve("buckets"));
              Path logging = Files.writeString(folder.resolve("logback.xml"), LOGGING);
              // Port 0: the output tells which one it became.
              Path properties =
                  Files.writeString(
                      folder.resolve("s3proxy.properties"),
                      String.join(
                          "\n",
                          "s3proxy.endpoint=http://127.0.0.1:0",
                          "s3proxy.authorization=aws-v2-or-v4",
                          "s3proxy.identity=" + keyId,
                          "s3proxy.credential=" + secret,
                          "jclouds.provider=filesystem-nio2",
                          "jclouds.filesystem.basedir=" + base.toString().replace('\\', '/'),
                          ""));
              List<String> command = new ArrayList<>(java);
              command.addAll(
                  1, List.of("-Xmx256m", "-Dlogback.configurationFile=" + logging.toUri()));
              command.addAll(
                  List.of("org.gaul.s3proxy.Main", "--properties", properties.toString()));
              return new ChildProcess.Launch(command, Map.of(), false);
            });
    return new S3ProxyServer(process, true, "http://127.0.0.1:" + process.port(), keyId, secret);
  }

  /** The server of this JVM, which starts with the first call. Closing it does nothing. */
  public static S3ProxyServer shared() {
    S3ProxyServer server = SHARED.get();
    return server.at(server.endpoint);
  }

  @Override
  public String endpoint() {
    return endpoint;
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "s3-endpoint-override",
        endpoint,
        "s3-region",
        "us-east-1",
        "s3-access-key-id",
        keyId,
        "s3-secret-access-key",
        secret);
  }

  @Override
  public String newFolder() {
    String bucket = Names.fresh("b-");
    try {
      Files.createDirectory(buckets().resolve(bucket));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make bucket " + bucket, e);
    }
    return "s3://" + bucket + "/x";
  }

  /**
   * The folder that holds a folder for each bucket, and in it a file for each object. Files that
   * S3Proxy keeps beside them have names that begin with a dot.
   */
  public Path buckets() {
    return process.folder().resolve("buckets");
  }

  @Override
  public S3ProxyServer through(FaultyProxy proxy) {
    return at(proxy.inFrontOf(endpoint));
  }

  @Override
  public void close() {
    if (owned) {
      process.close();
    }
  }

  private S3ProxyServer at(String otherEndpoint) {
    return new S3ProxyServer(process, false, otherEndpoint, keyId, secret);
  }
}
