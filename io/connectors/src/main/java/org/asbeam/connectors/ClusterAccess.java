package org.asbeam.connectors;

import java.io.IOException;
import java.io.Serializable;
import org.asbeam.aerospike.ClusterClient;
import org.asbeam.aerospike.ClusterClients;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.storage.secrets.SecretAgentSpec;
import org.asbeam.storage.secrets.Secrets;

/**
 * How the steps of a pipeline reach a cluster; travels with them.
 *
 * @param connection without a secret: see {@link #references}
 * @param agent where references to secrets are resolved; null: there is no Secret Agent
 */
record ClusterAccess(ConnectionSpec connection, SecretAgentSpec agent) implements Serializable {
  /**
   * Puts references in the place of passwords that are given themselves, so that none of them is in
   * a pipeline's graph. Only this process resolves them.
   */
  static ConnectionSpec references(ConnectionSpec given) {
    ConnectionSpec safe = given;
    if (!given.password().isEmpty()) {
      safe = safe.withUser(given.user(), Secrets.toReference(given.password()));
    }
    if (!given.tls().keyPassword().isEmpty()) {
      safe =
          safe.withTls(given.tls().withKeyPassword(Secrets.toReference(given.tls().keyPassword())));
    }
    return safe;
  }

  /**
   * A lease on the client of this process.
   *
   * @throws IOException if a secret can't be had or the cluster can't be reached
   */
  ClusterClient acquire() throws IOException {
    return ClusterClients.acquire(connection, Secrets.of(agent)::resolve);
  }
}
