package org.asbeam.storage.azure;

import static org.asbeam.storage.azure.Azurite.failure;
import static org.asbeam.storage.azure.Azurite.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.azure.core.credential.TokenCredential;
import com.azure.identity.CredentialUnavailableException;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException.Kind;
import org.asbeam.storage.azure.FakeHttp.Answer;
import org.asbeam.storage.remote.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** Tokens by the identity library, with the JDK's client below it and nothing else. */
class AzureIdentityTest {
  private static Answer login(HttpRequest request, Answer token) {
    String path = request.uri().getPath();
    if (path.endsWith("/oauth2/v2.0/token")) {
      return token;
    }
    return new Answer(
        200,
        "{\"tenant_discovery_endpoint\":\"https://login.microsoftonline.com/t/v2.0\","
            + "\"metadata\":[{\"preferred_network\":\"login.microsoftonline.com\","
            + "\"preferred_cache\":\"login.windows.net\",\"aliases\":["
            + "\"login.microsoftonline.com\",\"login.windows.net\"]}]}");
  }

  private static AzureRequest signed(FakeHttp http) throws Exception {
    AzureRequest request = new AzureRequest("GET", "con");
    new BearerSigner(
            () -> AzureIdentity.application("tenant-1", "id", "secret", new IdentityHttp(http)))
        .sign(request, "/con");
    return request;
  }

  @Test
  void anApplicationGetsAToken() throws Exception {
    FakeHttp http =
        new FakeHttp(
            request ->
                login(
                    request,
                    new Answer(
                        200,
                        "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"abc\"}")));
    assertThat(signed(http).headers()).containsEntry("authorization", "Bearer abc");
    assertThat(http.hosts()).contains("login.microsoftonline.com");
  }

  @Test
  void aWrongSecretIsDenied() {
    FakeHttp http =
        new FakeHttp(
            request ->
                login(
                    request,
                    new Answer(
                        401,
                        "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215:"
                            + " Invalid client secret provided.\\r\\nTrace ID: 1\"}")));
    Problem problem = AzureErrors.explain(catchThrowable(() -> signed(http)), "host");
    assertThat(problem.kind()).isEqualTo(Problem.Kind.DENIED);
    assertThat(problem.text()).startsWith("no token: ").contains("AADSTS7000215");
    assertThat(problem.text()).doesNotContain("\n");
  }

  @Test
  void aTokenServiceThatIsAwayIsWaitedFor() {
    FakeHttp http =
        new FakeHttp(
            request -> {
              throw new ConnectException();
            });
    Problem problem = AzureErrors.explain(catchThrowable(() -> signed(http)), "host");
    assertThat(problem.kind()).as(problem.text()).isEqualTo(Problem.Kind.UNREACHABLE);
    assertThat(problem.text()).isEqualTo("no token: the token service: no connection");
  }

  @Test
  void withoutAnyCredentialsItIsSaidWhatToSet() {
    FakeHttp http = new FakeHttp(request -> new Answer(404, "{}"));
    assertThat(AzureIdentity.surroundings(new IdentityHttp(http))).isNotNull();
    // What the chain ends with; asking it would look for identities of the machine of the tests.
    TokenCredential nothing =
        context -> Mono.error(new CredentialUnavailableException("Nothing.\nNothing at all."));
    Throwable e =
        catchThrowable(
            () -> new BearerSigner(() -> nothing).sign(new AzureRequest("GET", "con"), "/con"));
    Problem problem = AzureErrors.explain(e, "host");
    assertThat(problem.kind()).as(problem.text()).isEqualTo(Problem.Kind.DENIED);
    assertThat(problem.text())
        .contains("no credentials were found")
        .contains("azure-account-key")
        .doesNotContain("\n");
  }

  @Test
  void aCertificateThatIsNotTrustedIsSaid(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("keys");
    assertThat(
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=127.0.0.1",
                    "-ext",
                    "SAN=ip:127.0.0.1",
                    "-storepass",
                    "changeit",
                    "-keystore",
                    file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start()
                .waitFor())
        .isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "changeit".toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.start();
    String endpoint = "https://127.0.0.1:" + server.getAddress().getPort();
    try (Store store =
        open(
            Map.of(AzureSettings.ENDPOINT, endpoint, AzureSettings.ACCOUNT_KEY, "a2V5"),
            "azfs://acct/con/x")) {
      assertThat(failure(Kind.TRANSIENT, () -> store.get("f")))
          .hasMessageContaining("its certificate is not trusted")
          .hasMessageContaining("tried 3 times");
    } finally {
      server.stop(0);
    }
  }
}
