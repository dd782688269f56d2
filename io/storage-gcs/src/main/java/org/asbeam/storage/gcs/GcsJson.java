package org.asbeam.storage.gcs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;
import org.asbeam.storage.remote.ObjectWrite;

/** What is said in JSON: what an object shall be, and what it is. */
final class GcsJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private GcsJson() {}

  /**
   * @throws JsonProcessingException if it is no JSON
   */
  static JsonNode parse(byte[] answer) throws IOException {
    return MAPPER.readTree(answer);
  }

  /** What a text says; nothing if it is no JSON. */
  static JsonNode orMissing(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /**
   * The description of a new object.
   *
   * @param crc32c of its content, null: it isn't known yet, or not to be checked
   */
  static byte[] describe(ObjectWrite write, String crc32c) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("name", write.key());
    json.put("contentType", "application/octet-stream");
    json.putObject("metadata").put(ObjectWrite.TOKEN, write.token());
    if (crc32c != null) {
      json.put("crc32c", crc32c);
    }
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In the form that the store has for it. */
  static String crc32c(CRC32C sum) {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  static String token(JsonNode object) {
    return object.path("metadata").path(ObjectWrite.TOKEN).asText("");
  }
}
