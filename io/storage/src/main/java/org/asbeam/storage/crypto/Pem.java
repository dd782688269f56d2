package org.asbeam.storage.crypto;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * PEM blocks in a text. Line breaks count for nothing, so that a block on one line, as it comes out
 * of an environment variable, is read too.
 *
 * @param type what stands behind {@code BEGIN}
 * @param der the decoded bytes
 * @param passPhrase whether the block is encrypted
 */
public record Pem(String type, byte[] der, boolean passPhrase) {
  static final String BEGIN = "-----BEGIN ";

  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  /** All blocks, in the order of the text; what stands around them is passed over. */
  public static List<Pem> parse(byte[] text) {
    String all = new String(text, StandardCharsets.ISO_8859_1);
    List<Pem> blocks = new ArrayList<>();
    int begin = all.indexOf(BEGIN);
    while (begin >= 0) {
      int next = begin + BEGIN.length();
      int typeEnd = all.indexOf(DASHES, next);
      if (typeEnd >= 0) {
        String type = all.substring(next, typeEnd);
        int end = all.indexOf(END + type + DASHES, typeEnd);
        Pem block = end < 0 ? null : block(type, all.substring(typeEnd + DASHES.length(), end));
        if (block != null) {
          blocks.add(block);
          next = end;
        }
      }
      begin = all.indexOf(BEGIN, next);
    }
    return blocks;
  }

  /** Returns null if the body isn't base64. */
  private static Pem block(String type, String body) {
    boolean passPhrase = type.equals("ENCRYPTED PRIVATE KEY");
    StringBuilder base64 = new StringBuilder(body.length());
    for (String line : body.split("[\r\n]+")) {
      if (line.indexOf(':') >= 0) {
        // A header of RFC 1421; only the one that says how the body is encrypted matters.
        passPhrase |= line.startsWith("Proc-Type:") && line.contains("ENCRYPTED");
      } else {
        line.chars().filter(c -> c != ' ' && c != '\t').forEach(c -> base64.append((char) c));
      }
    }
    if (passPhrase) {
      return new Pem(type, new byte[0], true);
    }
    try {
      return new Pem(type, Base64.getDecoder().decode(base64.toString()), false);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The type alone: the bytes may be a key. */
  @Override
  public String toString() {
    return type;
  }
}
