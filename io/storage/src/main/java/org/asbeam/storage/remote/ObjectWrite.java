package org.asbeam.storage.remote;

/**
 * How an object is to be written.
 *
 * @param key its key
 * @param exclusive whether it must fail, as {@link Problem.Kind#EXISTS}, if there is one
 * @param token goes with the object, as metadata named {@value #TOKEN}: it tells whose an object is
 *     after a request whose answer was lost
 * @param data whether it is a backup file, which may be of another storage class than what is read
 *     and written all the time
 */
public record ObjectWrite(String key, boolean exclusive, String token, boolean data) {
  /** The name of the metadata. */
  public static final String TOKEN = "asbeam";
}
