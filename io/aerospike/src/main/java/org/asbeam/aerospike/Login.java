package org.asbeam.aerospike;

import com.aerospike.client.admin.AdminCommand;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;

/**
 * Logs in on a connection, to find out whether the client will be able to; the session is not used
 * further.
 */
final class Login {
  /** Protocol version 2, type 2 (security). */
  private static final long SECURITY_HEADER = 0x0202L << 48;

  /** The header behind the protocol's own: scheme, result, command, number of fields, reserved. */
  private static final int HEADER = 16;

  private static final int COMMAND_LOGIN = 20;
  private static final int FIELD_USER = 0;
  private static final int FIELD_CREDENTIAL = 3;
  private static final int FIELD_CLEAR_PASSWORD = 4;

  /** A reply holds a session token; more than this is something else. */
  private static final int MAX_REPLY = 64 * 1024;

  /** Names and passwords are far shorter: both are checked before. */
  private static final int MAX_REQUEST = 8 * 1024;

  private final String user;
  private final byte[] request;

  Login(ConnectionSpec spec, Credentials credentials) {
    user = spec.authMode() == AuthMode.PKI ? "" : spec.user();
    request = request(spec, credentials);
  }

  /** The message: what goes to the server is the hash, and the password itself if it must be. */
  private static byte[] request(ConnectionSpec spec, Credentials credentials) {
    ByteBuffer message = ByteBuffer.allocate(MAX_REQUEST);
    message.position(8 + HEADER);
    int fields = 0;
    if (spec.authMode() != AuthMode.PKI) {
      String password = credentials.password();
      put(message, FIELD_USER, spec.user());
      put(message, FIELD_CREDENTIAL, AdminCommand.hashPassword(password));
      fields = 2;
      if (spec.authMode() == AuthMode.EXTERNAL) {
        put(message, FIELD_CLEAR_PASSWORD, password);
        fields = 3;
      }
    }
    message.flip();
    message.putLong(0, SECURITY_HEADER | (message.limit() - 8));
    message.put(10, (byte) COMMAND_LOGIN);
    message.put(11, (byte) fields);
    byte[] bytes = new byte[message.limit()];
    message.get(bytes);
    return bytes;
  }

  private static void put(ByteBuffer message, int field, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    message.putInt(1 + bytes.length).put((byte) field).put(bytes);
  }

  /**
   * @throws ClusterException if the server refuses the user
   */
  void on(SeedHost seed, Socket socket) throws IOException {
    socket.getOutputStream().write(request);
    byte[] body;
    try {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      long size = in.readLong() ^ SECURITY_HEADER;
      if (size < HEADER || size > MAX_REPLY) {
        throw new SeedProbe.NoAnswer(null);
      }
      body = new byte[(int) size];
      in.readFully(body);
    } catch (SocketTimeoutException | SSLException | SeedProbe.NoAnswer e) {
      throw e;
    } catch (IOException e) {
      throw new SeedProbe.NoAnswer(e);
    }
    int code = body[1] & 0xff;
    ClusterException refusal = ClusterErrors.login(seed, user, code);
    if (refusal != null) {
      throw refusal;
    }
  }
}
