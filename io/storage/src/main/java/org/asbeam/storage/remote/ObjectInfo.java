package org.asbeam.storage.remote;

/**
 * What is known of an object without reading it.
 *
 * @param size its bytes
 * @param version changes with its content: an entity tag or generation
 * @param token the {@link ObjectWrite#token} that it was written with; empty if there is none
 * @param archived whether it lies in an archive and can't be read now
 */
public record ObjectInfo(long size, String version, String token, boolean archived) {}
