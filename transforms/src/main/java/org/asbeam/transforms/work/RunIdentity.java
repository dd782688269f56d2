package org.asbeam.transforms.work;

import org.asbeam.storage.crypto.FileEncryption;

/**
 * What must be the same for all workers of a run, whoever resumes it included: fixed by the first.
 *
 * @param cluster the cluster before the first scan
 * @param keyId tells a person which key the files are encrypted with; empty without encryption
 * @param keyCheck proves it; empty without encryption
 */
public record RunIdentity(ClusterSnapshot cluster, String keyId, String keyCheck) {
  static RunIdentity of(ClusterSnapshot cluster, FileEncryption encryption) {
    return new RunIdentity(cluster, encryption.keyId(), encryption.keyCheck());
  }

  /**
   * @throws WorkException if a worker has another key than the first one had
   */
  void checkKey(FileEncryption mine) throws WorkException {
    if (!keyCheck.equals(mine.keyCheck())) {
      throw new WorkException(
          ErrorCode.KEY,
          "the run encrypts with key "
              + keyId
              + ", this worker has key "
              + (mine.keyId().isEmpty() ? "none" : mine.keyId()),
          "give all workers the same key, also when you resume");
    }
  }
}
