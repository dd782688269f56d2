package org.asbeam.storage.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.http.client.methods.HttpDelete;
import org.apache.http.client.methods.HttpPut;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.entity.ByteArrayEntity;
import org.asbeam.storage.remote.ObjectUpload;
import org.asbeam.storage.remote.ObjectWrite;
import org.asbeam.storage.remote.Problem;

/**
 * A resumable upload. Its session takes the bytes in order, and the object is there with the last
 * part. After a failure the session is asked how much arrived: what is there must not be sent as if
 * it weren't.
 */
final class GcsUpload implements ObjectUpload {
  /** That an upload was given up; no status of HTTP's own. */
  private static final int CANCELLED = 499;

  private static final int GO_ON = 308;

  private final GcsClient client;
  private final GcsHttp http;
  private final GcsSettings settings;
  private final ObjectWrite write;
  private final URI session;
  private final CRC32C sum = new CRC32C();

  private int tried;
  private boolean lastTried;
  private JsonNode finished;
  private GcsProblem lost;
  private HttpRequestBase current;

  GcsUpload(GcsClient client, GcsHttp http, GcsSettings settings, ObjectWrite write, URI session) {
    this.client = client;
    this.http = http;
    this.settings = settings;
    this.write = write;
    this.session = session;
  }

  @Override
  public void part(int number, byte[] bytes, int count, boolean last) throws IOException {
    Part part = new Part(bytes, (long) (number - 1) * settings.chunkBytes(), count, last);
    boolean again;
    boolean lastBefore;
    synchronized (this) {
      checkNotLost();
      stopCurrent();
      again = number == tried;
      lastBefore = lastTried;
      if (!again) {
        tried = number;
        sum.update(bytes, 0, count);
      }
      lastTried |= last;
    }
    try {
      long from = again ? arrived(part) : part.start;
      while (from < part.end || last && !isFinished()) {
        long then = advance(part, from);
        if (then == from && !isFinished()) {
          throw new GcsProblem(Problem.Kind.TRANSIENT, "the store took none of what was sent");
        }
        from = then;
      }
    } catch (GcsRefusal e) {
      settle(e, lastBefore);
    }
  }

  /**
   * A part of the object.
   *
   * @param start its first byte in the object
   */
  private record Part(byte[] bytes, long start, int count, boolean last, long end) {
    Part(byte[] bytes, long start, int count, boolean last) {
      this(bytes, start, count, last, start + count);
    }

    String total() {
      return last ? String.valueOf(end) : "*";
    }
  }

  /** Asks how much arrived; this also finishes an object of which all did. */
  private long arrived(Part part) throws IOException {
    return put(part, part.end, "bytes */" + part.total());
  }

  /** Sends a part from a byte on, and returns the byte to go on with. */
  private long advance(Part part, long from) throws IOException {
    return from == part.end
        ? arrived(part)
        : put(part, from, "bytes " + from + "-" + (part.end - 1) + "/" + part.total());
  }

  private long put(Part part, long from, String range) throws IOException {
    HttpPut request = new HttpPut(session);
    request.setHeader("Content-Range", range);
    if (part.last && settings.checksum()) {
      request.setHeader("X-Goog-Hash", "crc32c=" + crc32c());
    }
    int offset = (int) (from - part.start);
    request.setEntity(new ByteArrayEntity(part.bytes, offset, part.count - offset));
    GcsAnswer answer = send(request);
    if (answer.status() == GO_ON) {
      return checkedPosition(part, answer);
    }
    GcsHttp.checked(answer, Problem.Kind.OTHER);
    if (!part.last) {
      throw lose("the store ended the upload early", null);
    }
    finish(answer.json());
    return part.end;
  }

  private GcsAnswer send(HttpRequestBase request) throws IOException {
    synchronized (this) {
      current = request;
    }
    return http.send(request);
  }

