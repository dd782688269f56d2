package org.asbeam.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.asbeam.pipelines.options.Option;
import org.asbeam.pipelines.options.OptionValues;
import org.asbeam.pipelines.options.Options;
import org.asbeam.pipelines.options.Setting;
import org.asbeam.storage.secrets.Secrets;

/**
 * What is in force, as a configuration file that says the same: a key and its value per line, and
 * behind it where it comes from. Secrets are blanked; references to them are none.
 */
final class ConfigText {
  /** What YAML takes for a text without quotes. */
  private static final String PLAIN = "[A-Za-z0-9./+][A-Za-z0-9._/+@%=-]*(:[A-Za-z0-9._/+@%=-]+)*";

  private ConfigText() {}

  static List<String> of(OptionValues values) {
    List<String> lines = new ArrayList<>();
    lines.add("# asbeam " + values.command().text() + ": the options in force");
    List<Option<?>> options =
        Options.of(values.command()).stream()
            .filter(option -> !option.isHidden())
            .sorted(
                Comparator.<Option<?>, Integer>comparing(option -> option.group().ordinal())
                    .thenComparing(Option::name))
            .toList();
    for (Option<?> option : options) {
      Optional<Setting> setting = values.setting(option);
      Optional<String> text = setting.map(Setting::text).or(option::defaultText);
      if (text.isPresent()) {
        lines.add(line(option, text.get(), setting, values.get(option)));
      }
    }
    return lines;
  }

  private static String line(
      Option<?> option, String text, Optional<Setting> setting, Object value) {
    // The file can't name itself, and a blanked secret is none.
    boolean comment = option == Options.CONFIG || isHidden(option, text);
    String shown = isHidden(option, text) ? "[secret]" : quoted(text);
    String origin = setting.map(Setting::origin).orElse("default");
    String instant = value instanceof Instant ? ", which is " + value : "";
    return (comment ? "# " : "") + option.name() + ": " + shown + "  # " + origin + instant;
  }

  private static boolean isHidden(Option<?> option, String text) {
    // What this process keeps for itself nobody else can ask for.
    return option.isSecret() && (!Secrets.mayTravel(text) || text.startsWith("process:"));
  }

  private static String quoted(String text) {
    return text.matches(PLAIN) && !text.equalsIgnoreCase("null")
        ? text
        : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
