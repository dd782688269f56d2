package org.asbeam.embedded;

import java.util.HashMap;
import java.util.Map;

/**
 * An info command: {@code name[/argument[/argument]][:key=value[;key=value...]]}.
 *
 * @param text the whole command, which the answer repeats
 * @param name the command's name
 * @param path the arguments behind slashes
 * @param parameters the parameters behind the colon
 */
record InfoCommand(String text, String name, String[] path, Map<String, String> parameters) {
  static InfoCommand parse(String text) {
    int colon = text.indexOf(':');
    String head = colon < 0 ? text : text.substring(0, colon);
    // A set's name may have slashes in it.
    String[] parts = head.split("/", 3);
    String[] path = new String[parts.length - 1];
    System.arraycopy(parts, 1, path, 0, path.length);
    Map<String, String> parameters = new HashMap<>();
    if (colon >= 0) {
      for (String parameter : text.substring(colon + 1).split(";")) {
        int equals = parameter.indexOf('=');
        if (equals > 0) {
          parameters.put(parameter.substring(0, equals), parameter.substring(equals + 1));
        }
      }
    }
    return new InfoCommand(text, parts[0], path, parameters);
  }

  /** A parameter, or null. */
  String get(String key) {
    return parameters.get(key);
  }

  String get(String key, String absent) {
    return parameters.getOrDefault(key, absent);
  }

  /** The namespace by its new or its old key, or null. */
  String namespace() {
    String namespace = get("namespace");
    return namespace != null ? namespace : get("ns", get("id"));
  }

  static String error(int code, String text) {
    return "ERROR:" + code + ":" + text;
  }
}
