package org.asbeam.transforms.work;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names a process among the workers of a run: {@code <host>_<pid>}. */
public final class WorkerName {
  private static final Pattern FORM = Pattern.compile("(.+)_(\\d+)");
  private static final String HOST = host();

  private WorkerName() {}

  public static String ofThisProcess() {
    return HOST + "_" + ProcessHandle.current().pid();
  }

  /**
   * Whether the process of that name is known to be dead: it ran on this host and is gone.
   * Processes elsewhere may live.
   */
  static boolean isKnownDead(String name) {
    Matcher matcher = FORM.matcher(name);
    return matcher.matches()
        && matcher.group(1).equals(HOST)
        && ProcessHandle.of(Long.parseLong(matcher.group(2))).isEmpty();
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "-");
    } catch (UnknownHostException e) {
      return "unknown-host";
    }
  }
}
