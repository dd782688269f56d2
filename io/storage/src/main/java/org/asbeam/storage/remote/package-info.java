/**
 * What all object stores have in common: the contract of {@link org.asbeam.storage.Store} over the
 * few requests that every one of them knows, with patience, time limits and checks of its own.
 */
package org.asbeam.storage.remote;
