package org.asbeam.cli.logging;

/** A JSON object of texts, in one line. */
public final class JsonLine {
  private final StringBuilder text = new StringBuilder("{");

  /** Adds a member. */
  public JsonLine add(String name, String value) {
    if (text.length() > 1) {
      text.append(',');
    }
    quote(name);
    text.append(':');
    quote(value);
    return this;
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < ' ' || Character.isSurrogate(c)) {
            text.append(String.format("\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  @Override
  public String toString() {
    return text + "}";
  }
}
