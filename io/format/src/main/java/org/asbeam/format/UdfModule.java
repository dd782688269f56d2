package org.asbeam.format;

import java.util.Arrays;

/**
 * A Lua module of user-defined functions. Modules belong to the cluster, not to a namespace.
 *
 * @param name the file's name, for example {@code util.lua}
 * @param content the raw bytes of the file; not copied
 */
public record UdfModule(String name, byte[] content) {
  @Override
  public boolean equals(Object other) {
    return other instanceof UdfModule module
        && name.equals(module.name)
        && Arrays.equals(content, module.content);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return "UdfModule[" + name + ", " + content.length + " bytes]";
  }
}
