package org.asbeam.transforms.work;

import java.io.Serializable;

/**
 * What is to be verified.
 *
 * @param directory the folder with the backup, a path or a URI
 * @param slots the slices that are worked on at once, over all workers
 */
public record VerifySpec(String directory, int slots) implements Serializable {}
