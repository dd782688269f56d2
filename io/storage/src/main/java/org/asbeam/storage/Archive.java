package org.asbeam.storage;

import java.time.Duration;
import java.util.List;

/**
 * The part of a {@link Store} that takes files out of an archive: S3's Glacier classes, Azure's
 * archive tier. A file there is listed, and can't be read until it was asked for and hours went by.
 */
public interface Archive {
  /**
   * Of the files directly in a folder those that can't be read now.
   *
   * @param folder a folder's name, empty for the top
   */
  List<String> archived(String folder) throws StoreException;

  /** Whether it was said how files are to be taken out; without it that is not asked for. */
  boolean mayRequest();

  /** Asks for a file to be taken out; quiet if it was asked for before. */
  void request(String name) throws StoreException;

  /** Whether a file that was asked for can be read by now. */
  boolean isReadable(String name) throws StoreException;

  /** How long it may take, and what to set if nothing was said: half a sentence for a person. */
  String expectation();

  /** How long to wait between two looks. */
  Duration pollInterval();
}
