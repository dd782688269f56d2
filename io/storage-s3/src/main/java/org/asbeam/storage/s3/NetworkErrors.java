package org.asbeam.storage.s3;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.http.NoHttpResponseException;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.conn.ConnectionPoolTimeoutException;
import org.asbeam.storage.remote.Problem;

/** Tells what errors of connections mean. */
final class NetworkErrors {
  private NetworkErrors() {}

  static Problem explain(IOException error) {
    if (error instanceof UnknownHostException) {
      return unreachable("there is no host " + S3Errors.line(error.getMessage()));
    }
    if (error instanceof ConnectionPoolTimeoutException) {
      return passing("all connections are in use; s3-max-conns-per-host sets how many there are");
    }
    if (error instanceof ConnectTimeoutException) {
      return unreachable("no connection in time");
    }
    if (error instanceof ConnectException
        || error instanceof NoRouteToHostException
        || error instanceof PortUnreachableException) {
      return unreachable(S3Errors.line(error.getMessage()));
    }
    if (error instanceof SSLException e) {
      return tls(e);
    }
    if (error instanceof SocketTimeoutException) {
      return passing("the connection brought nothing for too long");
    }
    if (error instanceof NoHttpResponseException) {
      return passing("the connection was closed without an answer");
    }
    return passing(S3Errors.line(error.getMessage()));
  }

  private static Problem tls(SSLException error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return unreachable("its certificate is not trusted: " + S3Errors.line(cause.getMessage()));
      }
    }
    String text = "TLS: " + S3Errors.line(error.getMessage());
    return error instanceof SSLHandshakeException || error instanceof SSLPeerUnverifiedException
        ? unreachable(text)
        : passing(text);
  }

  private static Problem unreachable(String text) {
    return new Problem(Problem.Kind.UNREACHABLE, text);
  }

  private static Problem passing(String text) {
    return new Problem(Problem.Kind.TRANSIENT, text);
  }
}
