package org.asbeam.format;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads ASB text: records as rows, secondary indexes, UDF modules. Accepts what any tool writes,
 * formats 3.0 to 3.2, and nothing else: what is cut or damaged is an {@link AsbFormatException}
 * that names the place. Only a file that is cut exactly between two items looks whole; the sizes in
 * a backup's manifest and indexes tell.
 *
 * <pre>{@code
 * AsbDecoder decoder = new AsbDecoder(stream, "test_0.asb");
 * for (Item item = decoder.next(); item != Item.END; item = decoder.next()) {
 *   if (item == Item.RECORD) {
 *     write(decoder.record());
 *   }
 * }
 * }</pre>
 *
 * <p>Pulls from the stream through a buffer of its own, in large reads, and closes nothing. Not
 * safe for use by several threads.
 */
public final class AsbDecoder {
  /** What {@link #next} found. */
  public enum Item {
    RECORD,
    SECONDARY_INDEX,
    UDF,
    /** The clean end of the stream. */
    END
  }

  private final Source in;
  private final FormatVersion version;
  private final String namespace;
  private final boolean firstFile;
  private final RecordParser records;
  private final GlobalParser globals;
  private IOException failure;

  /**
   * Reads the header and the metadata lines of a whole file.
   *
   * @param text the file, decrypted and decompressed
   * @param file its name, for errors
   * @throws AsbFormatException if the header is damaged; a file of no bytes is
   */
  public AsbDecoder(InputStream text, String file) throws IOException {
    this(new Source(text, file, 0, true));
  }

  private AsbDecoder(Source in) throws IOException {
    this(in, parsed(in));
  }

  private AsbDecoder(Source in, HeaderParser header) {
    this(in, header.version(), header.namespace(), header.firstFile());
  }

  private AsbDecoder(Source in, FormatVersion version, String namespace, boolean firstFile) {
    this.in = in;
    this.version = version;
    this.namespace = namespace;
    this.firstFile = firstFile;
    Tokens tokens = new Tokens(in, version != FormatVersion.V3_0);
    this.records = new RecordParser(in, tokens);
    this.globals = new GlobalParser(in, tokens);
  }

  /**
   * Reads from the middle of a file.
   *
   * @param text starts with an item, behind header and metadata lines
   * @param version the version of the file's header
   * @param namespace the namespace of the file's header
   * @param offset the position of the stream's first byte in the decoded file
   */
  public static AsbDecoder inside(
      InputStream text, String file, FormatVersion version, String namespace, long offset) {
    return new AsbDecoder(new Source(text, file, offset, false), version, namespace, false);
  }

  private static HeaderParser parsed(Source in) throws IOException {
    HeaderParser header = new HeaderParser(in);
    header.parse();
    return header;
  }

  /**
   * Reads the next item. After the end it goes on to return {@link Item#END}, after a failure to
   * throw it, as the place in the text is lost.
   *
   * @throws AsbFormatException if the bytes are not ASB, or end within an item
   * @throws IOException if the stream can't be read
   */
  public Item next() throws IOException {
    if (failure != null) {
      throw failure;
    }
    try {
      return read();
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  private Item read() throws IOException {
    if (in.atEnd()) {
      return Item.END;
    }
    byte lead = in.bytes[in.at];
    if (lead == '+') {
      records.parse();
      return Item.RECORD;
    }
    if (lead == '*' && version != FormatVersion.V3_0) {
      return globals.parse();
    }
    throw in.damage(
        version == FormatVersion.V3_0
            ? "a record ('+') or the end of the file"
            : "a record ('+'), a global line ('*') or the end of the file");
  }

  /**
   * The record that {@link #next} found; valid until it is called again. Nil bins are not in the
   * row: a stored bin is never nil, and to write one deletes the live bin.
   */
  public RecordView record() {
    return records.record();
  }

  /** The index that {@link #next} found. */
  public SecondaryIndex secondaryIndex() {
    return globals.index();
  }

  /** The module that {@link #next} found. */
  public UdfModule udf() {
    return globals.udf();
  }

  public FormatVersion version() {
    return version;
  }

  /** The namespace that the file says it is of; empty if it doesn't say. */
  public String namespace() {
    return namespace;
  }

  /** Whether the file is marked as the first one of its backup. */
  public boolean firstFile() {
    return firstFile;
  }

  /** The bytes of the decoded file up to the end of the last item. */
  public long offset() {
    return in.offset();
  }

  /** The nil bins that were left out of records so far. */
  public long nilBins() {
    return records.nilBins();
  }
}
