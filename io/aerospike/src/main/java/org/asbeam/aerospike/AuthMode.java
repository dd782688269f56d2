package org.asbeam.aerospike;

/** How a user proves to a cluster who it is: {@code --auth} of the peers. */
public enum AuthMode {
  /** By a password that the cluster knows; only its hash goes over the wire. */
  INTERNAL,
  /** By a password that another system knows (LDAP): it goes over the wire, so TLS is needed. */
  EXTERNAL,
  /** By the certificate of the client: no user and no password. TLS is needed. */
  PKI
}
