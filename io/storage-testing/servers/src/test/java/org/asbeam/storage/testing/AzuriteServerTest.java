package org.asbeam.storage.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AzuriteServerTest {
  @BeforeAll
  static void needsTheServer() {
    StoreServers.require(StoreKind.AZURE);
  }

  private static HttpResponse<String> send(String method, String url, String body)
      throws Exception {
    Map<String, String> headers =
        method.equals("PUT") ? Map.of("x-ms-blob-type", "BlockBlob") : Map.of();
    return Requests.send(method, url, headers, body);
  }

  private static String container(StoreServer server) {
    URI folder = URI.create(server.newFolder());
    assertThat(folder.getScheme()).isEqualTo("azfs");
    assertThat(folder.getHost()).isEqualTo(server.settings().get("azure-account-name"));
    return folder.getPath().split("/")[1];
  }

  @Test
  void grantsWhatASignatureSays() throws Exception {
    AzuriteServer server = AzuriteServer.shared();
    String container = container(server);
    String blob = server.settings().get("azure-endpoint") + "/" + container + "/x/1?";
    String create = blob + server.sas(container, "c");
    String readAndDelete = blob + server.sas(container, "rd");

    assertThat(send("PUT", create, "content").statusCode()).isEqualTo(201);
    assertThat(send("PUT", create, "other").statusCode()).isEqualTo(403);
    assertThat(send("GET", create, "").statusCode()).isEqualTo(403);
    assertThat(send("DELETE", create, "").headers().firstValue("x-ms-error-code"))
        .hasValue("AuthorizationPermissionMismatch");
    assertThat(send("GET", readAndDelete, "").body()).isEqualTo("content");
    assertThat(send("PUT", readAndDelete, "other").statusCode()).isEqualTo(403);
    String elsewhere = container(server);
    assertThat(send("GET", blob + server.sas(elsewhere, "r"), "").statusCode()).isEqualTo(403);
  }

  @Test
  void isReachedThroughAProxy() throws Exception {
    AzuriteServer server = AzuriteServer.shared();
    try (FaultyProxy proxy = FaultyProxy.start(server.endpoint());
        AzuriteServer view = server.through(proxy)) {
      assertThat(view.endpoint()).isEqualTo(proxy.endpoint() + "/asbeam");
      String container = container(view);
      String blob =
          view.settings().get("azure-endpoint")
              + "/"
              + container
              + "/1?"
              + view.sas(container, "rcwd");
      assertThat(send("PUT", blob, "content").statusCode()).isEqualTo(201);
      proxy.rules(FaultyProxy.denyDeletes(Dialect.AZURE));
      assertThat(send("DELETE", blob, "").headers().firstValue("x-ms-error-code"))
          .hasValue("AuthorizationPermissionMismatch");
      assertThat(send("GET", blob, "").body()).isEqualTo("content");
      assertThat(proxy.requestCount()).isEqualTo(3);
    }
  }
}
