package org.asbeam.storage.azure;

import java.util.List;

/** The access tiers of blobs, as the service spells them. */
final class AzureTier {
  static final String ARCHIVE = "Archive";

  /** Those of the service's API; the P ones, for page blobs, are refused by it for backups. */
  static final List<String> ALL =
      List.of(
          ARCHIVE, "Cold", "Cool", "Hot", "P4", "P6", "P10", "P15", "P20", "P30", "P40", "P50",
          "P60", "P70", "P80", "Premium");

  private AzureTier() {}
}
