/** Backup folders on HDFS, reached by Hadoop's own client. */
package org.asbeam.storage.hdfs;
