package org.asbeam.format;

import java.io.IOException;

/** Reads a file's first line and the metadata lines behind it. */
final class HeaderParser {
  private static final String WORD = "Version ";

  /** The first word of the file that guards a backup's folder until the backup is whole. */
  private static final String UNFINISHED = "UNFINISHED";

  private static final int ZSTD_MAGIC = 0xfd2fb528;

  private final Source in;
  private FormatVersion version;
  private String namespace = "";
  private boolean firstFile;

  HeaderParser(Source in) {
    this.in = in;
  }

  FormatVersion version() {
    return version;
  }

  /** Empty if the file doesn't say. */
  String namespace() {
    return namespace;
  }

  boolean firstFile() {
    return firstFile;
  }

  void parse() throws IOException {
    in.need(Limits.WINDOW);
    int start = in.at;
    for (int i = 0; i < WORD.length(); i++) {
      if (start + i == in.end) {
        throw in.damage(in.end, "a header line like 'Version 3.1'");
      }
      if (in.bytes[start + i] != WORD.charAt(i)) {
        throw in.damage(
            AsbFormatException.Kind.NOT_ASB, start, "a header line like 'Version 3.1'", hint());
      }
    }
    in.at += WORD.length();
    version = readVersion();
    Tokens tokens = new Tokens(in, version != FormatVersion.V3_0);
    while (true) {
      in.need(Limits.WINDOW);
      if (!tokens.skip((byte) '#')) {
        return;
      }
      tokens.blank();
      metadata(tokens);
    }
  }

  private FormatVersion readVersion() throws AsbFormatException {
    int start = in.at;
    if (in.end - start < 4) {
      throw in.damage(in.end, "a version and the line's end");
    }
    for (FormatVersion candidate : FormatVersion.values()) {
      String text = candidate.text();
      if (in.bytes[start] == text.charAt(0)
          && in.bytes[start + 1] == text.charAt(1)
          && in.bytes[start + 2] == text.charAt(2)
          && in.bytes[start + 3] == Octets.LF) {
        in.at = start + 4;
        return candidate;
      }
    }
    throw in.damage(
        isOtherVersion(start) ? AsbFormatException.Kind.VERSION : AsbFormatException.Kind.DAMAGE,
        start,
        "version 3.0, 3.1 or 3.2 and the line's end",
        "a file of another format version needs the tool that wrote it; one of these versions is"
            + " damaged");
  }

  private boolean isOtherVersion(int start) {
    return Character.isDigit(in.bytes[start])
        && in.bytes[start + 1] == '.'
        && Character.isDigit(in.bytes[start + 2])
        && in.bytes[start + 3] == Octets.LF;
  }

  private void metadata(Tokens tokens) throws AsbFormatException {
    if (in.at < in.end && in.bytes[in.at] == 'f') {
      tokens.words("first-file", "'first-file'");
      tokens.lineEnd();
      firstFile = true;
      return;
    }
    int start = in.at;
    tokens.words("namespace ", "'namespace' or 'first-file'");
    namespace = tokens.nameLineText(Limits.NAMESPACE, "a namespace of 1 to 31 bytes");
    if (namespace.isEmpty()) {
      throw in.damage(start + "namespace ".length(), "a namespace of 1 to 31 bytes");
    }
  }

  private String hint() {
    if (in.end - in.at >= 4 && Octets.intLittle(in.bytes, in.at) == ZSTD_MAGIC) {
      return "the file is compressed with zstd: read it with compression 'zstd'";
    }
    int i = 0;
    while (i < UNFINISHED.length()
        && in.at + i < in.end
        && in.bytes[in.at + i] == UNFINISHED.charAt(i)) {
      i++;
    }
    return i == UNFINISHED.length()
        ? "the backup in this folder was never finished: resume it, or use another one"
        : "the file is damaged, or no ASB file, or compressed or encrypted: check the compression,"
            + " the encryption and the key";
  }
}
