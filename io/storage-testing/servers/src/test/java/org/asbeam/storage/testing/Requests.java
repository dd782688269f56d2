package org.asbeam.storage.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Plain requests to stores. */
final class Requests {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Requests() {}

  static HttpResponse<String> send(
      String method, String url, Map<String, String> headers, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(20))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A request with version 4 of Amazon's signatures. */
  static HttpResponse<String> s3(
      StoreServer server, String secret, String method, String path, String query, String body)
      throws Exception {
    Map<String, String> settings = server.settings();
    String host = URI.create(server.endpoint()).getAuthority();
    String time =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
            .format(ZonedDateTime.now(ZoneOffset.UTC));
    String day = time.substring(0, 8);
    String hash = sha256(body);
    String signedHeaders = "host;x-amz-content-sha256;x-amz-date";
    String canonical =
        String.join(
            "\n",
            method,
            path,
            query,
            "host:" + host,
            "x-amz-content-sha256:" + hash,
            "x-amz-date:" + time,
            "",
            signedHeaders,
            hash);
    String scope = day + "/" + settings.get("s3-region") + "/s3/aws4_request";
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String part : scope.split("/")) {
      key = hmac(key, part);
    }
    String signature =
        hex(hmac(key, String.join("\n", "AWS4-HMAC-SHA256", time, scope, sha256(canonical))));
    return send(
        method,
        server.endpoint() + path + (query.isEmpty() ? "" : "?" + query),
        Map.of(
            "x-amz-content-sha256",
            hash,
            "x-amz-date",
            time,
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                .formatted(settings.get("s3-access-key-id"), scope, signedHeaders, signature)),
        body);
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String sha256(String text) throws GeneralSecurityException {
    return hex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
