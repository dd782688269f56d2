package org.asbeam.transforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import org.asbeam.format.RecordView;
import org.asbeam.format.RowBuilder;

/**
 * A form of one's own in which records are written to files and read back, by {@link
 * WriteRecordFiles} and {@link ReadRecordFiles}. It travels with a pipeline.
 *
 * <p>ASB is no such form: the jobs write it by {@link org.asbeam.format.AsbEncoder} and read it by
 * {@link org.asbeam.format.AsbDecoder} themselves, with checksums, blocks and a manifest, none of
 * which files of another form have.
 */
public interface RecordFormat extends Serializable {
  /**
   * What the names of the files end with, without a dot: lower-case letters and digits, and neither
   * {@code asb} nor {@code asbx}, so that no tool takes the files for a backup.
   */
  String ending();

  /**
   * Starts a file.
   *
   * @param out takes the file's bytes; not to be closed
   */
  Encoder encoder(OutputStream out) throws IOException;

  /**
   * Opens a file.
   *
   * @param in has the file's bytes; not to be closed
   * @param file its name, for errors
   */
  Decoder decoder(InputStream in, String file) throws IOException;

  /** Writes the records of one file. Used by one thread. */
  interface Encoder {
    /**
     * Writes a record.
     *
     * @param row valid only during the call; its bin cursor may be moved
     * @throws IOException if the form can't spell the record, naming it, or the output fails
     */
    void encode(RecordView row) throws IOException;

    /** Writes what the file must end with. */
    void finish() throws IOException;
  }

  /** Reads the records of one file. Used by one thread. */
  interface Decoder {
    /**
     * Reads the next record.
     *
     * @param into gets the record: begin, fields, bins
     * @return whether there was one; false: the file's end, and nothing was begun
     * @throws IOException if the file is damaged or cut, naming it and the place
     */
    boolean decode(RowBuilder into) throws IOException;
  }
}