  /** How much arrived, as the answer says: nothing if it says nothing. */
  private long checkedPosition(Part part, GcsAnswer answer) throws GcsProblem {
    String range = answer.header("range").orElse("");
    long next = 0;
    if (!range.isEmpty()) {
      try {
        next = Long.parseLong(range.substring(range.lastIndexOf('-') + 1)) + 1;
      } catch (NumberFormatException e) {
        throw new GcsProblem(
            Problem.Kind.OTHER, "the answer to an upload has the range " + GcsErrors.line(range));
      }
    }
    if (next < part.start || next > part.end) {
      throw lose(
          "the store has " + next + " bytes, where " + part.start + " had arrived before", null);
    }
    return next;
  }

  /** Finds out what became of an upload whose part was refused, and fails unless that is well. */
  private void settle(GcsRefusal refusal, boolean lastBefore) throws IOException {
    if (refusal.isDamage()) {
      throw lose("the bytes that arrived are not those that were sent", refusal);
    }
    boolean gone = refusal.status() == 404 || refusal.status() == 410;
    if (!gone) {
      throw refusal;
    }
    // A session that did its work, or found another's object, may be forgotten before the answer
    // arrives.
    Optional<JsonNode> there = lastBefore ? client.resource(write.key()) : Optional.empty();
    if (there.filter(this::isMine).isPresent()) {
      finish(there.get());
    } else if (there.isPresent() && write.exclusive()) {
      throw new GcsProblem(Problem.Kind.EXISTS, "there is another's object", refusal);
    } else {
      throw lose("its session is gone (" + refusal.getMessage().strip() + ")", refusal);
    }
  }

  private boolean isMine(JsonNode object) {
    return GcsJson.token(object).equals(write.token());
  }

  private synchronized GcsProblem lose(String why, Throwable cause) {
    lost =
        new GcsProblem(
            Problem.Kind.LOST, "the upload is lost, " + why + ": write the file again", cause);
    return lost;
  }

  private synchronized void checkNotLost() throws GcsProblem {
    if (lost != null) {
      throw lost;
    }
  }

  private synchronized void finish(JsonNode object) {
    finished = object;
  }

  private synchronized boolean isFinished() {
    return finished != null;
  }

  private synchronized String crc32c() {
    return GcsJson.crc32c(sum);
  }

  /** An attempt that overran its time must not go on beside the next one. */
  private synchronized void stopCurrent() {
    if (current != null) {
      current.abort();
    }
  }

  @Override
  public void complete(int parts, long size) throws IOException {
    JsonNode object;
    String sent;
    synchronized (this) {
      checkNotLost();
      object = finished;
      sent = crc32c();
    }
    if (object == null) {
      throw new GcsProblem(Problem.Kind.OTHER, "its last part was not sent");
    }
    String stored = object.path("crc32c").asText("");
    boolean same = !settings.checksum() || stored.isEmpty() || stored.equals(sent);
    if (object.path("size").asLong(-1) != size || !same) {
      client.delete(write.key(), object.path("generation").asText());
      throw lose(
          "the store has "
              + object.path("size").asText("no")
              + " bytes with CRC32C "
              + stored
              + ", sent were "
              + size
              + " with "
              + sent,
          null);
    }
  }

  /**
   * Ends the session. If the last part was on its way the object may be there nevertheless: one
   * that is exclusively this upload's is deleted.
   */
  @Override
  public void abort() throws IOException {
    boolean mayBeThere;
    synchronized (this) {
      stopCurrent();
      mayBeThere = lastTried && write.exclusive();
    }
    GcsAnswer answer = http.send(new HttpDelete(session));
    int status = answer.status();
    if (status != CANCELLED && status != 404 && status != 410) {
      GcsHttp.checked(answer, Problem.Kind.OTHER);
    }
    Optional<JsonNode> object =
        mayBeThere ? client.resource(write.key()).filter(this::isMine) : Optional.empty();
    if (object.isPresent()) {
      client.delete(write.key(), object.get().path("generation").asText());
    }
  }
}
