/**
 * Backup folders in buckets of Google Cloud Storage, by plain requests to its JSON API.
 *
 * <p>What this relies on is described at {@code cloud.google.com/storage/docs}: the JSON API's
 * objects, resumable uploads, request preconditions, status and error codes.
 */
package org.asbeam.storage.gcs;
