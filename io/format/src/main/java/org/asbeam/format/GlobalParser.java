package org.asbeam.format;

import java.io.IOException;
import java.util.Arrays;

/** Reads secondary indexes and UDF modules. */
final class GlobalParser {
  private static final int FIRST_CONTENT = 64 * 1024;

  private static final String BASE64 = "base64 of at most 1 MiB and the line's end";

  /** What stands for the bin of an index on an expression. */
  private static final String NO_BIN = "null";

  private final Source in;
  private final Tokens tokens;
  private SecondaryIndex index;
  private UdfModule udf;

  GlobalParser(Source in, Tokens tokens) {
    this.in = in;
    this.tokens = tokens;
  }

  SecondaryIndex index() {
    return index;
  }

  UdfModule udf() {
    return udf;
  }

  /** Reads a global line from its asterisk. */
  AsbDecoder.Item parse() throws IOException {
    in.need(Limits.WINDOW);
    in.at++;
    tokens.blank();
    int letterAt = in.at;
    byte letter = tokens.any("the letter of a global line");
    if (letter != 'i' && letter != 'e' && letter != 'u') {
      throw in.damage(letterAt, "'i' (index), 'e' (index on an expression) or 'u' (UDF)");
    }
    tokens.blank();
    if (letter == 'u') {
      udf = readUdf();
      return AsbDecoder.Item.UDF;
    }
    index = readIndex(letter == 'e');
    return AsbDecoder.Item.SECONDARY_INDEX;
  }

  private SecondaryIndex readIndex(boolean onExpression) throws IOException {
    String namespace = required(Limits.NAMESPACE, "a namespace of 1 to 31 bytes");
    String set = tokens.nameText(Limits.SET, "a set name of at most 63 bytes");
    tokens.blank();
    String name = required(Limits.INDEX_NAME, "an index name of 1 to 255 bytes");
    SecondaryIndex.Collection collection = collection();
    tokens.blank();
    int pathsAt = in.at;
    long paths = tokens.unsigned(Integer.MAX_VALUE, Octets.SP, "a number of paths");
    if (paths != 1) {
      throw in.damage(pathsAt, "1, the number of an index's paths");
    }
    String bin =
        onExpression
            ? tokens.nameText(Limits.BIN_NAME, "a bin name of at most 15 bytes")
            : name(Limits.BIN_NAME, "a bin name of 1 to 15 bytes");
    tokens.blank();
    SecondaryIndex.ValueType valueType = valueType();
    if (!onExpression) {
      String context = "";
      if (tokens.skip(Octets.SP)) {
        context = tokens.packedText(BASE64);
      } else {
        tokens.lineEnd();
      }
      return new SecondaryIndex(namespace, set, name, collection, bin, valueType, context, "");
    }
    tokens.take(Octets.SP, "a blank and an expression");
    String expression = tokens.packedText(BASE64);
    if (expression.isEmpty()) {
      throw in.damage(in.at - 1, "an expression");
    }
    return new SecondaryIndex(
        namespace, set, name, collection, bin.equals(NO_BIN) ? "" : bin, valueType, "", expression);
  }

  private String name(int limit, String expected) throws AsbFormatException {
    int start = in.at;
    String name = tokens.nameText(limit, expected);
    if (name.isEmpty()) {
      throw in.damage(start, expected);
    }
    return name;
  }

  /** A name that isn't empty, and the blank behind it. */
  private String required(int limit, String expected) throws AsbFormatException {
    String name = name(limit, expected);
    tokens.blank();
    return name;
  }

  private SecondaryIndex.Collection collection() throws AsbFormatException {
    int start = in.at;
    byte letter = tokens.any("an index type: N, L, K or V");
    for (SecondaryIndex.Collection candidate : SecondaryIndex.Collection.values()) {
      if (candidate.letter() == letter) {
        return candidate;
      }
    }
    throw in.damage(start, "an index type: N, L, K or V");
  }

  private SecondaryIndex.ValueType valueType() throws AsbFormatException {
    int start = in.at;
    byte letter = tokens.any("a value type: N, S, G or B");
    for (SecondaryIndex.ValueType candidate : SecondaryIndex.ValueType.values()) {
      if (candidate.letter() == letter) {
        return candidate;
      }
    }
    throw in.damage(start, "a value type: N, S, G or B");
  }

  private UdfModule readUdf() throws IOException {
    tokens.take((byte) 'L', "'L', the language Lua");
    tokens.blank();
    String name = required(Limits.UDF_NAME, "a module name of 1 to 255 bytes");
    int length =
        (int) tokens.unsigned(Limits.UDF_CONTENT, Octets.SP, "a module's length, at most 16 MiB");
    byte[] content = content(length);
    in.need(1);
    tokens.lineEnd();
    return new UdfModule(name, content);
  }

  /** Reads a module; what a length claims is believed only as far as octets arrive. */
  private byte[] content(int length) throws IOException {
    byte[] content = new byte[Math.min(length, FIRST_CONTENT)];
    int count = 0;
    while (count < length) {
      if (in.atEnd()) {
        throw in.damage(in.end, (length - count) + " more bytes of a module");
      }
      int step = Math.min(length - count, in.end - in.at);
      if (content.length - count < step) {
        content = Arrays.copyOf(content, (int) Math.min(length, 2L * (count + step)));
      }
      System.arraycopy(in.bytes, in.at, content, count, step);
      in.at += step;
      count += step;
    }
    return content;
  }
}
