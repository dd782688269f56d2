package org.asbeam.pipelines.options;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A configuration file in YAML. Its keys are the flags' names without dashes. A key at the top is
 * for all commands that know it; those in a section, {@code backup:} for example, are for that
 * command and count more. Values stay texts, which the table reads as it reads those of flags.
 */
final class ConfigFile {
  /** A file of options is small; the limit keeps a wrong file from filling the memory. */
  private static final int MAX_BYTES = 1 << 20;

  /** The sections of absctl's files. */
  private static final Set<String> SECTIONS_OF_ABSCTL =
      Set.of("app", "cluster", "compression", "encryption", "secret-agent", "aws", "gcp", "azure");

  private final String file;
  private final Command command;
  private final List<String> problems;
  private final Map<Option<?>, Setting> common = new HashMap<>();
  private final Map<Option<?>, Setting> own = new HashMap<>();

  private ConfigFile(String file, Command command, List<String> problems) {
    this.file = file;
    this.command = command;
    this.problems = problems;
  }

  /**
   * Reads what a file says to a command.
   *
   * @param problems takes all that is wrong, one line each
   */
  static Map<Option<?>, Setting> read(String file, Command command, List<String> problems) {
    ConfigFile config = new ConfigFile(file, command, problems);
    config.load();
    Map<Option<?>, Setting> all = new HashMap<>(config.common);
    all.putAll(config.own);
    return all;
  }

  private void load() {
    try {
      Path path = Path.of(file);
      if (Files.size(path) > MAX_BYTES) {
        problems.add("--config " + file + " is longer than 1 MiB - give a file of options");
        return;
      }
      parse(new StringReader(Files.readString(path)));
    } catch (NoSuchFileException | InvalidPathException e) {
      problems.add("--config " + file + ": no such file - give the path of a YAML file");
    } catch (CharacterCodingException e) {
      problems.add("--config " + file + " is no text in UTF-8 - give a YAML file");
    } catch (IOException e) {
      problems.add(
          "--config " + file + " can't be read (" + e.getClass().getSimpleName() + ") - check it");
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      problems.add(file + ", line " + line + ": no YAML: " + e.getProblem() + " - correct it");
    } catch (YAMLException e) {
      problems.add(file + ": no YAML: " + e.getMessage().lines().findFirst().orElse(""));
    }
  }

  private void parse(Reader text) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(10);
    // Nodes only: nothing in the file can make an object.
    Node root = new Yaml(options).compose(text);
    if (root == null) {
      return; // An empty file says nothing.
    }
    if (!(root instanceof MappingNode top)) {
      problems.add(at(root) + "not keys with values - write, for example, 'host: 127.0.0.1'");
      return;
    }
    if (isOfAbsctl(top)) {
      return;
    }
    for (NodeTuple entry : top.getValue()) {
      Optional<Command> section = section(entry);
      if (section.isEmpty()) {
        read(entry, common, null);
      } else if (entry.getValueNode() instanceof MappingNode keys) {
        for (NodeTuple inner : keys.getValue()) {
          read(inner, own, section.get());
        }
      } else if (!isNothing(entry.getValueNode())) {
        problems.add(
            at(entry.getKeyNode())
                + "'"
                + key(entry)
                + "' is a section - put its keys below it, indented");
      }
    }
  }

  private boolean isOfAbsctl(MappingNode top) {
    for (NodeTuple entry : top.getValue()) {
      if (entry.getValueNode() instanceof MappingNode && SECTIONS_OF_ABSCTL.contains(key(entry))) {
        problems.add(
            at(entry.getKeyNode())
                + "'"
                + key(entry)
                + ":' is a section of absctl's files, whose layout asbeam does not read - write the"
                + " names of flags as keys, without sections or below 'backup:', 'restore:' or"
                + " 'verify:'");
        return true;
      }
    }
    return false;
  }

  private static Optional<Command> section(NodeTuple entry) {
    return Stream.of(Command.values())
        .filter(Command::takesConfig)
        .filter(command -> command.text().equals(key(entry)))
        .findFirst();
  }

  /**
   * @param section the command whose section this is; null at the top of the file
   */
  private void read(NodeTuple entry, Map<Option<?>, Setting> into, Command section) {
    String key = key(entry);
    List<Option<?>> known =
        (section == null ? Options.all() : Options.of(section))
            .stream()
                .filter(option -> option.commands().stream().anyMatch(Command::takesConfig))
                .filter(option -> option.names().contains(key))
                .toList();
    if (known.isEmpty()) {
      problems.add(at(entry.getKeyNode()) + unknown(key, section));
      return;
    }
    Optional<Option<?>> option =
        known.stream().filter(one -> one.commands().contains(command)).findFirst();
    boolean ours = section == null || section == command;
    if (option.isEmpty() || !ours || isNothing(entry.getValueNode())) {
      return; // For other commands, or left blank.
    }
    if (option.get() == Options.CONFIG) {
      problems.add(at(entry.getKeyNode()) + "a file can't name another one - leave 'config' out");
      return;
    }
    String text = text(entry, option.get());
    if (text == null) {
      return;
    }
    int line = entry.getKeyNode().getStartMark().getLine() + 1;
    Setting earlier = into.put(option.get(), Setting.ofFile(file, line, key, text));
    if (earlier != null) {
      problems.add(at(entry.getKeyNode()) + "'" + key + "' is given twice - leave one out");
    }
  }

  /** The text of a value; null after a problem. */
  private String text(NodeTuple entry, Option<?> option) {
    if (entry.getValueNode() instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    if (entry.getValueNode() instanceof SequenceNode list && option.type().isList()) {
      List<String> items = new ArrayList<>();
      for (Node item : list.getValue()) {
        if (!(item instanceof ScalarNode scalar) || scalar.getValue().contains(",")) {
          problems.add(at(item) + "an item of '" + key(entry) + "' is no plain word - correct it");
          return null;
        }
        items.add(scalar.getValue());
      }
      return String.join(",", items);
    }
    problems.add(
        at(entry.getKeyNode())
            + "'"
            + key(entry)
            + "' wants one value"
            + (option.type().isList() ? " or a list" : "")
            + " - write it behind the colon");
    return null;
  }

  private static String unknown(String key, Command section) {
    List<String> names =
        (section == null ? Options.all() : Options.of(section))
            .stream()
                .filter(option -> !option.isHidden())
                .filter(option -> option.commands().stream().anyMatch(Command::takesConfig))
                .flatMap(option -> option.names().stream())
                .distinct()
                .toList();
    return "unknown key '"
        + key
        + "'"
        + (section == null ? "" : " of '" + section.text() + ":'")
        + " - "
        + Nearest.of(key, names)
            .map(name -> "did you mean '" + name + "'?")
            .orElse("keys are the flags' names without dashes, as in 'file-limit: 64MiB'");
  }

  private static boolean isNothing(Node value) {
    return value instanceof ScalarNode scalar
        && (scalar.getTag().equals(Tag.NULL) || scalar.getValue().isEmpty());
  }

  private static String key(NodeTuple entry) {
    return entry.getKeyNode() instanceof ScalarNode scalar
        ? scalar.getValue().toLowerCase(Locale.ROOT)
        : "?";
  }

  private String at(Node node) {
    return file + ", line " + (node.getStartMark().getLine() + 1) + ": ";
  }
}
