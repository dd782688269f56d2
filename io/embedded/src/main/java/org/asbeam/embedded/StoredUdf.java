package org.asbeam.embedded;

import java.util.Arrays;

/**
 * A UDF module.
 *
 * @param name its file name, such as {@code sum.lua}
 * @param content the file's bytes
 */
public record StoredUdf(String name, byte[] content) {
  @Override
  public boolean equals(Object other) {
    return other instanceof StoredUdf that
        && name.equals(that.name)
        && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(content);
  }
}
