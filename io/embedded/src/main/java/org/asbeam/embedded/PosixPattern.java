package org.asbeam.embedded;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Translates patterns of POSIX {@code regcomp}, basic and extended, as the C library of servers
 * takes them. What has no counterpart is refused.
 */
final class PosixPattern {
  private static final int EXTENDED = 1;
  private static final int IGNORE_CASE = 2;
  private static final int NO_SUBGROUPS = 4;
  private static final int NEWLINE = 8;

  private static final Map<String, String> CLASSES =
      Map.ofEntries(
          Map.entry("alpha", "\\p{Alpha}"),
          Map.entry("digit", "\\p{Digit}"),
          Map.entry("alnum", "\\p{Alnum}"),
          Map.entry("upper", "\\p{Upper}"),
          Map.entry("lower", "\\p{Lower}"),
          Map.entry("space", "\\p{Space}"),
          Map.entry("blank", "\\p{Blank}"),
          Map.entry("punct", "\\p{Punct}"),
          Map.entry("print", "\\p{Print}"),
          Map.entry("graph", "\\p{Graph}"),
          Map.entry("cntrl", "\\p{Cntrl}"),
          Map.entry("xdigit", "\\p{XDigit}"));

  private final String text;
  private final boolean extended;
  private final boolean lines;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private boolean atStart = true;

  private PosixPattern(String text, long flags) {
    this.text = text;
    this.extended = (flags & EXTENDED) != 0;
    this.lines = (flags & NEWLINE) != 0;
  }

  /**
   * @param flags as of {@code regcomp}: 1 extended, 2 ignore case, 4 no subgroups, 8 newlines
   * @throws RequestException with code 4 if it is no pattern or can't be translated
   */
  static Pattern compile(String text, long flags) throws RequestException {
    if ((flags & ~(EXTENDED | IGNORE_CASE | NO_SUBGROUPS | NEWLINE)) != 0) {
      throw RequestException.parameter("flags of a pattern that are not known");
    }
    PosixPattern posix = new PosixPattern(text, flags);
    posix.translate();
    boolean ignoreCase = (flags & IGNORE_CASE) != 0;
    try {
      return Pattern.compile(
          posix.out.toString(),
          (ignoreCase ? Pattern.CASE_INSENSITIVE : 0)
              | (posix.lines ? Pattern.MULTILINE | Pattern.UNIX_LINES : Pattern.DOTALL));
    } catch (PatternSyntaxException e) {
      throw RequestException.parameter("a pattern that is not understood");
    }
  }

  private void translate() throws RequestException {
    while (at < text.length()) {
      char c = text.charAt(at++);
      switch (c) {
        case '\\' -> escaped();
        case '[' -> bracket();
        case '.' -> token(".");
        case '*' -> token(atStart ? "\\*" : "*");
        case '^' -> caret();
        case '$' -> dollar();
        case '(', ')', '|', '+', '?', '{', '}' -> special(c);
        default -> literal(c);
      }
    }
  }

  private void token(String java) {
    out.append(java);
    atStart = false;
  }

  private void literal(char c) {
    token(Pattern.quote(String.valueOf(c)));
  }

  /** A char that means something by itself only in extended patterns. */
  private void special(char c) throws RequestException {
    if (!extended) {
      literal(c);
    } else {
      operator(c);
    }
  }

  private void operator(char c) throws RequestException {
    if (c == '{') {
      interval();
      return;
    }
    out.append(c);
    atStart = c == '(' || c == '|';
  }

  /** How often: numbers up to the closing brace. */
  private void interval() throws RequestException {
    String close = extended ? "}" : "\\}";
    int end = text.indexOf(close, at);
    String numbers = end < 0 ? "" : text.substring(at, end);
    if (!numbers.matches("\\d+(,\\d*)?")) {
      throw RequestException.parameter("a pattern with an interval that is not known");
    }
    out.append('{').append(numbers).append('}');
    at = end + close.length();
    atStart = false;
  }

  private void escaped() throws RequestException {
    if (at == text.length()) {
      throw RequestException.parameter("a pattern that ends with a backslash");
    }
    char c = text.charAt(at++);
    if ("(){}|+?".indexOf(c) >= 0) {
      if (extended) {
        literal(c);
      } else {
        operator(c);
      }
    } else if (c >= '1' && c <= '9' || "wWsSbB".indexOf(c) >= 0) {
      token("\\" + c);
    } else if (Character.isLetterOrDigit(c) || "<>`'".indexOf(c) >= 0) {
      throw RequestException.parameter("an escape in a pattern that is not known");
    } else {
      literal(c);
    }
  }

  private void caret() {
    if (extended || atStart) {
      out.append(lines ? "^" : "\\A");
    } else {
      literal('^');
    }
  }

  private void dollar() {
    boolean last = at == text.length() || text.startsWith("\\)", at) || text.startsWith("\\|", at);
    if (extended || last) {
      out.append(lines ? "$" : "\\z");
      atStart = false;
    } else {
      literal('$');
    }
  }

  private void bracket() throws RequestException {
    StringBuilder set = new StringBuilder("[");
    if (at < text.length() && text.charAt(at) == '^') {
      set.append('^');
      at++;
    }
    boolean negated = set.length() > 1;
    int first = at;
    while (true) {
      if (at >= text.length()) {
        throw RequestException.parameter("a pattern with a bracket that is not closed");
      }
      char c = text.charAt(at);
      if (c == ']' && at > first) {
        at++;
        break;
      }
      if (c == '[' && at + 1 < text.length() && ".=:".indexOf(text.charAt(at + 1)) >= 0) {
        set.append(characterClass());
      } else if (c == '-') {
        set.append(
            at > first && at + 1 < text.length() && text.charAt(at + 1) != ']' ? "-" : "\\-");
        at++;
      } else {
        set.append("\\x").append(String.format("%02x", (int) c));
        at++;
      }
    }
    if (negated && lines) {
      set.append("\\n");
    }
    token(set.append(']').toString());
  }

  private String characterClass() throws RequestException {
    int end = text.indexOf(":]", at + 2);
    String java = end < 0 ? null : CLASSES.get(text.substring(at + 2, end));
    if (java == null || text.charAt(at + 1) != ':') {
      throw RequestException.parameter("a class of characters that is not known");
    }
    at = end + 2;
    return java;
  }
}
