package org.asbeam.storage.azure;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;

/** A request to the Blob service, before it is signed. */
final class AzureRequest {
  private static final byte[] NOTHING = {};

  private final String method;
  private final String resource;
  private final SortedMap<String, String> query = new TreeMap<>();
  private final SortedMap<String, String> headers = new TreeMap<>();
  private byte[] body = NOTHING;
  private int count;

  /**
   * @param resource the container, or container and key with a slash between them, not encoded
   */
  AzureRequest(String method, String resource) {
    this.method = method;
    this.resource = resource;
  }

  AzureRequest query(String name, String value) {
    query.put(name, value);
    return this;
  }

  /**
   * @param name in lower case
   */
  AzureRequest header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Sends the first bytes of an array, which is not copied. */
  AzureRequest body(byte[] bytes, int first) {
    this.body = bytes;
    this.count = first;
    return this;
  }

  /** Lets the service check that the body arrived as it was sent. */
  AzureRequest withChecksum() {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      md5.update(body, 0, count);
      return header("content-md5", Base64.getEncoder().encodeToString(md5.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has MD5", e);
    }
  }

  String method() {
    return method;
  }

  /** The encoded path below the endpoint, with a slash at its start. */
  String path() {
    return "/" + Percent.path(resource);
  }

  /** The parameters, not encoded. */
  SortedMap<String, String> query() {
    return query;
  }

  /** By names in lower case. */
  SortedMap<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }

  /** The bytes of the body that count. */
  int count() {
    return count;
  }
}
