package org.asbeam.storage.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FakeGcsServerTest {
  @BeforeAll
  static void needsTheServer() {
    StoreServers.require(StoreKind.GCS);
  }

  private static HttpResponse<String> send(String method, String url, String body)
      throws Exception {
    return Requests.send(method, url, Map.of("Content-Type", "application/json"), body);
  }

  private static String bucket(StoreServer server) {
    URI folder = URI.create(server.newFolder());
    assertThat(folder.getScheme()).isEqualTo("gs");
    return folder.getHost();
  }

  @Test
  void storesObjects() throws Exception {
    FakeGcsServer server = FakeGcsServer.shared();
    String at = server.settings().get("gcp-endpoint-override");
    String bucket = bucket(server);
    String upload = at + "/upload/storage/v1/b/" + bucket + "/o?uploadType=media&name=x/1";
    assertThat(send("POST", upload, "content").statusCode()).isEqualTo(200);
    String object = at + "/storage/v1/b/" + bucket + "/o/x%2F1?alt=media";
    assertThat(send("GET", object, "").body()).isEqualTo("content");
    assertThat(send("GET", at + "/storage/v1/b/none/o/x", "").statusCode()).isEqualTo(404);
  }

  @Test
  void uploadsInPartsThroughAProxy() throws Exception {
    FakeGcsServer server = FakeGcsServer.shared();
    try (FaultyProxy proxy = FaultyProxy.start(server.endpoint());
        FakeGcsServer view = server.through(proxy)) {
      String at = view.settings().get("gcp-endpoint-override");
      assertThat(at).isEqualTo(proxy.endpoint());
      String bucket = bucket(view);
      String upload = at + "/upload/storage/v1/b/" + bucket + "/o?uploadType=resumable&name=1";
      String session = send("POST", upload, "{}").headers().firstValue("Location").orElseThrow();
      assertThat(session).startsWith(proxy.endpoint());
      assertThat(send("PUT", session, "content").statusCode()).isEqualTo(200);
      assertThat(proxy.requests()).isEqualTo(Map.of("POST", 1L, "PUT", 1L));

      proxy.rules(FaultyProxy.denyDeletes(Dialect.GCS));
      String object = "/storage/v1/b/" + bucket + "/o/1";
      assertThat(send("DELETE", at + object, "").body()).contains("\"code\":403");
      assertThat(send("GET", server.endpoint() + object + "?alt=media", "").body())
          .isEqualTo("content");
    }
  }
}
