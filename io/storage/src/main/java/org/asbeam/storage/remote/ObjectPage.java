package org.asbeam.storage.remote;

import java.util.List;

/**
 * A page of a listing.
 *
 * @param objects those directly below the prefix
 * @param prefixes those that go on below it, each ending in {@code /}
 * @param next what gives the next page; empty: this is the last one
 */
public record ObjectPage(List<Entry> objects, List<String> prefixes, String next) {
  /**
   * An object of a listing.
   *
   * @param key its whole key
   * @param size its bytes
   * @param archived whether it is of an archive's class; it may have been taken out for a while
   */
  public record Entry(String key, long size, boolean archived) {}
}
