package org.asbeam.aerospike;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Takes the answers of info commands apart: {@code k=v;k=v} and {@code k=v:k=v;k=v:k=v;}. */
final class InfoText {
  private InfoText() {}

  /** One object; split at the first equals sign of each pair, for base64 ends in some. */
  static Map<String, String> pairs(String text, char separator) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : split(text, separator)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        pairs.put(pair.substring(0, equals).toLowerCase(Locale.ROOT), pair.substring(equals + 1));
      }
    }
    return pairs;
  }

  /** A list of objects that end with semicolons. */
  static List<Map<String, String>> objects(String text, char separator) {
    List<Map<String, String>> objects = new ArrayList<>();
    for (String object : split(text, ';')) {
      objects.add(pairs(object, separator));
    }
    return objects;
  }

  /** The parts that are not empty. */
  static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int at = 0; at <= text.length(); at++) {
      if (at == text.length() || text.charAt(at) == separator) {
        String part = text.substring(from, at).strip();
        if (!part.isEmpty()) {
          parts.add(part);
        }
        from = at + 1;
      }
    }
    return parts;
  }

  /** A number, or a default where the server doesn't say or says something else. */
  static long number(Map<String, String> pairs, String key, long otherwise) {
    String text = pairs.get(key);
    if (text == null) {
      return otherwise;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  static boolean flag(Map<String, String> pairs, String key) {
    return "true".equals(pairs.get(key));
  }
}
