package org.asbeam.storage.remote;

/**
 * How much a store takes at once, and how patient to be with it.
 *
 * @param partBytes the bytes of a part; all parts but the last one have as many
 * @param partsAtOnce the parts of one object that may be on their way at once; 1: they must come in
 *     order
 * @param mostParts the parts that an object can have at the most
 * @param requests how patient to be with requests
 * @param reading how patient to be with a body that breaks off: it is read on from there
 */
public record ObjectLimits(
    int partBytes, int partsAtOnce, int mostParts, Patience requests, Patience reading) {
  /** The bytes of the largest object. */
  long largestObject() {
    return (long) partBytes * mostParts;
  }
}
