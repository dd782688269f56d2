package org.asbeam.storage.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpDelete;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.asbeam.storage.remote.ObjectBody;
import org.asbeam.storage.remote.ObjectClient;
import org.asbeam.storage.remote.ObjectInfo;
import org.asbeam.storage.remote.ObjectLimits;
import org.asbeam.storage.remote.ObjectPage;
import org.asbeam.storage.remote.ObjectUpload;
import org.asbeam.storage.remote.ObjectWrite;
import org.asbeam.storage.remote.Problem;

/**
 * A bucket of Google Cloud Storage. Versions are generations, and an exclusive write is one that
 * holds only for generation 0: there is no object.
 */
final class GcsClient implements ObjectClient {
  /** Google's limit: 5 TiB. */
  private static final long LARGEST_OBJECT = 5L << 40;

  /** Google's most. */
  private static final String PAGE = "1000";

  private final GcsSettings settings;
  private final GcsHttp http;
  private final GcsUrls urls;

  GcsClient(String bucket, GcsSettings settings, GcsHttp http) {
    this.settings = settings;
    this.http = http;
    this.urls = new GcsUrls(settings.endpoint(), bucket);
  }

  @Override
  public ObjectPage list(String prefix, String page) throws IOException {
    List<String> query =
        new ArrayList<>(
            List.of(
                "delimiter", "/",
                "maxResults", PAGE,
                "fields", "nextPageToken,prefixes,items(name,size)"));
    if (!prefix.isEmpty()) {
      query.addAll(List.of("prefix", prefix));
    }
    if (!page.isEmpty()) {
      query.addAll(List.of("pageToken", page));
    }
    HttpGet request = new HttpGet(urls.objects(query.toArray(new String[0])));
    JsonNode answer = http.json(request, Problem.Kind.NO_BUCKET);
    List<ObjectPage.Entry> objects = new ArrayList<>();
    for (JsonNode item : answer.path("items")) {
      objects.add(
          new ObjectPage.Entry(item.path("name").asText(), item.path("size").asLong(), false));
    }
    List<String> prefixes = new ArrayList<>();
    for (JsonNode inside : answer.path("prefixes")) {
      prefixes.add(inside.asText());
    }
    return new ObjectPage(objects, prefixes, answer.path("nextPageToken").asText(""));
  }

  @Override
  public Optional<ObjectInfo> info(String key) throws IOException {
    return resource(key)
        .map(
            object ->
                new ObjectInfo(
                    object.path("size").asLong(),
                    object.path("generation").asText(),
                    GcsJson.token(object),
                    false));
  }

