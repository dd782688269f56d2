package org.asbeam.aerospike;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.asbeam.aerospike.ClusterException.Kind;
import org.asbeam.format.SecondaryIndex;
import org.asbeam.format.SecondaryIndex.Collection;
import org.asbeam.format.SecondaryIndex.ValueType;

/** Secondary indexes in the words of info commands. */
final class IndexInfo {
  /** What the server writes for a set, bin, context or expression that there is none of. */
  private static final String NONE = "null";

  /** Characters that end a value in an info command. */
  private static final String SEPARATORS = ";:=,\n\t";

  private IndexInfo() {}

  /**
   * Reads an answer of {@code sindex-list}.
   *
   * @param sets the answer of {@code sets/<namespace>}: it tells the set named null from none
   * @throws ClusterException of kind UNSUPPORTED if an index is of a kind unknown here
   */
  static List<SecondaryIndex> parse(String namespace, String list, String sets)
      throws ClusterException {
    List<Map<String, String>> lines = InfoText.objects(list, ':');
    boolean nullIsSet = hasIndexesOnSetNull(namespace, lines, sets);
    List<SecondaryIndex> indexes = new ArrayList<>();
    for (Map<String, String> line : lines) {
      String set = line.getOrDefault("set", "");
      String expression = orEmpty(line.get("exp"));
      String bin = line.getOrDefault("bin", "");
      indexes.add(
          new SecondaryIndex(
              namespace,
              NONE.equalsIgnoreCase(set) && !(nullIsSet && set.equals(NONE)) ? "" : set,
              line.getOrDefault("indexname", ""),
              collection(line),
              // Only an index on an expression has no bin; a bin may well be named null.
              expression.isEmpty() ? bin : "",
              valueType(line),
              orEmpty(line.get("context")),
              expression));
    }
    return indexes;
  }

  /** The command that creates an index. */
  static String createCommand(SecondaryIndex index, String namespaceArgument)
      throws ClusterException {
    StringBuilder command = new StringBuilder("sindex-create:");
    command.append(namespaceArgument).append('=').append(checked(index, index.namespace()));
    if (!index.set().isEmpty()) {
      command.append(";set=").append(checked(index, index.set()));
    }
    command.append(";indexname=").append(checked(index, index.name()));
    if (!index.context().isEmpty()) {
      command.append(";context=").append(base64(index, index.context()));
    }
    if (index.isOnExpression()) {
      command.append(";exp=").append(base64(index, index.expression()));
    }
    if (index.collection() != Collection.VALUE) {
      command.append(";indextype=").append(index.collection().infoName());
    }
    String type = index.valueType().infoName();
    if (index.isOnExpression()) {
      command.append(";type=").append(type);
    } else {
      command.append(";indexdata=").append(checked(index, index.bin())).append(',').append(type);
    }
    return command.toString();
  }

  static String deleteCommand(SecondaryIndex index, String namespaceArgument)
      throws ClusterException {
    return "sindex-delete:"
        + namespaceArgument
        + "="
        + checked(index, index.namespace())
        + (index.set().isEmpty() ? "" : ";set=" + checked(index, index.set()))
        + ";indexname="
        + checked(index, index.name());
  }

  /** The index as a person knows it: what it is on, without its name. */
  static String describe(SecondaryIndex index) {
    return (index.set().isEmpty() ? "no set" : "set '" + index.set() + "'")
        + ", "
        + (index.isOnExpression()
            ? "expression " + index.expression()
            : "bin '" + index.bin() + "'")
        + ", "
        + index.collection().infoName()
        + ", "
        + index.valueType().infoName()
        + (index.context().isEmpty() ? "" : ", context " + index.context());
  }

  /**
   * Whether the indexes with {@code set=null} are on a set of that name. The server answers the
   * same for indexes on no set; but a set counts its indexes.
   */
  private static boolean hasIndexesOnSetNull(
      String namespace, List<Map<String, String>> lines, String sets) throws ClusterException {
    long listed = lines.stream().filter(line -> NONE.equals(line.get("set"))).count();
    long counted =
        InfoText.objects(sets, ':').stream()
            .filter(set -> NONE.equals(set.get("set")))
            .mapToLong(set -> InfoText.number(set, "sindexes", 0))
            .sum();
    if (counted > 0 && counted < listed) {
      throw new ClusterException(
          Kind.UNSUPPORTED,
          "namespace '"
              + namespace
              + "' has indexes on a set named 'null' and indexes on no set; the server does not"
              + " tell which is which; back up without indexes, or drop those on set 'null'");
    }
    return counted > 0;
  }

  private static Collection collection(Map<String, String> line) throws ClusterException {
    String name = line.getOrDefault("indextype", "default").toLowerCase(Locale.ROOT);
    if (name.equals("none")) {
      return Collection.VALUE;
    }
    for (Collection collection : Collection.values()) {
      if (collection.infoName().equals(name)) {
        return collection;
      }
    }
    throw unknown(line, "type " + name);
  }

  private static ValueType valueType(Map<String, String> line) throws ClusterException {
    String name = line.getOrDefault("type", "").toLowerCase(Locale.ROOT);
    return switch (name) {
      case "numeric", "int signed" -> ValueType.NUMERIC;
      case "string", "text" -> ValueType.STRING;
      case "blob" -> ValueType.BLOB;
      case "geo2dsphere", "geojson" -> ValueType.GEO2DSPHERE;
      default -> throw unknown(line, "values of type " + name);
    };
  }

  private static ClusterException unknown(Map<String, String> line, String what) {
    return new ClusterException(
        Kind.UNSUPPORTED,
        "index '" + line.get("indexname") + "' has " + what + ", which backups can't hold yet");
  }

  private static String orEmpty(String text) {
    return text == null || NONE.equalsIgnoreCase(text) ? "" : text;
  }

  private static String checked(SecondaryIndex index, String name) throws ClusterException {
    if (name.isEmpty() || name.chars().anyMatch(c -> SEPARATORS.indexOf(c) >= 0)) {
      throw new ClusterException(
          Kind.UNSUPPORTED,
          "index '"
              + index.name()
              + "' can't be created: the server's commands can't carry the name '"
              + name
              + "'");
    }
    return name;
  }

  private static String base64(SecondaryIndex index, String text) throws ClusterException {
    try {
      Base64.getDecoder().decode(text);
      return text;
    } catch (IllegalArgumentException e) {
      throw new ClusterException(
          Kind.UNSUPPORTED,
          "index '" + index.name() + "' can't be created: '" + text + "' is not base64",
          e);
    }
  }
}
