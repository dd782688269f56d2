package org.asbeam.storage;

/**
 * An entry of a folder.
 *
 * @param name its name, relative to the store
 * @param size its bytes; 0 for a folder
 * @param folder whether it is a folder
 */
public record StoredFile(String name, long size, boolean folder) {}
