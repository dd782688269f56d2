package org.asbeam.embedded;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Info commands about secondary indexes. Indexes are definitions only, always ready. */
final class IndexInfo {
  private static final int MAX_INDEXES = 256;

  private final Map<String, Namespace> namespaces;

  IndexInfo(Map<String, Namespace> namespaces) {
    this.namespaces = namespaces;
  }

  /** The answer, or null if the command is none of these. */
  String value(InfoCommand command) {
    return switch (command.name()) {
      case "sindex-list" -> list(command, command.namespace());
      case "sindex" ->
          command.path().length > 1
              ? status(command.path()[0], command.path()[1])
              : list(command, command.path().length == 1 ? command.path()[0] : null);
      case "sindex-stat" -> status(command.namespace(), command.get("indexname"));
      case "sindex-exists" -> exists(command);
      case "sindex-create" -> create(command);
      case "sindex-delete" -> delete(command);
      default -> null;
    };
  }

  private static String unknownNamespace() {
    return InfoCommand.error(ResultCode.NAMESPACE, "namespace not found on node");
  }

  private String list(InfoCommand command, String namespace) {
    if (namespace != null && !namespaces.containsKey(namespace)) {
      return unknownNamespace();
    }
    boolean packed = Boolean.parseBoolean(command.get("b64"));
    return namespaces.values().stream()
        .filter(each -> namespace == null || each.name().equals(namespace))
        .flatMap(each -> each.indexes().stream())
        .map(index -> item(index, packed))
        .collect(Collectors.joining(";"));
  }

  private static String item(StoredIndex index, boolean packed) {
    return "ns="
        + index.namespace()
        + ":indexname="
        + index.name()
        + ":set="
        + orNull(index.set())
        + ":bin="
        + orNull(index.bin())
        + ":type="
        + index.type()
        + ":indextype="
        + index.collection()
        + ":context="
        + packed(index.context(), packed)
        + ":exp="
        + packed(index.expression(), packed)
        + ":state=RW";
  }

  private static String orNull(String name) {
    return name.isEmpty() ? "null" : name;
  }

  /** Without b64=true a server prints these for people to read; nobody can parse that. */
  private static String packed(String base64, boolean packed) {
    return base64.isEmpty() ? "null" : packed ? base64 : "<" + base64.length() + " chars>";
  }

  private String status(String namespace, String name) {
    Namespace known = namespace == null ? null : namespaces.get(namespace);
    if (known == null) {
      return unknownNamespace();
    }
    if (name == null || known.index(name) == null) {
      return InfoCommand.error(ResultCode.INDEX_NOT_FOUND, "no index");
    }
    return "entries=0;used_bytes=16777216;entries_per_bval=0;entries_per_rec=0;load_pct=100;"
        + "load_time=0;stat_gc_recs=0";
  }

  private String exists(InfoCommand command) {
    Namespace namespace = namespaces.get(String.valueOf(command.namespace()));
    if (namespace == null) {
      return unknownNamespace();
    }
    return String.valueOf(namespace.index(command.get("indexname", "")) != null);
  }

  private String delete(InfoCommand command) {
    Namespace namespace = namespaces.get(String.valueOf(command.namespace()));
    if (namespace == null) {
      return unknownNamespace();
    }
    namespace.deleteIndex(command.get("indexname", ""));
    return "ok";
  }

  private String create(InfoCommand command) {
    Namespace namespace = namespaces.get(String.valueOf(command.namespace()));
    if (namespace == null) {
      return unknownNamespace();
    }
    String name = command.get("indexname");
    if (name == null || name.isEmpty()) {
      return InfoCommand.error(ResultCode.PARAMETER, "missing 'indexname'");
    }
    // Either indexdata=<bin>,<type>, or bin=<bin>;type=<type>, or exp=<packed>;type=<type>.
    String bin = command.get("bin", "");
    String type = command.get("type", "");
    String data = command.get("indexdata");
    if (data != null) {
      int comma = data.lastIndexOf(',');
      if (comma < 0) {
        return InfoCommand.error(ResultCode.PARAMETER, "bad 'indexdata'");
      }
      bin = data.substring(0, comma);
      type = data.substring(comma + 1);
    }
    type = type.toLowerCase(Locale.ROOT);
    String collection = command.get("indextype", "default").toLowerCase(Locale.ROOT);
    String problem = problem(bin, command.get("exp", ""), type, collection);
    if (problem != null) {
      return InfoCommand.error(ResultCode.PARAMETER, problem);
    }
    if (namespace.indexes().size() >= MAX_INDEXES && namespace.index(name) == null) {
      return InfoCommand.error(206, "already at sindex limit");
    }
    String conflict =
        namespace.createIndex(
            new StoredIndex(
                namespace.name(),
                command.get("set", ""),
                name,
                bin,
                type,
                collection,
                command.get("context", ""),
                command.get("exp", "")));
    return conflict == null ? "ok" : InfoCommand.error(ResultCode.INDEX_FOUND, conflict);
  }

  private static String problem(String bin, String expression, String type, String collection) {
    if (bin.isEmpty() == expression.isEmpty()) {
      return "an index is on a bin or on an expression";
    }
    return switch (type) {
      case "numeric", "string", "blob", "geo2dsphere" ->
          switch (collection) {
            case "default", "list", "mapkeys", "mapvalues" -> null;
            default -> "bad 'indextype'";
          };
      default -> "bad 'type'";
    };
  }
}
