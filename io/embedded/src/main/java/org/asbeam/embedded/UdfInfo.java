package org.asbeam.embedded;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** Info commands about UDF modules. Modules are kept, never compiled or run. */
final class UdfInfo {
  private final UdfRegistry registry;

  UdfInfo(UdfRegistry registry) {
    this.registry = registry;
  }

  /** The answer, or null if the command is none of these. */
  String value(InfoCommand command) {
    return switch (command.name()) {
      case "udf-list" -> list();
      case "udf-get" -> get(command);
      case "udf-put" -> put(command);
      case "udf-remove" -> remove(command);
      default -> null;
    };
  }

  private String list() {
    StringBuilder list = new StringBuilder();
    for (StoredUdf udf : registry.all()) {
      list.append("filename=").append(udf.name()).append(",hash=").append(hash(udf));
      list.append(",type=LUA;");
    }
    return list.toString();
  }

  /** SHA-1, but not of the file: of the JSON in which servers pass modules around. */
  private static String hash(StoredUdf udf) {
    String json =
        "{\"content64\": \""
            + base64(udf)
            + "\", \"type\": \"LUA\", \"name\": \""
            + udf.name()
            + "\"}";
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(sha1.digest(Bytes.utf8(json)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  private String get(InfoCommand command) {
    StoredUdf udf = registry.get(command.get("filename", ""));
    return udf == null ? "error=not_found" : "type=LUA;content=" + base64(udf) + ";";
  }

  private static String base64(StoredUdf udf) {
    return Base64.getEncoder().encodeToString(udf.content());
  }

  private String put(InfoCommand command) {
    String name = command.get("filename");
    String content = command.get("content");
    if (name == null || name.isEmpty()) {
      return "error=invalid_filename";
    }
    if (content == null) {
      return "error=invalid_content";
    }
    String length = command.get("content-len");
    if (length != null && !length.equals(String.valueOf(content.length()))) {
      return "error=invalid_content_len";
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(content.getBytes(StandardCharsets.US_ASCII));
      registry.put(new StoredUdf(name, bytes));
      return "ok";
    } catch (IllegalArgumentException e) {
      return "error=invalid_base64_content";
    }
  }

  private String remove(InfoCommand command) {
    registry.remove(command.get("filename", ""));
    return "ok";
  }
}
