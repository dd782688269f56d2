package org.asbeam.aerospike;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/** Gives a server our certificate, if there is one, and notes that it asked. */
final class NotingKeyManager extends X509ExtendedKeyManager {
  private final X509ExtendedKeyManager own;
  private volatile boolean asked;

  /**
   * @param own null: there is no certificate
   */
  NotingKeyManager(X509ExtendedKeyManager own) {
    this.own = own;
  }

  boolean wasAsked() {
    return asked;
  }

  @Override
  public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
    asked = true;
    return own == null ? null : own.chooseClientAlias(keyTypes, issuers, socket);
  }

  @Override
  public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
    asked = true;
    return own == null ? null : own.chooseEngineClientAlias(keyTypes, issuers, engine);
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return own == null ? null : own.getClientAliases(keyType, issuers);
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return own == null ? null : own.getCertificateChain(alias);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return own == null ? null : own.getPrivateKey(alias);
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    return null;
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return null;
  }
}
