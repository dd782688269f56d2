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
      return "ns_type=unknown";
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

  /** Says ok to anything, as a server. */
  private String delete(InfoCommand command) {
    Namespace namespace = namespaces.get(String.valueOf(command.namespace()));
    if (namespace != null) {
      namespace.deleteIndex(command.get("indexname", ""));
    }
    return "ok";
  }

  private String create(InfoCommand command) {
    String name = command.get("indexname", "");
    if (name.isEmpty()) {
      return InfoCommand.error(ResultCode.PARAMETER, "missing 'indexname'");
    }
    // Either indexdata=<bin>,<type>, or bin=<bin>;type=<type>, or exp=<packed>;type=<type>.
    String bin = command.get("bin", "");
    String type = command.get("type", "");
    String data = command.get("indexdata");
    if (data != null) {
      int comma = data.lastIndexOf(',');
      bin = comma < 0 ? "" : data.substring(0, comma);
      type = data.substring(comma + 1);
    }
    StoredIndex index =
        new StoredIndex(
            String.valueOf(command.namespace()),
            command.get("set", ""),
            name,
            bin,
            type.toLowerCase(Locale.ROOT),
            command.get("indextype", "default").toLowerCase(Locale.ROOT),
            command.get("context", ""),
            command.get("exp", ""));
    String problem = problem(index);
    return problem == null ? create(index) : InfoCommand.error(ResultCode.PARAMETER, problem);
  }

  private String create(StoredIndex index) {
    Namespace namespace = namespaces.get(index.namespace());
    if (namespace == null) {
      // Definitions are the cluster's: a server takes them for namespaces that it doesn't have.
      return "ok";
    }
    if (namespace.indexes().size() >= MAX_INDEXES && namespace.index(index.name()) == null) {
      return InfoCommand.error(206, "already at sindex definition limit");
    }
    return namespace.createIndex(index)
        ? "ok"
        : InfoCommand.error(
            ResultCode.INDEX_FOUND, "'indexname' already exists with different definition");
  }

  private static String problem(StoredIndex index) {
    if (index.bin().isEmpty() == index.expression().isEmpty()) {
      return "an index is on a bin or on an expression";
    }
    return switch (index.type()) {
      case "numeric", "string", "blob", "geo2dsphere" ->
          switch (index.collection()) {
            case "default", "list", "mapkeys", "mapvalues" -> null;
            default -> "bad 'indextype'";
          };
      default ->
          "bad 'indexdata' bin type - must be one of 'numeric', 'string', 'blob', 'geo2dsphere'";
    };
  }
}
