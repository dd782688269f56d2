package org.asbeam.cli;

import java.util.List;
import org.asbeam.pipelines.options.Group;
import org.asbeam.pipelines.options.Option;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Layout;
import picocli.CommandLine.Model.OptionSpec;

/** How {@code --help} lists options: under headings, in the order of the table. */
final class HelpText {
  private HelpText() {}

  static String options(Help help) {
    List<OptionSpec> all =
        help.commandSpec().options().stream().filter(option -> !option.hidden()).toList();
    StringBuilder text = new StringBuilder();
    for (Group group : Group.values()) {
      List<OptionSpec> options = all.stream().filter(option -> group(option) == group).toList();
      if (options.isEmpty()) {
        continue;
      }
      // Few options need no headings.
      if (options.size() < all.size()) {
        text.append('\n').append(group.title()).append(":\n");
      }
      Layout layout = help.createDefaultLayout();
      layout.addOptions(options, help.parameterLabelRenderer());
      text.append(layout);
    }
    return text.toString();
  }

  private static Group group(OptionSpec option) {
    return option.userObject() instanceof Option<?> ours ? ours.group() : Group.GENERAL;
  }
}
