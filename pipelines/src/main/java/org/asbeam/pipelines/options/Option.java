package org.asbeam.pipelines.options;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * An entry of the table of options: everything that is to be said about an option, said once.
 *
 * @param <T> the type of its values
 */
public final class Option<T> {
  private final String kebab;
  private final char shortName;
  private final OptionType<T> type;
  private final Set<Command> commands;
  private final String unit;
  private final String defaultText;
  private final boolean secret;
  private final String help;

  private Option(Builder<T> builder, String help) {
    this.kebab = builder.kebab;
    this.shortName = builder.shortName;
    this.type = builder.type;
    this.commands = builder.commands;
    this.unit = builder.unit;
    this.defaultText = builder.defaultText;
    this.secret = builder.secret;
    this.help = help;
  }

  /** Such as {@code file-limit}: the flag without its dashes, and the key in YAML. */
  public String name() {
    return kebab;
  }

  /** Such as {@code --file-limit}. */
  public String flag() {
    return "--" + kebab;
  }

  /** Such as {@code -F}; asbackup's and asrestore's own. */
  public Optional<String> shortFlag() {
    return shortName == 0 ? Optional.empty() : Optional.of("-" + shortName);
  }

  /** Such as {@code fileLimit}: the property of pipeline options. */
  public String property() {
    StringBuilder name = new StringBuilder();
    for (String word : kebab.split("-")) {
      name.append(
          name.isEmpty()
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return name.toString();
  }

  /** Such as {@code ASBEAM_FILE_LIMIT}: gives the value when the flag is absent. */
  public String environmentVariable() {
    return "ASBEAM_" + kebab.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  public OptionType<T> type() {
    return type;
  }

  public boolean isFlag() {
    return type.pipelineType() == Boolean.class;
  }

  /** The commands that take it. */
  public Set<Command> commands() {
    return commands;
  }

  /** The unit of a bare number; empty if there is none. */
  public String unit() {
    return unit;
  }

  /** As a person would write it; empty if there is none. */
  public Optional<String> defaultText() {
    return Optional.ofNullable(defaultText);
  }

  /** The value when nothing is given: null if the option has no default. */
  T defaultValue() {
    if (defaultText == null) {
      return null;
    }
    return type.parser().apply(defaultText);
  }

  /** Whether its value must never be shown. */
  public boolean isSecret() {
    return secret;
  }

  /** What it does, as one sentence or more. */
  public String help() {
    return help;
  }

  @Override
  public String toString() {
    return flag();
  }

  static <T> Builder<T> option(String kebab, OptionType<T> type, Command first, Command... rest) {
    return new Builder<>(kebab, type, EnumSet.of(first, rest));
  }

  /** Gathers the parts of an entry. */
  static final class Builder<T> {
    private final String kebab;
    private final OptionType<T> type;
    private final Set<Command> commands;
    private char shortName;
    private String unit = "";
    private String defaultText;
    private boolean secret;

    private Builder(String kebab, OptionType<T> type, Set<Command> commands) {
      this.kebab = kebab;
      this.type = type;
      this.commands = commands;
      this.defaultText = type.pipelineType() == Boolean.class ? "false" : null;
    }

    Builder<T> shortName(char letter) {
      shortName = letter;
      return this;
    }

    Builder<T> unit(String text) {
      unit = text;
      return this;
    }

    Builder<T> defaultsTo(String text) {
      defaultText = text;
      return this;
    }

    Builder<T> secret() {
      secret = true;
      return this;
    }

    Option<T> help(String text) {
      return new Option<>(this, text);
    }
  }
}
