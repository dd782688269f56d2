package org.asbeam.pipelines.options;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.asbeam.storage.secrets.SecretAgentSpec;
import org.asbeam.storage.secrets.SecretException;
import org.asbeam.storage.secrets.Secrets;

/** Where the values of options come from: flags, else the environment, else a file. */
public final class OptionSources {
  private final Map<Option<?>, Setting> flags = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private boolean refusing = true;
  private SecretLookup lookup = (agent, reference) -> Secrets.of(agent).resolveText(reference);
  private Clock clock = Clock.systemDefaultZone();

  /** Asks for what an ordinary option is to be, where that is kept as a secret. */
  @FunctionalInterface
  interface SecretLookup {
    /**
     * @param agent may be null: there is none
     * @throws SecretException if the reference can't be resolved
     */
    String resolve(SecretAgentSpec agent, String reference) throws SecretException;
  }

  /** A flag that was given. */
  public OptionSources flag(Option<?> option, String text) {
    return flag(option, option.flag(), text);
  }

  /**
   * A flag that was given.
   *
   * @param name as it was typed: the flag of an alias, perhaps
   */
  public OptionSources flag(Option<?> option, String name, String text) {
    flags.put(option, Setting.ofFlag(name, text));
    return this;
  }

  /** The environment variables; those that are no option's are ignored. */
  public OptionSources environment(Map<String, String> variables) {
    environment.putAll(variables);
    return this;
  }

  /** What is wrong already, one line each. */
  public OptionSources problems(List<String> lines) {
    problems.addAll(lines);
    return this;
  }

  /** Tells the time and the zone that points in time are read with. */
  public OptionSources clock(Clock now) {
    clock = now;
    return this;
  }

  /** Takes what is refused, too: for tests of what will work one day. */
  OptionSources withoutRefusals() {
    refusing = false;
    return this;
  }

  OptionSources lookup(SecretLookup secrets) {
    lookup = secrets;
    return this;
  }

  SecretLookup lookup() {
    return lookup;
  }

  boolean isRefusing() {
    return refusing;
  }

  Clock clock() {
    return clock;
  }

  List<String> problems() {
    return problems;
  }

  /** What flags and environment say of an option; null if they don't. */
  Setting setting(Option<?> option) {
    Setting flag = flags.get(option);
    if (flag != null) {
      return flag;
    }
    for (String name : option.names()) {
      String variable = Option.environmentVariable(name);
      String text = environment.get(variable);
      // Scripts often clear a variable instead of removing it.
      if (text != null && !text.isEmpty()) {
        return Setting.ofEnvironment(variable, text);
      }
    }
    return null;
  }
}
