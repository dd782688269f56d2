package org.asbeam.storage.secrets;

import java.io.Serializable;
import java.time.Duration;

/**
 * Where the Secret Agent is and how to speak to it; holds no secret.
 *
 * @param connection TCP or a Unix socket
 * @param address a host name or IP address; a Unix socket's path
 * @param port with TCP; 0 if the address has it at its end, as in {@code agent:3005}
 * @param timeout the most that each of connecting, asking and the answer may take
 * @param caFile PEM certificates that the agent's must come from; empty: no TLS
 * @param tlsName the name that the agent's certificate must have; empty: the address
 * @param certFile our PEM certificate, for an agent that asks for it; empty: none
 * @param keyFile the certificate's PEM private key; empty: none
 * @param base64 whether the agent's values are base64 of the secrets
 */
public record SecretAgentSpec(
    Connection connection,
    String address,
    int port,
    Duration timeout,
    String caFile,
    String tlsName,
    String certFile,
    String keyFile,
    boolean base64)
    implements Serializable {
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  /** How the agent is reached. */
  public enum Connection {
    TCP,
    UNIX
  }

  /**
   * @throws IllegalArgumentException if that can't work, one line
   */
  public SecretAgentSpec {
    if (address.isBlank()) {
      throw new IllegalArgumentException("the Secret Agent has no address");
    }
    if (connection == Connection.TCP && (port < 0 || port > 65535)) {
      throw new IllegalArgumentException("the Secret Agent's port can't be " + port);
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("the Secret Agent's timeout must be more than 0");
    }
    if (certFile.isEmpty() != keyFile.isEmpty()) {
      throw new IllegalArgumentException(
          "the Secret Agent's certificate and key need each other: give both or none");
    }
    if (connection == Connection.UNIX && !caFile.isEmpty()) {
      throw new IllegalArgumentException("TLS to the Secret Agent needs TCP, not a Unix socket");
    }
    if (caFile.isEmpty() && !(certFile.isEmpty() && tlsName.isEmpty())) {
      throw new IllegalArgumentException(
          "a TLS name or certificate for the Secret Agent has no effect without a CA file");
    }
  }

  /** An agent on TCP, without TLS. */
  public static SecretAgentSpec tcp(String address, int port) {
    return new SecretAgentSpec(
        Connection.TCP, address, port, DEFAULT_TIMEOUT, "", "", "", "", false);
  }

  /** An agent on a Unix socket. */
  public static SecretAgentSpec unix(String path) {
    return new SecretAgentSpec(Connection.UNIX, path, 0, DEFAULT_TIMEOUT, "", "", "", "", false);
  }

  public SecretAgentSpec withTimeout(Duration value) {
    return new SecretAgentSpec(
        connection, address, port, value, caFile, tlsName, certFile, keyFile, base64);
  }

  /**
   * @param name empty: the address
   */
  public SecretAgentSpec withTls(String ca, String name) {
    return new SecretAgentSpec(
        connection, address, port, timeout, ca, name, certFile, keyFile, base64);
  }

  public SecretAgentSpec withCertificate(String cert, String key) {
    return new SecretAgentSpec(
        connection, address, port, timeout, caFile, tlsName, cert, key, base64);
  }

  public SecretAgentSpec withBase64(boolean value) {
    return new SecretAgentSpec(
        connection, address, port, timeout, caFile, tlsName, certFile, keyFile, value);
  }

  /** As a person writes it, for messages. */
  @Override
  public String toString() {
    return connection == Connection.UNIX || port == 0 ? address : address + ":" + port;
  }
}
