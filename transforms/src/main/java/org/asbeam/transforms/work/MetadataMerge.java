package org.asbeam.transforms.work;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.asbeam.format.SecondaryIndex;
import org.asbeam.format.UdfModule;

/** The secondary indexes and UDF modules of several files: each once, contradictions are errors. */
final class MetadataMerge {
  private final String namespace;
  private final Map<String, Found<SecondaryIndex>> indexes = new LinkedHashMap<>();
  private final Map<String, Found<UdfModule>> udfs = new LinkedHashMap<>();

  /** Something and the file it was found in. */
  private record Found<T>(T what, String path) {}

  /**
   * @param namespace that the indexes must be of
   */
  MetadataMerge(String namespace) {
    this.namespace = namespace;
  }

  /**
   * Takes an index.
   *
   * @throws IOException for a {@link WorkException}, if it is of another namespace, or another file
   *     defines one of its name in another way
   */
  void add(SecondaryIndex index, String path) throws IOException {
    checkNamespace(index, path);
    add(indexes, "index '" + index.name() + "'", index.name(), index, path);
  }

  /** As {@link #add(SecondaryIndex, String)}. */
  void add(UdfModule module, String path) throws IOException {
    add(udfs, "UDF module '" + module.name() + "'", module.name(), module, path);
  }

  /** Indexes are mapped to the target's namespace like records: another one's are no part of it. */
  void checkNamespace(SecondaryIndex index, String path) throws IOException {
    if (!index.namespace().equals(namespace)) {
      throw new IOException(
          new WorkException(
              ErrorCode.WRONG_NAMESPACE,
              path
                  + ": index '"
                  + index.name()
                  + "' is of namespace "
                  + index.namespace()
                  + ", not of "
                  + namespace,
              "leave indexes out with --no-indexes"));
    }
  }

  private static <T> void add(
      Map<String, Found<T>> all, String kind, String name, T what, String path) throws IOException {
    Found<T> first = all.putIfAbsent(name, new Found<>(what, path));
    if (first != null && !first.what().equals(what)) {
      throw new IOException(
          new WorkException(
              ErrorCode.METADATA_CONFLICT,
              first.path() + " and " + path + " hold " + kind + " in two ways",
              "restore one of them by itself, or leave such out with --no-indexes or --no-udfs"));
    }
  }

  boolean isEmpty() {
    return indexes.isEmpty() && udfs.isEmpty();
  }

  void clear() {
    indexes.clear();
    udfs.clear();
  }

  List<SecondaryIndex> indexes() {
    return values(indexes);
  }

  List<UdfModule> udfs() {
    return values(udfs);
  }

  private static <T> List<T> values(Map<String, Found<T>> all) {
    List<T> values = new ArrayList<>();
    all.values().forEach(found -> values.add(found.what()));
    return values;
  }
}
