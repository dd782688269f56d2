/** Backup folders in buckets of Amazon S3, and of other stores that speak its protocol. */
package org.asbeam.storage.s3;
