package org.asbeam.storage.gcs;

import java.io.FilterInputStream;
import java.io.IOException;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpRequestBase;

/**
 * A body being read. Read to its end it gives its connection back to the pool; closed earlier it
 * ends the connection at once. Closing may come from another thread than one that waits for bytes.
 */
final class GcsBody extends FilterInputStream {
  private final HttpRequestBase request;
  private final CloseableHttpResponse response;
  private long left;

  /**
   * @param length the bytes that come
   */
  GcsBody(HttpRequestBase request, CloseableHttpResponse response, long length) throws IOException {
    super(response.getEntity().getContent());
    this.request = request;
    this.response = response;
    this.left = length;
    releaseAtEnd();
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    if (read >= 0) {
      left--;
      releaseAtEnd();
    }
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    int read = super.read(bytes, offset, count);
    if (read > 0) {
      left -= read;
      releaseAtEnd();
    }
    return read;
  }

  /**
   * The pool gets a connection back when the end is seen, which readers of a size don't ask for.
   */
  private void releaseAtEnd() throws IOException {
    if (left == 0 && response.getEntity().getContentLength() >= 0) {
      super.read();
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public void close() throws IOException {
    request.abort();
    response.close();
  }
}
