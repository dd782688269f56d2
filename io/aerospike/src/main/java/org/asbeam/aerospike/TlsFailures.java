package org.asbeam.aerospike;

import com.aerospike.client.AerospikeException;
import com.aerospike.client.cluster.Connection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.security.auth.x500.X500Principal;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.aerospike.ExplainingTrustManager.Untrusted;

/** Finds out why a connection can't be encrypted, and says so in one line. */
final class TlsFailures {
  /** The kind of a name in a certificate's list of alternative names: a host name. */
  private static final int DNS_NAME = 2;

  private TlsFailures() {}

  /**
   * Shakes hands and looks for the name in the server's certificate, by the client's own rule: one
   * of its names must be the same to the letter.
   */
  static void handshake(SeedHost seed, SSLSocket socket, TlsContext tls) throws IOException {
    socket.startHandshake();
    X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
    String name = tls.name(seed);
    try {
      Connection.validateServerCertificate(tls.policy(), name, certificate);
    } catch (AerospikeException e) {
      throw new ClusterException(
          Kind.TLS,
          "the certificate of the server at "
              + seed
              + " does not have the TLS name '"
              + name
              + "'; its names are: "
              + String.join(", ", names(certificate)),
          e);
    } catch (Exception e) {
      throw new ClusterException(
          Kind.TLS,
          "the certificate of the server at " + seed + " can't be read: " + SeedProbe.oneLine(e),
          e);
    }
  }

  /** The names by which the client knows a server: common names and alternative host names. */
  private static Collection<String> names(X509Certificate certificate) {
    TreeSet<String> names = new TreeSet<>();
    try {
      String subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
      for (Rdn part : new LdapName(subject).getRdns()) {
        Attribute commonName = part.toAttributes().get("CN");
        if (commonName != null) {
          names.add(String.valueOf(commonName.get()));
        }
      }
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives != null) {
        for (List<?> alternative : alternatives) {
          if (alternative.get(0).equals(DNS_NAME)) {
            names.add(String.valueOf(alternative.get(1)));
          }
        }
      }
    } catch (NamingException | CertificateParsingException e) {
      // What was read so far is all that can be said.
    }
    return names;
  }

  /** Whether a failure says by itself what is wrong. */
  static boolean isExplained(IOException failure) {
    return untrusted(failure) != null || alert(failure) != null;
  }

  /**
   * Why there is no connection.
   *
   * @param plain whether the server answers without TLS
   */
  static ClusterException explain(
      SeedHost seed, TlsContext tls, boolean plain, IOException failure) {
    if (plain) {
      return new ClusterException(
          Kind.TLS,
          "the Aerospike server at "
              + seed
              + " does not speak TLS at this port; take its TLS port, or turn TLS off",
          failure);
    }
    return new ClusterException(
        Kind.TLS, "no TLS connection to " + seed + ": " + reason(tls, failure), failure);
  }

  private static String reason(TlsContext tls, IOException failure) {
    Untrusted untrusted = untrusted(failure);
    if (untrusted != null) {
      return untrusted.unknownIssuer()
          ? "the server is not trusted: "
              + untrusted.getMessage()
              + ", whom "
              + tls.trusted()
              + " does not lead to"
          : "the server is not trusted: " + untrusted.getMessage();
    }
    String alert = alert(failure);
    boolean aboutCertificate =
        alert == null || alert.contains("certificate") || alert.equals("handshake_failure");
    if (tls.wasAskedForCertificate() && tls.certificateFile().isEmpty() && aboutCertificate) {
      return "the server asks for a certificate of the client, and none was given; give one, and"
          + " its key";
    }
    if (alert != null && (alert.contains("certificate") || alert.equals("unknown_ca"))) {
      return "the server does not accept the client's certificate in "
          + tls.certificateFile()
          + " ("
          + alert
          + "); check who issued it, and until when it is valid";
    }
    String text = SeedProbe.oneLine(failure);
    if ("protocol_version".equals(alert) || text.contains("selected protocol version")) {
      return "the server takes none of the versions "
          + tls.protocols()
          + "; choose others as TLS protocols";
    }
    if (text.contains("No appropriate protocol")) {
      return "this JVM has turned off "
          + tls.protocols()
          + " (jdk.tls.disabledAlgorithms); choose newer TLS protocols";
    }
    if (alert != null) {
      return "the server refused it ("
          + alert
          + "); client and server may have no version ("
          + tls.protocols()
          + ") or cipher in common";
    }
    return "the server ended it without an answer that is TLS ("
        + text
        + "); check the port, and the TLS protocols ("
        + tls.protocols()
        + ")";
  }

  private static Untrusted untrusted(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Untrusted untrusted) {
        return untrusted;
      }
    }
    return null;
  }

  /** The name of the alert by which the server ended the connection, or null. */
  private static String alert(IOException failure) {
    String text = failure instanceof SSLException ? SeedProbe.oneLine(failure) : "";
    int at = text.indexOf("fatal alert: ");
    return at < 0 ? null : text.substring(at + "fatal alert: ".length()).toLowerCase(Locale.ROOT);
  }

  /** Whether a server answers to the first message of TLS with one of its own. */
  static boolean speaksTls(InetSocketAddress address, int timeoutMillis) {
    AtomicBoolean seen = new AtomicBoolean();
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Onlooker(seen)}, new SecureRandom());
      try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket()) {
        socket.connect(address, timeoutMillis);
        socket.setSoTimeout(timeoutMillis);
        socket.startHandshake();
        return true;
      }
    } catch (IOException e) {
      return seen.get() || alert(e) != null;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Sees that a server shows a certificate. Trusts nobody: nothing is ever sent to the server. */
  private static final class Onlooker extends X509ExtendedTrustManager {
    private final AtomicBoolean seen;

    Onlooker(AtomicBoolean seen) {
      this.seen = seen;
    }

    private void refuse() throws CertificateException {
      seen.set(true);
      throw new CertificateException("only looking");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      refuse();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      refuse();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      refuse();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      refuse();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      refuse();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      refuse();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