  /** What the store says about an object; empty if there is none. */
  Optional<JsonNode> resource(String key) throws IOException {
    HttpGet request = new HttpGet(urls.object(key, "fields", "size,generation,crc32c,metadata"));
    try {
      return Optional.of(http.json(request, Problem.Kind.NOT_FOUND));
    } catch (GcsRefusal e) {
      if (GcsErrors.explain(e).kind() == Problem.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public ObjectBody read(String key, long position, String version) throws IOException {
    HttpGet request =
        new HttpGet(
            version.isEmpty()
                ? urls.object(key, "alt", "media")
                : urls.object(key, "alt", "media", "generation", version));
    // Or the store unpacks what was put there with a content encoding, and its size is another.
    request.setHeader("Accept-Encoding", "identity");
    if (position > 0) {
      request.setHeader("Range", "bytes=" + position + "-");
    }
    // Of a certain generation: it went by, or the object is gone.
    Problem.Kind missing = version.isEmpty() ? Problem.Kind.NOT_FOUND : Problem.Kind.EXISTS;
    CloseableHttpResponse response = http.open(request, missing);
    boolean opened = false;
    try {
      refuseEncoded(response);
      long size = size(response, position);
      GcsBody body = new GcsBody(request, response, size - position);
      opened = true;
      return new ObjectBody(body, size, header(response, "X-Goog-Generation"));
    } finally {
      if (!opened) {
        request.abort();
        response.close();
      }
    }
  }

  private static void refuseEncoded(HttpResponse response) throws GcsProblem {
    String stored = header(response, "X-Goog-Stored-Content-Encoding");
    String sent = header(response, "Content-Encoding");
    for (String encoding : List.of(stored, sent)) {
      if (!encoding.isEmpty() && !encoding.equals("identity")) {
        throw new GcsProblem(
            Problem.Kind.OTHER,
            "it is stored with the content encoding "
                + GcsErrors.line(encoding)
                + ", which no backup file has: copy it there without");
      }
    }
  }

  /** The bytes of the whole object, of which the answer has those from a position on. */
  private static long size(HttpResponse response, long position) throws GcsProblem {
    HttpEntity entity = response.getEntity();
    long length = entity == null ? -1 : entity.getContentLength();
    boolean part = response.getStatusLine().getStatusCode() == 206;
    boolean asked =
        position == 0
            ? !part
            : part && header(response, "Content-Range").startsWith("bytes " + position + "-");
    if (length < 0 || !asked) {
      throw new GcsProblem(
          Problem.Kind.OTHER, "the answer has not the bytes from " + position + " to the end");
    }
    return position + length;
  }

  private static String header(HttpResponse response, String name) {
    Header header = response.getFirstHeader(name);
    return header == null ? "" : header.getValue();
  }

  @Override
  public void put(ObjectWrite write, byte[] bytes, int count) throws IOException {
    String crc32c = null;
    if (settings.checksum()) {
      CRC32C sum = new CRC32C();
      sum.update(bytes, 0, count);
      crc32c = GcsJson.crc32c(sum);
    }
    HttpPost request = new HttpPost(urls.uploads(query(write, "multipart")));
    request.setEntity(new GcsMultipart(GcsJson.describe(write, crc32c), bytes, count));
    http.json(request, Problem.Kind.NO_BUCKET);
  }

  @Override
  public ObjectUpload upload(ObjectWrite write) throws IOException {
    HttpPost request = new HttpPost(urls.uploads(query(write, "resumable")));
    request.setEntity(
        new ByteArrayEntity(GcsJson.describe(write, null), ContentType.APPLICATION_JSON));
    GcsAnswer answer = GcsHttp.checked(http.send(request), Problem.Kind.NO_BUCKET);
    String session =
        answer
            .header("location")
            .orElseThrow(
                () -> new GcsProblem(Problem.Kind.OTHER, "the answer names no upload session"));
    return new GcsUpload(this, http, settings, write, urls.session(session));
  }

  private static String[] query(ObjectWrite write, String type) {
    return write.exclusive()
        ? new String[] {"uploadType", type, "ifGenerationMatch", "0"}
        : new String[] {"uploadType", type};
  }

  @Override
  public void delete(String key) throws IOException {
    GcsHttp.checked(http.send(new HttpDelete(urls.object(key))), Problem.Kind.NOT_FOUND);
  }

  /** Deletes one generation of an object and no other, for good; quietly if it is gone. */
  void delete(String key, String generation) throws IOException {
    HttpDelete request = new HttpDelete(urls.object(key, "generation", generation));
    GcsAnswer answer = http.send(request);
    if (answer.status() != 404) {
      GcsHttp.checked(answer, Problem.Kind.NOT_FOUND);
    }
  }

  @Override
  public Problem explain(Throwable error) {
    return GcsErrors.explain(error);
  }

  @Override
  public ObjectLimits limits() {
    // A session takes its chunks one after the other.
    return new ObjectLimits(
        settings.chunkBytes(),
        1,
        (int) (LARGEST_OBJECT / settings.chunkBytes()),
        settings.patience(),
        settings.readPatience());
  }

  @Override
  public void close() {
    http.close();
  }
}
