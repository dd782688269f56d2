package org.asbeam.storage.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class S3ProxyServerTest {
  @BeforeAll
  static void needsTheServer() {
    StoreServers.require(StoreKind.S3);
  }

  private static String put(StoreServer server, String secret, String path) throws Exception {
    return Requests.s3(server, secret, "PUT", path, "", "content").statusCode()
        + " "
        + Requests.s3(server, secret, "GET", path, "", "").body();
  }

  @Test
  void storesWhatIsSigned() throws Exception {
    S3ProxyServer server = S3ProxyServer.shared();
    URI folder = URI.create(server.newFolder());
    assertThat(folder.getScheme()).isEqualTo("s3");
    String bucket = "/" + folder.getHost();
    String secret = server.settings().get("s3-secret-access-key");

    assertThat(put(server, secret, bucket + "/x/1")).isEqualTo("200 content");
    assertThat(put(server, "wrong", bucket + "/x/2")).startsWith("403 ");
    assertThat(Requests.s3(server, secret, "GET", bucket, "list-type=2", "").body())
        .contains("<Key>x/1</Key>")
        .doesNotContain("x/2");
    assertThat(server.buckets().resolve(folder.getHost()).resolve("x/1")).hasContent("content");
  }

  @Test
  void isReachedThroughAProxy() throws Exception {
    S3ProxyServer server = S3ProxyServer.shared();
    String bucket = "/" + URI.create(server.newFolder()).getHost();
    try (FaultyProxy proxy = FaultyProxy.start(server.endpoint());
        S3ProxyServer view = server.through(proxy)) {
      String secret = server.settings().get("s3-secret-access-key");
      assertThat(view.settings()).containsEntry("s3-endpoint-override", proxy.endpoint());
      assertThat(put(view, secret, bucket + "/1")).isEqualTo("200 content");
      proxy.rules(FaultyProxy.denyDeletes(Dialect.S3));
      assertThat(Requests.s3(view, secret, "DELETE", bucket + "/1", "", "").body())
          .contains("<Code>AccessDenied</Code>");
      assertThat(put(server, secret, bucket + "/2")).isEqualTo("200 content");
      assertThat(proxy.requestCount()).isEqualTo(3);
    }
    try (FaultyProxy other = FaultyProxy.start("127.0.0.1:1")) {
      assertThatThrownBy(() -> server.through(other)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void leavesNothingBehind() throws Exception {
    Path folder;
    String endpoint;
    try (S3ProxyServer server = S3ProxyServer.start()) {
      folder = server.buckets().getParent();
      endpoint = server.endpoint();
      assertThat(endpoint).isNotEqualTo(S3ProxyServer.shared().endpoint());
      assertThat(folder).exists();
    }
    assertThat(Files.exists(folder)).isFalse();
    FaultyProxyTest.assertNobodyListens(endpoint);
  }
}
