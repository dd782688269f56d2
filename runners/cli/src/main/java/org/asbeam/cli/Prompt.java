package org.asbeam.cli;

import java.io.Console;

/** Asks a person for a secret. */
@FunctionalInterface
interface Prompt {
  /**
   * @param flag whose value is wanted
   * @return the answer, or null if there is nobody to ask
   */
  String ask(String flag);

  /** Asks on the terminal, without showing what is typed. */
  static Prompt onTerminal() {
    return flag -> {
      Console console = System.console();
      char[] answer = console == null ? null : console.readPassword("%s: ", flag.substring(2));
      return answer == null ? null : new String(answer);
    };
  }
}
