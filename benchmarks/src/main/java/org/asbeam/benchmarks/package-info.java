/**
 * How fast asbeam is: synthetic records, ends that go nowhere, and programs that measure the work
 * between them. No part of asbeam as it is shipped.
 */
package org.asbeam.benchmarks;
