package org.asbeam.storage.testing;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs for Azure Blob Storage with the key of an account. */
record SharedKey(String account, String key) {
  private static final String VERSION = "2020-12-06";

  /** The headers of a request without a body that makes a container. */
  Map<String, String> toMakeContainer(String container) {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    // The empty lines are headers that the request does not have. The account comes twice, first as
    // itself and then as the beginning of the path at the emulator.
    String signed =
        "PUT"
            + "\n".repeat(12)
            + ("x-ms-date:" + date + "\n")
            + ("x-ms-version:" + VERSION + "\n")
            + ("/" + account + "/" + account + "/" + container + "\nrestype:container");
    return Map.of(
        "x-ms-date",
        date,
        "x-ms-version",
        VERSION,
        "Authorization",
        "SharedKey " + account + ":" + signature(signed));
  }

  /** A shared access signature for a container, without a question mark. */
  String sas(String container, String permissions, Instant expiry) {
    String end = expiry.truncatedTo(ChronoUnit.SECONDS).toString();
    // Fields that the signature does not use stay as empty lines.
    String signed =
        String.join(
            "\n",
            permissions,
            "",
            end,
            "/blob/" + account + "/" + container,
            "",
            "",
            "",
            VERSION,
            "c");
    signed += "\n".repeat(7);
    Map<String, String> query = new LinkedHashMap<>();
    query.put("sv", VERSION);
    query.put("sr", "c");
    query.put("sp", permissions);
    query.put("se", end);
    query.put("sig", signature(signed));
    return query.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private String signature(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot sign", e);
    }
  }
}
