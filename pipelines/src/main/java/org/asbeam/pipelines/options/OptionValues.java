package org.asbeam.pipelines.options;

import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * The values of a command's options: those given, and the defaults of the table. Problems are
 * collected, so that a person learns of all of them at once; a value with a problem counts as not
 * given until {@link #check}.
 */
public final class OptionValues {
  private final Command command;
  private final Map<Option<?>, Object> given = new HashMap<>();
  private final List<String> problems;

  private OptionValues(Command command, List<String> problems) {
    this.command = command;
    this.problems = new ArrayList<>(problems);
  }

  /**
   * Reads flags, and the environment for those that are absent.
   *
   * @param flags the texts of the options that were given
   * @param environment the environment variables
   * @param earlier problems that are known already, one line each
   */
  public static OptionValues read(
      Command command,
      Map<Option<?>, String> flags,
      Map<String, String> environment,
      List<String> earlier) {
    OptionValues values = new OptionValues(command, earlier);
    for (Option<?> option : Options.of(command)) {
      if (flags.containsKey(option)) {
        values.put(option, option.flag(), flags.get(option));
      } else {
        String variable = option.environmentVariable();
        String text = environment.get(variable);
        // Scripts often clear a variable instead of removing it.
        if (text != null && !text.isEmpty()) {
          values.put(option, variable + " (in the environment)", text);
        }
      }
    }
    return values;
  }

  /**
   * Reads pipeline options. A property that nobody set may be null: the table's default counts.
   *
   * @param options an instance of the command's interface, for example {@link BackupOptions}
   */
  public static OptionValues read(Command command, PipelineOptions options) {
    OptionValues values = new OptionValues(command, List.of());
    Map<String, PropertyDescriptor> properties = new HashMap<>();
    try {
      for (Class<?> type : options.getClass().getInterfaces()) {
        collectProperties(type, properties);
      }
      for (Option<?> option : Options.of(command)) {
        PropertyDescriptor property = properties.get(option.property());
        Object value = property == null ? null : property.getReadMethod().invoke(options);
        if (value != null) {
          values.put(option, "--" + option.property(), value.toString());
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

  private void put(Option<?> option, String source, String text) {
    try {
      given.put(option, option.type().parser().apply(text));
    } catch (IllegalArgumentException e) {
      String shown = option.isSecret() ? "" : " '" + text + "'";
      problem(source + shown + " " + e.getMessage());
    }
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

  /** Whether a person gave a value, by flag or environment. */
  public boolean isGiven(Option<?> option) {
    return given.containsKey(option);
  }

  /** The text given; notes a problem and returns an empty text if there is none. */
  String require(Option<String> option) {
    String value = get(option);
    if (value == null || value.isBlank()) {
      if (problems.stream().anyMatch(line -> line.contains(option.flag()))) {
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
