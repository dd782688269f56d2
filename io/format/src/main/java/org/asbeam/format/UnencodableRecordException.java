package org.asbeam.format;

import java.io.IOException;
import java.util.HexFormat;

/**
 * A record that the ASB format can't spell without loss: a particle type without a letter, a value
 * that contradicts its type, or a name beyond the server's limits. Trying again doesn't help.
 */
public final class UnencodableRecordException extends IOException {
  private static final long serialVersionUID = 1L;

  private final byte[] digest;
  private final String set;
  private final String bin;
  private final int particleType;

  /**
   * @param bin the bin's name; empty if the fault is not in a bin
   * @param particleType the particle type of the bin or key; -1 if the fault is in neither
   */
  UnencodableRecordException(
      byte[] digest, String set, String bin, int particleType, String reason) {
    super(message(digest, set, bin, particleType, reason));
    this.digest = digest;
    this.set = set;
    this.bin = bin;
    this.particleType = particleType;
  }

  private static String message(
      byte[] digest, String set, String bin, int particleType, String reason) {
    StringBuilder text = new StringBuilder("record ").append(HexFormat.of().formatHex(digest));
    text.append(set.isEmpty() ? " (no set)" : " of set '" + set + "'");
    if (particleType >= 0) {
      text.append(bin.isEmpty() ? ", user key" : ", bin '" + bin + "'");
      text.append(", particle type ").append(particleType);
    }
    return text.append(": ").append(reason).append("; the ASB format can't hold it").toString();
  }

  public byte[] digest() {
    return digest.clone();
  }

  /** The set's name; empty if the record is in none. */
  public String set() {
    return set;
  }

  /** The bin's name; empty if the fault is not in a bin. */
  public String bin() {
    return bin;
  }

  /** The particle type of the bin or the user key; -1 if the fault is in neither. */
  public int particleType() {
    return particleType;
  }
}
