package org.asbeam.aerospike;

import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts whom another trust manager trusts, and says in plain words why it doesn't. */
final class ExplainingTrustManager extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager judge;

  ExplainingTrustManager(X509ExtendedTrustManager judge) {
    this.judge = judge;
  }

  /** A certificate is not trusted; the message is the reason, as the end of a sentence. */
  static final class Untrusted extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final boolean unknownIssuer;

    Untrusted(String reason, boolean unknownIssuer, CertificateException cause) {
      super(reason, cause);
      this.unknownIssuer = unknownIssuer;
    }

    /** Whether trusting another issuer would help. */
    boolean unknownIssuer() {
      return unknownIssuer;
    }
  }

  private static Untrusted explain(X509Certificate[] chain, CertificateException problem) {
    Instant now = Instant.now();
    for (X509Certificate certificate : chain) {
      String of = "the certificate of '" + certificate.getSubjectX500Principal() + "'";
      Instant end = certificate.getNotAfter().toInstant();
      if (end.isBefore(now)) {
        return new Untrusted(of + " expired on " + end, false, problem);
      }
      Instant start = certificate.getNotBefore().toInstant();
      if (start.isAfter(now)) {
        return new Untrusted(
            of + " is valid only from " + start + " on (and here it is " + now + ")",
            false,
            problem);
      }
    }
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertPathBuilderException) {
        X509Certificate last = chain[chain.length - 1];
        return new Untrusted(
            "its certificate was issued by '" + last.getIssuerX500Principal() + "'", true, problem);
      }
    }
    return new Untrusted(SeedProbe.oneLine(problem), false, problem);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    try {
      judge.checkServerTrusted(chain, type, socket);
    } catch (CertificateException e) {
      throw explain(chain, e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    try {
      judge.checkServerTrusted(chain, type, engine);
    } catch (CertificateException e) {
      throw explain(chain, e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    try {
      judge.checkServerTrusted(chain, type);
    } catch (CertificateException e) {
      throw explain(chain, e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    judge.checkClientTrusted(chain, type, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    judge.checkClientTrusted(chain, type, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    judge.checkClientTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return judge.getAcceptedIssuers();
  }
}
