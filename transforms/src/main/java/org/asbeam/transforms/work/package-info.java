/**
 * The work of a backup, a restore and a verification, as plain classes that know no Beam: plan,
 * slice work, receipt, commit.
 *
 * <p>They reach the outside over four seams: {@link org.asbeam.transforms.work.RecordSource},
 * {@link org.asbeam.transforms.work.RecordSink}, {@link org.asbeam.storage.Store} and {@link
 * org.asbeam.transforms.work.Surroundings} (clock, randomness, pauses), so that a test can drive
 * them from one thread and one seed.
 */
package org.asbeam.transforms.work;
