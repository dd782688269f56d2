/** Jobs of Google Cloud Dataflow: the main classes of the Flex Templates, and what they preset. */
package org.asbeam.dataflow;
