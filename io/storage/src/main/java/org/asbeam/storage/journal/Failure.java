package org.asbeam.storage.journal;

/**
 * A permanent error of a run, as a value: no attempt to do the work again will help.
 *
 * @param code names the kind of error, the same on every runner; the command's exit code comes of
 *     it
 * @param message what is wrong and where, one line
 * @param hint what to do, one line
 * @param slice the slice that met it; -1: none
 * @param worker the process and thread that met it
 */
public record Failure(String code, String message, String hint, int slice, String worker) {}
