package org.asbeam.storage.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.util.Configuration;
import com.azure.identity.AzureCliCredentialBuilder;
import com.azure.identity.AzureDeveloperCliCredentialBuilder;
import com.azure.identity.ChainedTokenCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.EnvironmentCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import java.time.Duration;

/** Where tokens come from. */
final class AzureIdentity {
  /** Requests for tokens are made once: whoever needs the token tries again. */
  private static final RetryOptions ONCE =
      new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1)));

  private AzureIdentity() {}

  /**
   * An application with its secret. The authority is that of AZURE_AUTHORITY_HOST, if it is set.
   */
  static TokenCredential application(
      String tenant, String clientId, String secret, IdentityHttp http) {
    return new ClientSecretCredentialBuilder()
        .tenantId(tenant)
        .clientId(clientId)
        .clientSecret(secret)
        .httpClient(http)
        .retryOptions(ONCE)
        .build();
  }

  /**
   * What the surroundings have: environment variables, a workload's identity, a managed identity,
   * the command-line tools, in this order. It is the chain of the peers' SDK; the desktop programs
   * that Azure's own Java chain asks, too, need native libraries, and are on no worker.
   */
  static TokenCredential surroundings(IdentityHttp http) {
    Configuration environment = Configuration.getGlobalConfiguration();
    String tenant = environment.get(Configuration.PROPERTY_AZURE_TENANT_ID);
    String clientId = environment.get(Configuration.PROPERTY_AZURE_CLIENT_ID);
    String tokenFile = environment.get("AZURE_FEDERATED_TOKEN_FILE");
    ChainedTokenCredentialBuilder chain =
        new ChainedTokenCredentialBuilder()
            .addLast(
                new EnvironmentCredentialBuilder().httpClient(http).retryOptions(ONCE).build());
    if (tenant != null && clientId != null && tokenFile != null) {
      chain.addLast(
          new WorkloadIdentityCredentialBuilder()
              .tenantId(tenant)
              .clientId(clientId)
              .tokenFilePath(tokenFile)
              .httpClient(http)
              .retryOptions(ONCE)
              .build());
    }
    return chain
        .addLast(
            new ManagedIdentityCredentialBuilder()
                .clientId(clientId)
                .httpClient(http)
                .retryOptions(ONCE)
                .build())
        .addLast(new AzureCliCredentialBuilder().httpClient(http).build())
        .addLast(new AzureDeveloperCliCredentialBuilder().httpClient(http).build())
        .build();
  }
}
