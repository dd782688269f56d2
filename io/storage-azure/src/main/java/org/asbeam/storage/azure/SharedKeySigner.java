package org.asbeam.storage.azure;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests with an account's key, by the service's scheme {@code SharedKey}. */
final class SharedKeySigner implements AzureSigner {
  private static final String ALGORITHM = "HmacSHA256";

  /** The headers that are signed by their place, in this order. */
  private static final List<String> PLACES =
      List.of(
          "content-encoding",
          "content-language",
          "content-length",
          "content-md5",
          "content-type",
          "date",
          "if-modified-since",
          "if-match",
          "if-none-match",
          "if-unmodified-since",
          "range");

  private final String account;
  private final SecretKeySpec key;

  SharedKeySigner(String account, byte[] key) {
    this.account = account;
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  @Override
  public void sign(AzureRequest request, String path) {
    String signature = Base64.getEncoder().encodeToString(mac(toBeSigned(request, path)));
    request.header("authorization", "SharedKey " + account + ":" + signature);
  }

  private String toBeSigned(AzureRequest request, String path) {
    StringBuilder text = new StringBuilder(request.method()).append('\n');
    for (String name : PLACES) {
      text.append(
              name.equals("content-length")
                  ? length(request)
                  : request.headers().getOrDefault(name, ""))
          .append('\n');
    }
    for (Map.Entry<String, String> header : request.headers().entrySet()) {
      if (header.getKey().startsWith("x-ms-")) {
        text.append(header.getKey()).append(':').append(header.getValue()).append('\n');
      }
    }
    text.append('/').append(account).append(path);
    for (Map.Entry<String, String> parameter : request.query().entrySet()) {
      text.append('\n').append(parameter.getKey()).append(':').append(parameter.getValue());
    }
    return text.toString();
  }

  private static String length(AzureRequest request) {
    return request.count() == 0 ? "" : Integer.toString(request.count());
  }

  private byte[] mac(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
    }
  }
}
