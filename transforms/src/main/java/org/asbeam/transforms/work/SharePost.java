package org.asbeam.transforms.work;

/**
 * What a worker process tells the others of its run about its share of the limits. Rates are in
 * thousandths per second, and 0 where there is no limit.
 *
 * @param worker names the process, and no other one ever
 * @param number counts the posts of the process: the highest one is the latest
 * @param leaseMillis how long after the start of this post the process uses its claims at the most,
 *     unless it posts again
 * @param slices what it works on, its weight against the others
 * @param records its part of the records
 * @param bytes its part of the bytes
 */
record SharePost(
    String worker, long number, long leaseMillis, int slices, Part records, Part bytes) {

  /**
   * Of one limit.
   *
   * @param want what it could use, at the most the limit
   * @param claim what it may use; nobody else may
   */
  record Part(long want, long claim) {}
}
