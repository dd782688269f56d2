package org.asbeam.storage.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Runs storage servers by hand. */
public final class StoreServersMain {
  private StoreServersMain() {}

  /**
   * Starts servers, prints for each a new folder and the options that reach it, and ends them when
   * the standard input ends.
   *
   * @param arguments of {@code s3}, {@code gcs}, {@code azure} and {@code hdfs}
   * @throws IOException if the standard input cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    List<StoreKind> kinds = new ArrayList<>();
    for (String argument : arguments) {
      try {
        kinds.add(StoreKind.valueOf(argument.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        kinds.clear();
        break;
      }
    }
    if (kinds.isEmpty()) {
      System.err.println("Arguments: one or more of s3, gcs, azure, hdfs.");
      System.exit(2);
    }
    try {
      for (StoreKind kind : kinds) {
        print(kind, StoreServers.shared(kind));
      }
    } catch (MissingServerException | IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
    System.out.println("The servers run until the end of the input.");
    while (System.in.read() >= 0) {}
    // The shared servers end with this JVM.
    System.exit(0);
  }

  private static void print(StoreKind kind, StoreServer server) {
    System.out.println("# " + kind.server());
    System.out.println(server.newFolder());
    new TreeMap<>(server.settings())
        .forEach((name, value) -> System.out.println("  --" + name + "=" + value));
  }
}
