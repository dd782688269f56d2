package org.asbeam.pipelines.options;

import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An entry of the table of options: everything that is to be said about an option, said once.
 *
 * @param <T> the type of its values
 */
public final class Option<T> {
  private final String kebab;
  private final List<String> aliases;
  private final char shortName;
  private final OptionType<T> type;
  private final Set<Command> commands;
  private final Group group;
  private final String defaultText;
  private final boolean secret;
  private final boolean prompting;
  private final boolean mayBeContent;
  private final boolean ofLauncher;
  private final String remark;
  private final String refusal;
  private final String help;

  private Option(Builder<T> builder, String help) {
    this.kebab = builder.kebab;
    this.aliases = List.copyOf(builder.aliases);
    this.shortName = builder.shortName;
    this.type = builder.type;
    this.commands = builder.commands;
    this.group = builder.group;
    this.defaultText = builder.defaultText;
    this.secret = builder.secret;
    this.prompting = builder.prompting;
    this.mayBeContent = builder.mayBeContent;
    this.ofLauncher = builder.ofLauncher;
    this.remark = builder.remark;
    this.refusal = builder.refusal;
    this.help = help;
  }

  /** Such as {@code file-limit}: the flag without its dashes, and the key in YAML. */
  public String name() {
    return kebab;
  }

  /** Other names of the same thing, in the tools that call it so; in YAML and environment too. */
  public List<String> aliases() {
    return aliases;
  }

  /** The name, then the aliases. */
  public List<String> names() {
    return Stream.concat(Stream.of(kebab), aliases.stream()).toList();
  }

  /** Such as {@code --file-limit}. */
  public String flag() {
    return "--" + kebab;
  }

  /** Such as {@code -F}; asbackup's and asrestore's own. */
  public Optional<String> shortFlag() {
    return shortName == 0 ? Optional.empty() : Optional.of("-" + shortName);
  }

  /** All that may be typed: short flag, flag, flags of the aliases. */
  public List<String> flags() {
    return Stream.concat(shortFlag().stream(), names().stream().map(name -> "--" + name)).toList();
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
    return environmentVariable(kebab);
  }

  static String environmentVariable(String name) {
    return "ASBEAM_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
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

  public Group group() {
    return group;
  }

  /** The unit of a bare number; empty if there is none. */
  public String unit() {
    return type.unit();
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
    // No default is a point in time.
    return type.parser().parse(defaultText, Clock.systemUTC());
  }

  /** Whether its value must never be shown; it travels as a reference only. */
  public boolean isSecret() {
    return secret;
  }

  /**
   * Whether the value names a file, or is a reference to what stands for the file: {@code
   * env:NAME}, {@code env-b64:NAME}, {@code b64:TEXT}, {@code file:PATH}, {@code
   * secrets:RESOURCE:KEY}.
   */
  public boolean mayBeContent() {
    return mayBeContent;
  }

  /** Whether it only says how the command starts a job: it is no pipeline option then. */
  public boolean isOfLauncher() {
    return ofLauncher;
  }

  /** Whether a person is asked for the value if the flag is given without one. */
  public boolean isPrompting() {
    return prompting;
  }

  /** What it does, as one sentence or more. */
  public String help() {
    return help;
  }

  /** What becomes of the peers' thing here, where that is not the same; empty if it is. */
  public String remark() {
    return remark;
  }

  /** What is said to a person who gives it, if it can't be given: why, and what to do instead. */
  public Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** Whether {@code --help} leaves it out. */
  public boolean isHidden() {
    return refusal != null;
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
    private List<String> aliases = List.of();
    private char shortName;
    private Group group = Group.GENERAL;
    private String defaultText;
    private boolean secret;
    private boolean prompting;
    private boolean mayBeContent;
    private boolean ofLauncher;
    private String remark = "";
    private String refusal;

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

    Builder<T> aliases(String... names) {
      aliases = List.of(names);
      return this;
    }

    Builder<T> in(Group heading) {
      group = heading;
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

    /** The value is a file's path, or stands for the file's content. */
    Builder<T> fileOrContent() {
      mayBeContent = true;
      return this;
    }

    /** It only says how the command starts a job. */
    Builder<T> ofLauncher() {
      ofLauncher = true;
      return this;
    }

    Builder<T> prompting() {
      prompting = true;
      return this;
    }

    Builder<T> remark(String text) {
      remark = text;
      return this;
    }

    /** Takes the flag only to say why it can't be given: a half sentence, then what to do. */
    Builder<T> refused(String text) {
      refusal = text;
      return this;
    }

    Option<T> help(String text) {
      return new Option<>(this, text);
    }
  }
}
