package org.asbeam.transforms.work;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.asbeam.format.AsbBuffer;
import org.asbeam.format.AsbEncoder;
import org.asbeam.format.FormatVersion;
import org.asbeam.format.RecordView;
import org.asbeam.format.UnencodableRecordException;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoredFile;
import org.asbeam.storage.journal.Json;

/**
 * The records of one attempt at a slice that the server refused: backup files that every tool
 * restores, {@code rejects-<run>_<slice>_<n>_<attempt>.asb}, and beside each one with a line of
 * JSON per record that says why, {@code .reasons.jsonl}.
 *
 * <p>A file appears whole or not at all. Closed without {@link #keep}, the attempt's files are
 * deleted. Used by one thread.
 */
final class RejectFiles implements Closeable {
  /** A file is written when its text has come so far: it is held in memory until then. */
  private static final int FILE_BYTES = 4 << 20;

  private static final int FIRST_CAPACITY = 64 << 10;
  private static final String REASONS = ".reasons.jsonl";

  private final Store store;
  private final String start;
  private final String attempt;
  private final AsbEncoder encoder;
  private final AsbBuffer text = new AsbBuffer(FIRST_CAPACITY);
  private final ByteArrayOutputStream reasons = new ByteArrayOutputStream();
  private final List<String> written = new ArrayList<>();
  private long records;
  private boolean kept;

  /**
   * Why a record was refused: a line of the file beside the records.
   *
   * @param digest in hex
   * @param set empty: none
   * @param code the server's result code
   * @param reason one line
   */
  private record Reason(String digest, String set, int code, String reason) {}

  /**
   * @param namespace the one that the records are of
   * @param attempt eight hex digits
   */
  RejectFiles(Store store, String namespace, String runId, int slice, String attempt) {
    this.store = store;
    this.start = "rejects-" + runId + "_" + slice + "_";
    this.attempt = attempt;
    this.encoder = new AsbEncoder(namespace, false);
  }

  /**
   * Makes the folder ready: it must be empty, or hold only what the run that is resumed wrote. What
   * no slice that is done has named is of slices that are done again.
   */
  static void prepare(Store store, String runId, List<FileOutcome> done)
      throws IOException, WorkException {
    Pattern ours = pattern(runId);
    for (StoredFile file : store.list("")) {
      if (!ours.matcher(file.name()).matches()) {
        throw new WorkException(
            ErrorCode.NOT_EMPTY,
            store.location() + ": the folder for rejects is not empty, it holds " + file.name(),
            "name another folder");
      }
    }
    removeOthers(store, runId, done);
  }

  /** Removes the files of a run that no outcome names. */
  static void removeOthers(Store store, String runId, List<FileOutcome> outcomes)
      throws StoreException {
    Set<String> named = new HashSet<>();
    for (FileOutcome outcome : outcomes) {
      for (String name : outcome.rejects()) {
        named.add(name);
        named.add(reasonsOf(name));
      }
    }
    Pattern ours = pattern(runId);
    for (StoredFile file : store.list("")) {
      if (ours.matcher(file.name()).matches() && !named.contains(file.name())) {
        store.delete(file.name());
      }
    }
  }

  private static Pattern pattern(String runId) {
    return Pattern.compile(
        "rejects-"
            + Pattern.quote(runId)
            + "_\\d+_\\d+_[0-9a-f]{8}\\.(asb|"
            + Pattern.quote("asb" + REASONS)
            + ")");
  }

  private static String reasonsOf(String file) {
    return file + REASONS;
  }

  /** Takes a record. */
  void add(RecordView row, int code, String reason) throws IOException {
    if (text.length() == 0) {
      encoder.header(text, FormatVersion.V3_1, false);
    }
    try {
      encoder.record(text, row);
    } catch (UnencodableRecordException e) {
      throw new IOException(e);
    }
    String set = new String(row.buffer(), row.setOffset(), row.setLength(), StandardCharsets.UTF_8);
    reasons.writeBytes(
        Json.line(new Reason(HexFormat.of().formatHex(row.digest()), set, code, reason)));
    records++;
    if (text.length() >= FILE_BYTES) {
      write();
    }
  }

  /** The records taken so far. */
  long records() {
    return records;
  }

  /**
   * Writes the last file.
   *
   * @return the names of the backup files
   */
  List<String> finish() throws IOException {
    write();
    return List.copyOf(written);
  }

  /** From here on what was written stays. */
  void keep() {
    kept = true;
  }

  /** The reasons come first, so that no record is without one. */
  private void write() throws IOException {
    if (text.length() == 0) {
      return;
    }
    String name = start + (written.size() + 1) + "_" + attempt + ".asb";
    written.add(name);
    store.put(reasonsOf(name), reasons.toByteArray());
    store.put(name, text.toByteArray());
    text.clear();
    reasons.reset();
  }

  @Override
  public void close() {
    if (!kept) {
      discard();
    }
  }

  /** Deletes what was written: another attempt counts. */
  void discard() {
    kept = true;
    for (String name : written) {
      for (String file : List.of(name, reasonsOf(name))) {
        try {
          store.delete(file);
        } catch (StoreException e) {
          // The end of the restore deletes what no outcome names.
          continue;
        }
      }
    }
  }
}
