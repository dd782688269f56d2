/**
 * The work of backup, restore and verification as Beam transforms: shells around {@link
 * org.asbeam.transforms.work}.
 */
package org.asbeam.transforms;
