package org.asbeam.storage.secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLException;

/**
 * Asks the Aerospike Secret Agent for a secret: one request per connection.
 *
 * <pre>
 * either way: u32 magic 0x51DEC1CC | u32 bytes of JSON | JSON
 * request     {"Resource": "...", "SecretKey": "..."}
 * answer      {"SecretValue": "..."} or {"Error": "..."}
 * </pre>
 */
final class SecretAgent {
  private static final int MAGIC = 0x51DEC1CC;

  /** The C tool takes 100 KiB. */
  private static final int MOST_BYTES = 1 << 20;

  private static final int MOST_OF_AN_ERROR = 200;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final SecretAgentSpec spec;

  SecretAgent(SecretAgentSpec spec) {
    this.spec = spec;
  }

  /**
   * Asks for a secret.
   *
   * @return its bytes, at least one
   */
  byte[] secret(String resource, String key) throws SecretException {
    String reference = "secrets:" + resource + ":" + key;
    byte[] body = ask(reference, request(resource, key));
    try {
      return value(reference, body);
    } finally {
      Arrays.fill(body, (byte) 0);
    }
  }

  private static byte[] request(String resource, String key) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Resource", resource);
    fields.put("SecretKey", key);
    try {
      byte[] json = JSON.writeValueAsBytes(fields);
      return ByteBuffer.allocate(8 + json.length)
          .putInt(MAGIC)
          .putInt(json.length)
          .put(json)
          .array();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the JSON of the answer. */
  private byte[] ask(String reference, byte[] request) throws SecretException {
    try (AgentConnection connection = new AgentConnection(spec)) {
      try {
        connection.open();
        connection.phase("take the request");
        OutputStream out = connection.output();
        out.write(request);
        out.flush();
        connection.phase("answer");
        DataInputStream in = new DataInputStream(connection.input());
        int magic = in.readInt();
        if (magic != MAGIC) {
          throw lie(reference, String.format("its answer starts with %08x, not 51dec1cc", magic));
        }
        int length = in.readInt();
        if (length < 0 || length > MOST_BYTES) {
          throw lie(
              reference,
              "its answer says that it has "
                  + Integer.toUnsignedLong(length)
                  + " bytes; "
                  + MOST_BYTES
                  + " are the most");
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
          throw new EOFException();
        }
        return body;
      } catch (SecretException e) {
        throw e;
      } catch (IOException e) {
        throw failure(reference, connection, e);
      }
    }
  }

  private SecretException failure(String reference, AgentConnection connection, IOException e) {
    if (connection.expired()) {
      return error(
          reference,
          "did not " + connection.phase() + " within " + spec.timeout().toMillis() + " ms",
          true);
    }
    if (e instanceof EOFException) {
      return error(reference, "ended the connection within its answer", true);
    }
    if (e instanceof SSLException) {
      return error(reference, "the TLS connection failed: " + oneLine(e.getMessage()), false);
    }
    return error(
        reference, "could not " + connection.phase() + ": " + oneLine(e.getMessage()), true);
  }

  private byte[] value(String reference, byte[] body) throws SecretException {
    JsonNode answer;
    try {
      answer = JSON.readTree(body);
    } catch (IOException e) {
      // Not the cause: its message may show a part of the secret.
      throw lie(reference, "its answer is no JSON");
    }
    JsonNode error = answer.path("Error");
    if (error.isTextual() && !error.textValue().isEmpty()) {
      throw error(reference, "answers: " + oneLine(error.textValue()), false);
    }
    JsonNode value = answer.path("SecretValue");
    if (!value.isTextual()) {
      throw lie(reference, "its answer has neither a SecretValue nor an Error");
    }
    byte[] secret = value.textValue().getBytes(StandardCharsets.UTF_8);
    if (spec.base64()) {
      secret =
          Secrets.base64(secret)
              .orElseThrow(
                  () ->
                      error(
                          reference,
                          "the secret is no base64; is it stored as it is (--sa-is-base64 left"
                              + " out)?",
                          false));
    }
    if (secret.length == 0) {
      throw error(reference, "the secret is empty", false);
    }
    return secret;
  }

  private SecretException lie(String reference, String what) {
    return error(reference, "does not speak as a Secret Agent: " + what, false);
  }

  private SecretException error(String reference, String what, boolean passing) {
    return new SecretException(reference + ": the Secret Agent at " + spec + " " + what, passing);
  }

  private static String oneLine(String text) {
    String line = String.valueOf(text).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() > MOST_OF_AN_ERROR ? line.substring(0, MOST_OF_AN_ERROR) + "..." : line;
  }
}
