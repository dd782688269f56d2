package org.asbeam.transforms.work;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The {@link Backends} that programs of this process lend to their jobs. A pipeline carries only
 * the id, so that nothing of the program travels with it.
 */
public final class LentBackends {
  /** The id of what needs no lending: {@link RealBackends}. */
  public static final String REAL = "";

  private static final Map<String, Backends> LENT = new ConcurrentHashMap<>();

  private LentBackends() {}

  /** Backends that a program lends, until this is closed; workers that have them go on. */
  public interface Loan extends AutoCloseable {
    /** What {@link LentBackends#of} takes. */
    String id();

    @Override
    void close();
  }

  /** Lends backends to jobs of this process. */
  public static Loan lend(Backends backends) {
    String id = UUID.randomUUID().toString();
    LENT.put(id, backends);
    return new Loan() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public void close() {
        LENT.remove(id);
      }
    };
  }

  /**
   * The backends of an id.
   *
   * @throws WorkException if this process has none: the program that lends them is another one
   */
  public static Backends of(String id) throws WorkException {
    if (id.equals(REAL)) {
      return new RealBackends();
    }
    Backends backends = LENT.get(id);
    if (backends == null) {
      throw new WorkException(
          ErrorCode.USAGE,
          "this worker's process lacks what the program passed in to the job, a limit on scans for"
              + " example",
          "pass such things in only where the workers are the program's own process");
    }
    return backends;
  }
}
