package org.asbeam.storage.azure;

import java.time.Duration;
import org.asbeam.storage.remote.ObjectClient.ObjectArchive;

/** Takes blobs out of the archive tier: they change to another tier, and stay there. */
final class AzureArchive implements ObjectArchive {
  private final AzureClient client;
  private final AzureSettings settings;

  AzureArchive(AzureClient client, AzureSettings settings) {
    this.client = client;
    this.settings = settings;
  }

  @Override
  public boolean mayRequest() {
    return settings.tier().filter(tier -> !tier.equals(AzureTier.ARCHIVE)).isPresent();
  }

  @Override
  public void request(String key) throws Exception {
    client.takeOut(key, settings.tier().orElseThrow());
  }

  @Override
  public String expectation() {
    return mayRequest()
        ? "taking files out of the archive tier takes up to 15 hours; they stay in tier "
            + settings.tier().orElseThrow()
            + " then"
        : "set "
            + AzureSettings.ACCESS_TIER
            + " to Hot, Cool or Cold to have files taken out of the archive tier, which takes up to"
            + " 15 hours; they stay in that tier then";
  }

  @Override
  public Duration pollInterval() {
    return settings.pollInterval();
  }
}
