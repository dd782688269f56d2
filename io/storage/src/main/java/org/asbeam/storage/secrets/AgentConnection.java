package org.asbeam.storage.secrets;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.InvalidPathException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A connection to the Secret Agent on which every phase has its time: a socket can't bound a write
 * or a run of short reads, so a timer closes the connection when the time of a phase is over.
 */
final class AgentConnection implements Closeable {
  /**
   * In a process that serves many jobs, each with classes of its own, an idle thread holds them.
   */
  private static final long IDLE_SECONDS = 1;

  private static final ScheduledExecutorService TIMER = timer();

  private final SecretAgentSpec spec;
  private Closeable transport;
  private InputStream input;
  private OutputStream output;
  private String phase = "connect";
  private ScheduledFuture<?> alarm;
  private boolean expired;

  AgentConnection(SecretAgentSpec spec) {
    this.spec = spec;
  }

  private static ScheduledExecutorService timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "secret-agent-timer");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }

  void open() throws IOException {
    if (spec.connection() == SecretAgentSpec.Connection.UNIX) {
      openUnix();
    } else {
      openTcp();
    }
  }

  private void openUnix() throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    start(channel);
    try {
      channel.connect(UnixDomainSocketAddress.of(spec.address()));
    } catch (InvalidPathException e) {
      throw new IOException("is no path: " + e.getReason());
    }
    input = Channels.newInputStream(channel);
    output = Channels.newOutputStream(channel);
  }

  private void openTcp() throws IOException {
    HostPort at = HostPort.of(spec);
    // Read before the time of the connection starts.
    AgentTls tls = spec.caFile().isEmpty() ? null : AgentTls.of(spec);
    Socket socket = new Socket();
    start(socket);
    InetSocketAddress address = new InetSocketAddress(at.host(), at.port());
    if (address.isUnresolved()) {
      throw new UnknownHostException("the host " + at.host() + " is not known");
    }
    socket.connect(address);
    socket.setTcpNoDelay(true);
    Socket speaking = socket;
    if (tls != null) {
      String name = spec.tlsName().isEmpty() ? at.host() : spec.tlsName();
      SSLSocket secure =
          (SSLSocket) tls.context().getSocketFactory().createSocket(socket, name, at.port(), true);
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secure.setSSLParameters(parameters);
      phase("shake hands");
      secure.startHandshake();
      speaking = secure;
    }
    input = speaking.getInputStream();
    output = speaking.getOutputStream();
  }

  InputStream input() {
    return input;
  }

  OutputStream output() {
    return output;
  }

  private void start(Closeable newTransport) {
    transport = newTransport;
    phase("connect");
  }

  /** Starts the time of a phase, in words that follow "did not" and "could not". */
  synchronized void phase(String name) {
    if (expired) {
      return;
    }
    phase = name;
    if (alarm != null) {
      alarm.cancel(false);
    }
    alarm = TIMER.schedule(this::expire, spec.timeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  synchronized String phase() {
    return phase;
  }

  /** Whether the connection was closed because a phase took too long. */
  synchronized boolean expired() {
    return expired;
  }

  private void expire() {
    synchronized (this) {
      expired = true;
    }
    closeQuietly();
  }

  private void closeQuietly() {
    try {
      if (transport != null) {
        transport.close();
      }
    } catch (IOException e) {
      // It is given up either way.
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      if (alarm != null) {
        alarm.cancel(false);
      }
    }
    closeQuietly();
  }

  /**
   * Where to connect.
   *
   * @param host a name or an IP address, without brackets
   */
  record HostPort(String host, int port) {
    static HostPort of(SecretAgentSpec spec) throws SecretException {
      String host = spec.address();
      int port = spec.port();
      if (port == 0) {
        int colon = host.lastIndexOf(':');
        try {
          port = Integer.parseInt(host.substring(colon + 1));
        } catch (NumberFormatException e) {
          port = -1;
        }
        if (colon < 1 || port < 1 || port > 65535) {
          throw new SecretException(
              "the Secret Agent's address " + host + " has no port: give it with --sa-port", false);
        }
        host = host.substring(0, colon);
      }
      boolean bracketed = host.startsWith("[") && host.endsWith("]");
      return new HostPort(bracketed ? host.substring(1, host.length() - 1) : host, port);
    }
  }
}
