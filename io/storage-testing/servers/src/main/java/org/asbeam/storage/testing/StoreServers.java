package org.asbeam.storage.testing;

import java.util.EnumSet;
import java.util.Set;
import org.opentest4j.TestAbortedException;

/** Tells which storage servers can be started here. */
public final class StoreServers {
  private static final Set<StoreKind> REPORTED = EnumSet.noneOf(StoreKind.class);

  private StoreServers() {}

  /** Whether a server of this kind is installed. */
  public static boolean available(StoreKind kind) {
    try {
      Installation.find(kind);
      return true;
    } catch (MissingServerException missing) {
      return false;
    }
  }

  /**
   * Called by a test that needs a server. If it is not installed, the test is aborted and a line on
   * standard error says so, once for each kind.
   *
   * @throws TestAbortedException if the server is not installed
   * @throws MissingServerException the same, where the environment variable CI is {@code true}: a
   *     test that silently did not run would look like a passed one there
   */
  public static void require(StoreKind kind) {
    try {
      Installation.find(kind);
    } catch (MissingServerException missing) {
      if ("true".equals(System.getenv("CI"))) {
        throw missing;
      }
      String line = "Not run: the tests against " + kind.server() + ". " + missing.getMessage();
      synchronized (REPORTED) {
        if (REPORTED.add(kind)) {
          System.err.println(line);
        }
      }
      throw new TestAbortedException(line, missing);
    }
  }

  /**
   * The server of this kind that all tests of this JVM share.
   *
   * @throws MissingServerException if it is not installed
   */
  public static StoreServer shared(StoreKind kind) {
    return switch (kind) {
      case S3 -> S3ProxyServer.shared();
      case GCS -> FakeGcsServer.shared();
      case AZURE -> AzuriteServer.shared();
      case HDFS -> HdfsServer.shared();
    };
  }
}
