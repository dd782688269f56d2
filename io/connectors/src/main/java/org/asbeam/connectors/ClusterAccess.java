package org.asbeam.connectors;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Serializable;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.display.HasDisplayData;
import org.asbeam.aerospike.ClusterClient;
import org.asbeam.aerospike.ClusterClients;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.storage.secrets.SecretAgentSpec;
import org.asbeam.storage.secrets.Secrets;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How the steps of a pipeline reach a cluster; travels with them. Start from {@link #NONE}.
 *
 * @param connection without a secret: see {@link #withConnection}; null: not given yet
 * @param agent where references to secrets are resolved; null: there is no Secret Agent
 */
record ClusterAccess(@Nullable ConnectionSpec connection, @Nullable SecretAgentSpec agent)
    implements Serializable, HasDisplayData {
  /** To no cluster. */
  static final ClusterAccess NONE = new ClusterAccess(null, null);

  /**
   * To another cluster. References take the place of passwords that are given themselves, so that
   * none of them is in a pipeline's graph; only this process resolves them.
   */
  ClusterAccess withConnection(ConnectionSpec given) {
    ConnectionSpec safe = given;
    if (!given.password().isEmpty()) {
      safe = safe.withUser(given.user(), Secrets.toReference(given.password()));
    }
    if (!given.tls().keyPassword().isEmpty()) {
      safe =
          safe.withTls(given.tls().withKeyPassword(Secrets.toReference(given.tls().keyPassword())));
    }
    return new ClusterAccess(safe, agent);
  }

  ClusterAccess withSecretAgent(SecretAgentSpec given) {
    return new ClusterAccess(connection, requireNonNull(given, "agent"));
  }

  /**
   * Looks at what was given, and contacts nothing.
   *
   * @param caller the method whose user is told what is missing
   * @throws IllegalArgumentException if there is no connection, or it contradicts itself
   */
  void check(String caller) {
    Checks.argument(connection != null, caller + " needs withConnection()");
    connection.check();
  }

  /**
   * A lease on the client of this process.
   *
   * @throws IOException if a secret can't be had or the cluster can't be reached
   */
  ClusterClient acquire() throws IOException {
    return ClusterClients.acquire(connection, Secrets.of(agent)::resolve);
  }

  /** Names each part that may be shown: parts to come may be secret. */
  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    if (connection != null) {
      builder.add(DisplayData.item("seeds", connection.seeds()).withLabel("Seeds"));
    }
  }
}
