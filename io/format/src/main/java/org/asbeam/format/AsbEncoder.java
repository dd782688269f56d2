package org.asbeam.format;

import java.nio.charset.StandardCharsets;

/**
 * Writes rows, secondary indexes and UDF modules as ASB text. Appends to a buffer and knows nothing
 * of files. A file is a header, then global lines and records in any order.
 *
 * <p>Not safe for use by several threads.
 */
public final class AsbEncoder {
  /** What the peers write for the bin of an index on an expression. */
  private static final String NO_BIN = "null";

  /** The fixed words of a header and of global lines, amply. */
  private static final int MOST_WORDS = 128;

  private final byte[] namespace;
  private final RecordEncoder records;

  /**
   * @param namespace the namespace of the header, and of records whose row has no namespace field;
   *     1 to 31 bytes in UTF-8
   * @param compact whether blobs, lists, maps and HLLs are written raw instead of as base64
   */
  public AsbEncoder(String namespace, boolean compact) {
    this.namespace = namespace.getBytes(StandardCharsets.UTF_8);
    if (this.namespace.length == 0 || this.namespace.length > Limits.NAMESPACE) {
      throw new IllegalArgumentException(
          "a namespace of 1 to 31 bytes is needed, not '" + namespace + "'");
    }
    this.records = new RecordEncoder(this.namespace, compact);
  }

  /**
   * Writes the lines that every file starts with.
   *
   * @param version {@link FormatVersion#V3_2} for a file with an index on an expression, else
   *     {@link FormatVersion#V3_1}
   * @param firstFile whether the file is marked as the first one of its backup; one file should be
   */
  public void header(AsbBuffer out, FormatVersion version, boolean firstFile) {
    if (version == FormatVersion.V3_0) {
      throw new IllegalArgumentException("format 3.0 is only read");
    }
    out.reserve(MOST_WORDS + 2L * namespace.length);
    byte[] bytes = out.array();
    int at = ascii("Version ", bytes, out.length());
    at = ascii(version.text(), bytes, at);
    at = ascii("\n# namespace ", bytes, at);
    at = Escapes.write(namespace, 0, namespace.length, bytes, at);
    at = ascii(firstFile ? "\n# first-file\n" : "\n", bytes, at);
    out.length(at);
  }

  /**
   * Writes a record.
   *
   * @param row its bin cursor is moved
   * @throws UnencodableRecordException if ASB can't spell the record; {@code out} is unchanged then
   * @throws MalformedRowException if a bin reaches beyond the row; {@code out} is unchanged then
   */
  public void record(AsbBuffer out, RecordView row) throws UnencodableRecordException {
    records.write(out, row);
  }

  /**
   * Writes an index: a {@code * e} line, which makes the file one of format 3.2, if it is on an
   * expression, else a {@code * i} line.
   *
   * @throws IllegalArgumentException if it has no bin and no expression, or both a context and an
   *     expression, which no tool can read
   */
  public void secondaryIndex(AsbBuffer out, SecondaryIndex index) {
    boolean onExpression = index.isOnExpression();
    if (onExpression && !index.context().isEmpty()) {
      throw new IllegalArgumentException(
          "index '" + index.name() + "' has both an expression and a context");
    }
    if (!onExpression && index.bin().isEmpty()) {
      throw new IllegalArgumentException(
          "index '" + index.name() + "' has neither a bin nor an expression");
    }
    String bin = index.bin().isEmpty() ? NO_BIN : index.bin();
    String packed = onExpression ? index.expression() : index.context();
    long names =
        (long) index.namespace().length()
            + index.set().length()
            + index.name().length()
            + bin.length();
    // A character takes at most three octets in UTF-8, none of which is escaped unless it's one.
    out.reserve(MOST_WORDS + 3 * names + packed.length());
    byte[] bytes = out.array();
    int at = ascii(onExpression ? "* e " : "* i ", bytes, out.length());
    at = Escapes.write(index.namespace(), bytes, at);
    bytes[at++] = Octets.SP;
    at = Escapes.write(index.set(), bytes, at);
    bytes[at++] = Octets.SP;
    at = Escapes.write(index.name(), bytes, at);
    bytes[at++] = Octets.SP;
    bytes[at++] = (byte) index.collection().letter();
    at = ascii(" 1 ", bytes, at);
    at = Escapes.write(bin, bytes, at);
    bytes[at++] = Octets.SP;
    bytes[at++] = (byte) index.valueType().letter();
    if (!packed.isEmpty()) {
      bytes[at++] = Octets.SP;
      at = ascii(packed, bytes, at);
    }
    bytes[at++] = Octets.LF;
    out.length(at);
  }

  /** Writes a Lua module. */
  public void udf(AsbBuffer out, UdfModule module) {
    byte[] content = module.content();
    out.reserve(MOST_WORDS + 3L * module.name().length() + content.length);
    byte[] bytes = out.array();
    int at = ascii("* u L ", bytes, out.length());
    at = Escapes.write(module.name(), bytes, at);
    bytes[at++] = Octets.SP;
    at = BinEncoder.sized(content, 0, content.length, bytes, at);
    bytes[at++] = Octets.LF;
    out.length(at);
  }

  private static int ascii(String text, byte[] out, int at) {
    byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(octets, 0, out, at, octets.length);
    return at + octets.length;
  }
}
