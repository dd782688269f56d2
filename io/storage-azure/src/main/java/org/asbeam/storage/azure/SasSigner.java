package org.asbeam.storage.azure;

/** A shared access signature: it is part of every URL. */
record SasSigner(String queryEnd) implements AzureSigner {
  @Override
  public void sign(AzureRequest request, String path) {
    // It is signed already, for all requests that it allows.
  }

  /** Nothing of the signature. */
  @Override
  public String toString() {
    return "a shared access signature";
  }
}
