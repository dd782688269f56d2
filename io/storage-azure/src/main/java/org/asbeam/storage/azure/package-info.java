/** Backup folders in containers of Azure Blob Storage. */
package org.asbeam.storage.azure;
