package org.asbeam.storage.remote;

import java.io.InputStream;

/**
 * An object that is being read.
 *
 * @param stream its bytes from the position that was asked for; closing it early must not read the
 *     rest, and must not take long
 * @param size the bytes of the whole object
 * @param version of what is read, see {@link ObjectInfo#version}
 */
public record ObjectBody(InputStream stream, long size, String version) {}
