/** Benchmarks of what the ASB codec keeps to its package. */
package org.asbeam.format;
