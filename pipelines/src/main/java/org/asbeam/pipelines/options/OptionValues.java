package org.asbeam.pipelines.options;

import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;
import org.asbeam.storage.secrets.SecretException;
import org.asbeam.storage.secrets.Secrets;

/**
 * The values of a command's options: those given, and the defaults of the table. Problems are
 * collected, so that a person learns of all of them at once; a value with a problem counts as not
 * given until {@link #check}.
 */
public final class OptionValues {
  private final Command command;
  private final Clock clock;
  private final boolean refusing;
  private final Map<Option<?>, Object> given = new HashMap<>();
  private final Map<Option<?>, Setting> settings = new HashMap<>();
  private final Set<Option<?>> faulty = new HashSet<>();
  private final List<String> problems = new ArrayList<>();

  private OptionValues(Command command, OptionSources sources) {
    this.command = command;
    this.clock = sources.clock();
    this.refusing = sources.isRefusing();
  }

  /** Reads flags, the environment for those that are absent, and a file for the rest. */
  public static OptionValues read(Command command, OptionSources sources) {
    OptionValues values = new OptionValues(command, sources);
    values.problems.addAll(sources.problems());
    Map<Option<?>, Setting> file = Map.of();
    Setting config = command.takesConfig() ? sources.setting(Options.CONFIG) : null;
    if (config != null) {
      file = ConfigFile.read(config.text(), command, values.problems);
    }
    Map<Option<?>, Setting> secrets = new LinkedHashMap<>();
    for (Option<?> option : Options.of(command)) {
      Setting setting = sources.setting(option);
      if (setting == null) {
        setting = file.get(option);
      }
      if (setting != null && isToBeResolved(option, setting.text())) {
        secrets.put(option, setting);
      } else if (setting != null) {
        values.put(option, setting, setting.text());
      }
    }
    values.resolve(secrets, sources.lookup());
    return values;
  }

  /** Secrets themselves stay references, which the workers resolve. */
  private static boolean isToBeResolved(Option<?> option, String text) {
    return Secrets.isOfAgent(text)
        && !option.isSecret()
        && !option.mayBeContent()
        && option.refusal().isEmpty()
        && option != Options.ENCRYPTION_KEY_SECRET;
  }

  private void resolve(Map<Option<?>, Setting> secrets, OptionSources.SecretLookup lookup) {
    secrets.forEach(
        (option, setting) -> {
          if (option.group() == Group.SECRET_AGENT) {
            problem(
                setting.origin()
                    + " can't be a secret: it says how to reach the Secret Agent - give it itself");
            return;
          }
          try {
            put(option, setting, lookup.resolve(Specs.secretAgent(this), setting.text()));
          } catch (SecretException | IllegalArgumentException e) {
            faulty.add(option);
            problem(setting.origin() + ": " + e.getMessage() + " - give it in another form");
          }
        });
  }

  /**
   * Reads pipeline options. A property that nobody set is null: the table's default counts.
   *
   * @param options an instance of the command's interface, for example {@link BackupOptions}
   */
  public static OptionValues read(Command command, PipelineOptions options) {
    OptionValues values = new OptionValues(command, new OptionSources());
    Map<String, PropertyDescriptor> properties = new HashMap<>();
    try {
      for (Class<?> type : options.getClass().getInterfaces()) {
        collectProperties(type, properties);
      }
      for (Option<?> option : Options.of(command)) {
        PropertyDescriptor property =
            option.isOfLauncher() ? null : properties.get(option.property());
        Object value = property == null ? null : property.getReadMethod().invoke(options);
        if (value != null) {
          values.putProperty(option, value.toString());
        }
      }
    } catch (ReflectiveOperationException | java.beans.IntrospectionException e) {
      throw new IllegalStateException("the options of " + command.text() + " can't be read", e);
    }
    return values;
  }

