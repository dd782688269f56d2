package org.asbeam.storage.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The first line and the headers of an HTTP/1.1 message, as they were sent. */
record HttpHead(String firstLine, List<Field> fields) {
  private static final int MAX_LINE = 64 << 10;

  /** One header. */
  record Field(String name, String value) {}

  /**
   * Reads a head.
   *
   * @return null if the input ends before it
   */
  static HttpHead read(InputStream in) throws IOException {
    String first = line(in);
    if (first == null) {
      return null;
    }
    List<Field> fields = new ArrayList<>();
    while (true) {
      String line = line(in);
      if (line == null) {
        throw new EOFException("The connection ended within the headers");
      }
      if (line.isEmpty()) {
        return new HttpHead(first, fields);
      }
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IOException("Not a header: " + line);
      }
      fields.add(new Field(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
  }

  /** Reads a line that ends with CR LF; null at the end of the input. */
  static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        if (line.size() == 0) {
          return null;
        }
        throw new EOFException("The connection ended within a line");
      }
      if (line.size() == MAX_LINE) {
        throw new IOException("A line is too long");
      }
      line.write(c);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /** The value of a header, null without it. */
  String value(String name) {
    for (Field field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return field.value();
      }
    }
    return null;
  }

  boolean says(String name, String word) {
    String value = value(name);
    return value != null && value.equalsIgnoreCase(word);
  }

  /** Word number {@code i} of the first line; empty if it has fewer. */
  String word(int i) {
    String[] words = firstLine.split(" ", 3);
    return i < words.length ? words[i] : "";
  }

  HttpHead without(String... names) {
    List<Field> kept = new ArrayList<>(fields);
    for (String name : names) {
      kept.removeIf(field -> field.name().equalsIgnoreCase(name));
    }
    return new HttpHead(firstLine, kept);
  }

  HttpHead with(String name, String value) {
    List<Field> more = new ArrayList<>(without(name).fields);
    more.add(new Field(name, value));
    return new HttpHead(firstLine, more);
  }

  /** The headers by name without regard to case; those that come twice are joined by commas. */
  Map<String, String> byName() {
    Map<String, String> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Field field : fields) {
      map.merge(field.name(), field.value(), (a, b) -> a + ", " + b);
    }
    return Collections.unmodifiableMap(map);
  }

  byte[] bytes() {
    StringBuilder text = new StringBuilder(firstLine).append("\r\n");
    for (Field field : fields) {
      text.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
