package org.asbeam.storage.azure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.asbeam.storage.remote.ObjectInfo;
import org.asbeam.storage.remote.ObjectUpload;
import org.asbeam.storage.remote.ObjectWrite;
import org.asbeam.storage.remote.Problem;

/**
 * A blob that is being written in blocks.
 *
 * <p>The blocks of all who write a blob of one name lie side by side until one of them commits, so
 * their ids have a number of the upload in them beside that of the part. All ids are of one length,
 * as the service wants it.
 *
 * <p>The service has no request that gives an upload up. It drops blocks a week after the last one
 * came, or once a blob of that name is written.
 */
final class AzureUpload implements ObjectUpload {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final AzureClient client;
  private final ObjectWrite write;
  private final long number = RANDOM.nextLong();

  AzureUpload(AzureClient client, ObjectWrite write) {
    this.client = client;
    this.write = write;
  }

  private String id(int part) {
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(12).putLong(number).putInt(part).array());
  }

  /**
   * Sends a byte that will be no part of the blob: a refusal comes at once then, and its answer is
   * read. To a refusal that comes while a large block is still on its way the answer may get lost.
   */
  AzureUpload begin() throws IOException, InterruptedException {
    stage(0, new byte[1], 1);
    return this;
  }

  @Override
  public void part(int number, byte[] bytes, int count, boolean last) throws Exception {
    stage(number, bytes, count);
  }

  private void stage(int part, byte[] bytes, int count) throws IOException, InterruptedException {
    AzureRequest request =
        client
            .request("PUT", write.key())
            .query("comp", "block")
            .query("blockid", id(part))
            .header("content-type", "application/octet-stream")
            .body(bytes, count);
    try {
      client.send(request);
    } catch (AzureFailure e) {
      throw e.code().equals(AzureClient.NO_RIGHT) ? needsMore(e) : e;
    }
  }

  /** The right to create blobs covers those of one request only. */
  private AzureFailure needsMore(AzureFailure e) {
    return e.as(
        Problem.Kind.DENIED,
        e.code()
            + ": files of more than "
            + client.limits().partBytes()
            + " bytes need the right to write, not only to create; or a larger "
            + AzureSettings.BLOCK_SIZE);
  }

  @Override
  public void complete(int parts, long size) throws Exception {
    StringBuilder list = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
    for (int part = 1; part <= parts; part++) {
      // Latest: when the answer to this request was lost, blocks are found as committed.
      list.append("<Latest>").append(id(part)).append("</Latest>");
    }
    byte[] body = list.append("</BlockList>").toString().getBytes(StandardCharsets.US_ASCII);
    AzureRequest request =
        client
            .request("PUT", write.key())
            .query("comp", "blocklist")
            .header("content-type", "application/xml")
            .header("x-ms-blob-content-type", "application/octet-stream")
            .body(body, body.length);
    try {
      client.commit(request, write);
    } catch (AzureFailure e) {
      throw e.code().equals("InvalidBlockList") ? blocksAreGone(e) : e;
    }
  }

  /**
   * Blocks go when a blob of that name is written: by another, or by a request with lost answer.
   */
  private AzureFailure blocksAreGone(AzureFailure e) throws Exception {
    Optional<ObjectInfo> there = client.info(write.key());
    return there.isPresent() && (write.exclusive() || there.get().token().equals(write.token()))
        ? e.as(Problem.Kind.EXISTS, e.problem().text())
        : e.as(
            Problem.Kind.OTHER,
            e.code() + ": its blocks are gone, another program may have written it meanwhile");
  }

  @Override
  public void abort() throws IOException {
    // The service does it: see above.
  }
}
