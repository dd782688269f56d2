/**
 * Secrets: references that may travel, and the process that resolves them. A secret itself is never
 * in an option, a plan, a log or an exception.
 */
package org.asbeam.storage.secrets;
