package org.asbeam.storage.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.asbeam.storage.remote.ObjectUpload;
import org.asbeam.storage.remote.ObjectWrite;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** A multipart upload. */
final class S3Upload implements ObjectUpload {
  private static final Logger LOG = LoggerFactory.getLogger(S3Upload.class);

  private final S3Connection connection;
  private final S3Writes writes;
  private final ObjectWrite write;
  private final String id;
  private final Map<Integer, CompletedPart> sent = new ConcurrentHashMap<>();
  private volatile boolean aborted;

  S3Upload(S3Connection connection, S3Writes writes, ObjectWrite write, String id) {
    this.connection = connection;
    this.writes = writes;
    this.write = write;
    this.id = id;
  }

  @Override
  public void part(int number, byte[] bytes, int count, boolean last) throws Exception {
    var request = writes.part(write, id, number, bytes, count);
    UploadPartResponse response =
        connection.client().uploadPart(request, S3Writes.body(bytes, count));
    S3Writes.checkTag(response.eTag());
    sent.put(
        number,
        CompletedPart.builder()
            .partNumber(number)
            .eTag(response.eTag())
            .checksumCRC32C(request.checksumCRC32C())
            .build());
    if (aborted) {
      abortAgain();
    }
  }

  /** A part that was on its way when the upload was given up may have been kept. */
  private void abortAgain() {
    boolean interrupted = Thread.interrupted();
    try {
      abort();
    } catch (Exception e) {
      LOG.debug("a part of an upload that was given up may still take room", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void complete(int parts, long size) throws Exception {
    List<CompletedPart> all = new ArrayList<>(parts);
    for (int number = 1; number <= parts; number++) {
      CompletedPart part = sent.get(number);
      if (part == null) {
        throw new IllegalStateException("part " + number + " was not sent");
      }
      all.add(part);
    }
    var response = connection.client().completeMultipartUpload(writes.complete(write, id, all));
    // The answer begins as a success, and goes on with blanks until the store knows better.
    S3Writes.checkTag(response.eTag());
  }

  @Override
  public void abort() throws Exception {
    aborted = true;
    try {
      connection.client().abortMultipartUpload(writes.abort(write, id));
    } catch (NoSuchUploadException e) {
      // Done before, or the upload was completed by a request whose answer was lost.
      LOG.debug("there is no upload to be given up", e);
    }
  }
}
