package org.asbeam.embedded;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers security messages: logins, which give a session; sessions shown on other connections; and
 * questions for the names of users and roles.
 */
final class Security {
  /** Scheme, result code, command, number of fields, and twelve bytes without meaning. */
  private static final int HEADER = 16;

  private static final int AUTHENTICATE = 0;
  private static final int QUERY_USERS = 9;
  private static final int QUERY_ROLES = 16;
  private static final int LOGIN = 20;

  private static final int FIELD_USER = 0;
  private static final int FIELD_CREDENTIAL = 3;
  private static final int FIELD_CLEAR_PASSWORD = 4;
  private static final int FIELD_SESSION_TOKEN = 5;
  private static final int FIELD_SESSION_TTL = 6;
  private static final int FIELD_ROLES = 10;
  private static final int FIELD_ROLE = 11;

  private static final int SESSION_SECONDS = 24 * 60 * 60;

  private final Authenticator authenticator;
  private final Map<String, String> sessions = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  /**
   * @param authenticator null: anybody may do anything, and clients are told to go on without login
   */
  Security(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  /** Whether connections must log in. */
  boolean isOn() {
    return authenticator != null;
  }

  /**
   * An answer, and who the connection belongs to from now on.
   *
   * @param admitted whether this message let the connection in
   */
  record Answer(byte[] body, boolean admitted) {}

  Answer answer(byte[] message, boolean admitted) {
    if (!isOn()) {
      // Clients go on without a login, whatever user they are configured with.
      return refusal(ResultCode.SECURITY_NOT_CONFIGURED);
    }
    if (message.length < HEADER) {
      return refusal(ResultCode.INVALID_FIELD);
    }
    Map<Integer, String> fields = fields(message);
    return switch (Bytes.u8(message, 2)) {
      case LOGIN -> login(fields);
      case AUTHENTICATE -> authenticate(fields);
      case QUERY_USERS -> names(admitted, authenticator.users(), FIELD_USER);
      case QUERY_ROLES -> names(admitted, authenticator.roles(), FIELD_ROLE);
      default -> refusal(ResultCode.INVALID_COMMAND);
    };
  }

  private Answer login(Map<Integer, String> fields) {
    String user = fields.getOrDefault(FIELD_USER, "");
    int code =
        authenticator.check(
            new Authenticator.Attempt(
                user,
                fields.getOrDefault(FIELD_CREDENTIAL, ""),
                fields.getOrDefault(FIELD_CLEAR_PASSWORD, "")));
    if (code != ResultCode.OK) {
      return refusal(code);
    }
    byte[] token = new byte[16];
    random.nextBytes(token);
    String text = HexFormat.of().formatHex(token);
    sessions.put(text, user);
    byte[] seconds = new byte[4];
    Bytes.putI32(seconds, 0, SESSION_SECONDS);
    ByteArrayOutputStream body = block(LOGIN, 2);
    field(body, FIELD_SESSION_TOKEN, text.getBytes(StandardCharsets.US_ASCII));
    field(body, FIELD_SESSION_TTL, seconds);
    return new Answer(body.toByteArray(), true);
  }

  private Answer authenticate(Map<Integer, String> fields) {
    String user = sessions.get(fields.getOrDefault(FIELD_SESSION_TOKEN, ""));
    if (user == null || !user.equals(fields.getOrDefault(FIELD_USER, ""))) {
      return refusal(ResultCode.EXPIRED_SESSION);
    }
    return new Answer(block(AUTHENTICATE, 0).toByteArray(), true);
  }

  private static Answer names(boolean admitted, List<String> names, int field) {
    if (!admitted) {
      return refusal(ResultCode.NOT_AUTHENTICATED);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (String name : names) {
      body.writeBytes(block(0, field == FIELD_USER ? 2 : 1).toByteArray());
      field(body, field, name.getBytes(StandardCharsets.UTF_8));
      if (field == FIELD_USER) {
        // How many roles: none.
        field(body, FIELD_ROLES, new byte[1]);
      }
    }
    byte[] end = block(0, 0).toByteArray();
    end[1] = ResultCode.QUERY_END;
    body.writeBytes(end);
    return new Answer(body.toByteArray(), true);
  }

  private static Answer refusal(int code) {
    byte[] body = new byte[HEADER];
    body[1] = (byte) code;
    return new Answer(body, false);
  }

  private static ByteArrayOutputStream block(int command, int fields) {
    byte[] header = new byte[HEADER];
    header[2] = (byte) command;
    header[3] = (byte) fields;
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.writeBytes(header);
    return block;
  }

  private static void field(ByteArrayOutputStream body, int id, byte[] data) {
    byte[] header = new byte[5];
    Bytes.putI32(header, 0, 1 + data.length);
    header[4] = (byte) id;
    body.writeBytes(header);
    body.writeBytes(data);
  }

  private static Map<Integer, String> fields(byte[] message) {
    Map<Integer, String> fields = new HashMap<>();
    int at = HEADER;
    for (int i = 0; i < Bytes.u8(message, 3) && message.length - at >= 5; i++) {
      int size = Bytes.i32(message, at);
      if (size < 1 || size > message.length - at - 4) {
        break;
      }
      fields.put(
          Bytes.u8(message, at + 4), new String(message, at + 5, size - 1, StandardCharsets.UTF_8));
      at += 4 + size;
    }
    return fields;
  }
}
