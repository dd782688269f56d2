package org.asbeam.pipelines.options;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The flags of asbackup, asrestore and absctl, from a list of their own names. */
final class PeerFlags {
  private static final List<String> TOOLS =
      List.of("asbackup", "asrestore", "absctl backup", "absctl restore");

  /**
   * A flag of some tools.
   *
   * @param flag such as {@code --set}
   * @param shortFlag such as {@code -s}, or empty
   * @param tools those that have it
   */
  record PeerFlag(String flag, String shortFlag, List<String> tools) {
    /** Whether a tool with that work has it. */
    boolean isOf(Command command) {
      return command == Command.BACKUP
          ? tools.contains("asbackup") || tools.contains("absctl backup")
          : tools.contains("asrestore") || tools.contains("absctl restore");
    }

    @Override
    public String toString() {
      return flag;
    }
  }

  private PeerFlags() {}

  static List<PeerFlag> all() {
    List<PeerFlag> flags = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(PeerFlags.class.getResourceAsStream("peer-flags.csv")),
                StandardCharsets.UTF_8))) {
      for (String line : in.lines().filter(text -> !text.startsWith("#")).toList()) {
        String[] cells = line.split(",", -1);
        List<String> tools = new ArrayList<>();
        for (int i = 0; i < TOOLS.size(); i++) {
          if (cells[2 + i].equals("yes")) {
            tools.add(TOOLS.get(i));
          }
        }
        flags.add(new PeerFlag(cells[0], cells[1], tools));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return flags;
  }

  /** Which tools call an option of a command so, for the documentation. */
  static String namesOf(Option<?> option, Command command) {
    List<String> names = new ArrayList<>();
    for (PeerFlag flag : all()) {
      if (option.names().contains(flag.flag().substring(2)) && flag.isOf(command)) {
        List<String> tools = new ArrayList<>();
        String go = command == Command.BACKUP ? "asbackup" : "asrestore";
        if (flag.tools().contains(go)) {
          tools.add(go);
        }
        if (flag.tools().contains("absctl " + command.text())) {
          tools.add("absctl");
        }
        names.add(String.join(", ", tools) + " `" + flag.flag() + "`");
      }
    }
    return String.join("; ", names);
  }
}
