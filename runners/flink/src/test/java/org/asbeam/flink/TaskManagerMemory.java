package org.asbeam.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory of a TaskManager by the formula of {@code docs/flink.md}.
 *
 * @param options Flink's options and their MiB, in the order of the page
 */
record TaskManagerMemory(Map<String, Integer> options) {
  private static final Path PAGE = Path.of("..", "..", "docs", "flink.md");
  private static final String PREFIX = "taskmanager.memory.";

  /** A row of the page's table: options, and their size. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (`taskmanager\\.memory\\.[^|]*) \\| ([^|]*) \\|");

  private static final Pattern OPTION = Pattern.compile("`([a-z.-]+)`");

  /** What the page says for so many slots. */
  static TaskManagerMemory of(int slots) throws IOException {
    Map<String, Integer> options = new LinkedHashMap<>();
    Matcher rows = ROW.matcher(Files.readString(PAGE));
    while (rows.find()) {
      int size = size(rows.group(2), slots);
      OPTION.matcher(rows.group(1)).results().forEach(name -> options.put(name.group(1), size));
    }
    return new TaskManagerMemory(options);
  }

  /** The value of a sum such as {@code 32 + 16 × n}. */
  private static int size(String sum, int n) {
    int size = 0;
    for (String term : sum.split(" \\+ ")) {
      String[] factors = term.split(" × ");
      size += Integer.parseInt(factors[0]) * (factors.length == 2 ? n : 1);
    }
    return size;
  }

  private int of(String name) {
    return options.get(PREFIX + name);
  }

  /** What Flink's script makes {@code -Xmx} of it. */
  int heap() {
    return of("framework.heap.size") + of("task.heap.size");
  }

  /** What Flink's script makes {@code -XX:MaxDirectMemorySize} of it. */
  int direct() {
    return of("framework.off-heap.size") + of("task.off-heap.size") + of("network.max");
  }

  /** What Flink's script makes {@code -XX:MaxMetaspaceSize} of it. */
  int metaspace() {
    return of("jvm-metaspace.size");
  }

  /** The whole process. */
  int process() {
    return heap() + direct() + metaspace() + of("managed.size") + of("jvm-overhead.max");
  }
}
