package org.asbeam.storage.gcs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.apache.http.entity.AbstractHttpEntity;

/** An object's description and content in one body; the content is not copied. */
final class GcsMultipart extends AbstractHttpEntity {
  private final byte[] head;
  private final byte[] bytes;
  private final int count;
  private final byte[] tail;

  GcsMultipart(byte[] description, byte[] bytes, int count) {
    // 122 random bits: no content has them.
    String boundary = "asbeam-" + UUID.randomUUID();
    setContentType("multipart/related; boundary=" + boundary);
    String start =
        "--"
            + boundary
            + "\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n"
            + new String(description, StandardCharsets.UTF_8)
            + "\r\n--"
            + boundary
            + "\r\nContent-Type: application/octet-stream\r\n\r\n";
    this.head = start.getBytes(StandardCharsets.UTF_8);
    this.bytes = bytes;
    this.count = count;
    this.tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean isRepeatable() {
    return true;
  }

  @Override
  public long getContentLength() {
    return (long) head.length + count + tail.length;
  }

  @Override
  public InputStream getContent() {
    return new SequenceInputStream(
        Collections.enumeration(
            List.of(
                new ByteArrayInputStream(head),
                new ByteArrayInputStream(bytes, 0, count),
                new ByteArrayInputStream(tail))));
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(head);
    out.write(bytes, 0, count);
    out.write(tail);
  }

  @Override
  public boolean isStreaming() {
    return false;
  }
}