  private static void collectProperties(Class<?> type, Map<String, PropertyDescriptor> into)
      throws java.beans.IntrospectionException {
    for (PropertyDescriptor property : Introspector.getBeanInfo(type).getPropertyDescriptors()) {
      if (property.getReadMethod() != null) {
        into.putIfAbsent(property.getName(), property);
      }
    }
    for (Class<?> parent : type.getInterfaces()) {
      collectProperties(parent, into);
    }
  }

  /** Pipeline options are seen by many: a secret itself must not be one. */
  private void putProperty(Option<?> option, String text) {
    Setting setting = Setting.ofFlag("--" + option.property(), text);
    if (option.isSecret() && !Secrets.mayTravel(text) || isContent(option, text)) {
      problem(
          setting.origin()
              + " must not be the secret itself, since pipeline options are shown - give it as"
              + " env:NAME, file:PATH or secrets:RESOURCE:KEY");
    } else {
      put(option, setting, text);
    }
  }

  /**
   * @param text what the setting comes to: its own text, or a secret
   */
  private void put(Option<?> option, Setting setting, String text) {
    boolean kept = option.isSecret() || isContent(option, text);
    boolean hidden = kept || !text.equals(setting.text());
    Object value;
    try {
      value = kept ? Secrets.toReference(text) : option.type().parser().parse(text, clock);
    } catch (IllegalArgumentException e) {
      faulty.add(option);
      // The message may quote the value.
      problem(
          hidden
              ? setting.origin() + ": the secret can't be used here - correct it"
              : setting.description() + " " + e.getMessage());
      return;
    }
    // A switch that is off asks for nothing.
    if (refusing && option.refusal().isPresent() && !Boolean.FALSE.equals(value)) {
      problem(setting.origin() + " " + option.refusal().get());
      return;
    }
    given.put(option, value);
    settings.put(option, kept ? setting.withText((String) value) : setting);
  }

  /** What stands for a file, a key's for example, must not be shown either. */
  private static boolean isContent(Option<?> option, String text) {
    return option.mayBeContent() && text.startsWith("b64:");
  }

  /** The command that the values are for. */
  public Command command() {
    return command;
  }

  /** The value given, else the default, else null. */
  public <T> T get(Option<T> option) {
    @SuppressWarnings("unchecked") // put() let the option's own type make it
    T value = (T) given.get(option);
    return value != null ? value : option.defaultValue();
  }

  /** The value given or the default, or else this. */
  <T> T get(Option<T> option, T otherwise) {
    T value = get(option);
    return value != null ? value : otherwise;
  }

  /** Whether a person gave a value, by flag, environment or file. */
  public boolean isGiven(Option<?> option) {
    return given.containsKey(option);
  }

  /** Where the value is from, if a person gave one. */
  public Optional<Setting> setting(Option<?> option) {
    return Optional.ofNullable(settings.get(option));
  }

  /** Whether a person asks for something with it: a switch that is on, or any value. */
  boolean isOn(Option<?> option) {
    return isGiven(option) && !Boolean.FALSE.equals(given.get(option));
  }

  /** As the person wrote it: the flag of an alias, a variable, a key of the file. */
  String nameOf(Option<?> option) {
    Setting setting = settings.get(option);
    return setting == null ? option.flag() : setting.origin();
  }

  /** The text given; notes a problem and returns an empty text if there is none. */
  String require(Option<String> option) {
    String value = get(option);
    if (value == null || value.isBlank()) {
      if (faulty.contains(option)
          || problems.stream().anyMatch(line -> line.contains("'" + option.flag() + "'"))) {
        return ""; // What is wrong with it has been said.
      }
      problem(option.flag() + " is required - add " + option.flag() + " " + option.type().label());
      return "";
    }
    return value;
  }

  /** Notes a problem: one line with what is wrong and what to do. */
  void problem(String line) {
    problems.add(line);
  }

  /**
   * @throws UsageException if there is a problem
   */
  public void check() throws UsageException {
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
  }
}
