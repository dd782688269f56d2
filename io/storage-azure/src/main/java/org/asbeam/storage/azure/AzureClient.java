package org.asbeam.storage.azure;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.asbeam.storage.remote.ObjectBody;
import org.asbeam.storage.remote.ObjectClient;
import org.asbeam.storage.remote.ObjectInfo;
import org.asbeam.storage.remote.ObjectLimits;
import org.asbeam.storage.remote.ObjectPage;
import org.asbeam.storage.remote.ObjectUpload;
import org.asbeam.storage.remote.ObjectWrite;
import org.asbeam.storage.remote.Problem;

/** A container of a Blob service, reached by its REST interface. */
final class AzureClient implements ObjectClient {
  /** The service's limit for one blob. */
  private static final int MOST_BLOCKS = 50_000;

  /** A fifth of what the service gives at once: answers that come soon, and little memory. */
  private static final int ENTRIES_OF_A_PAGE = 1000;

  /** The credentials are right, but don't go so far. */
  static final String NO_RIGHT = "AuthorizationPermissionMismatch";

  /** So the service refuses to overwrite a blob where there is the right to create one only. */
  private static final Set<String> OVERWRITING = Set.of("UnauthorizedBlobOverwrite", NO_RIGHT);

  private static final String META_TOKEN = "x-ms-meta-" + ObjectWrite.TOKEN;
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes [0-9]+-[0-9]+/([0-9]+)");

  private final AzureHttp http;
  private final String container;
  private final AzureSettings settings;

  /**
   * @param http is closed with the client
   */
  AzureClient(AzureHttp http, String container, AzureSettings settings) {
    this.http = http;
    this.container = container;
    this.settings = settings;
  }

  /** A request about a blob. */
  AzureRequest request(String method, String key) {
    return new AzureRequest(method, container + "/" + key);
  }

  @Override
  public ObjectPage list(String prefix, String page) throws Exception {
    AzureRequest request =
        new AzureRequest("GET", container)
            .query("restype", "container")
            .query("comp", "list")
            .query("delimiter", "/")
            .query("maxresults", Integer.toString(ENTRIES_OF_A_PAGE));
    if (!prefix.isEmpty()) {
      request.query("prefix", prefix);
    }
    if (!page.isEmpty()) {
      request.query("marker", page);
    }
    try (InputStream body = http.send(request).body()) {
      return AzureListing.read(body);
    }
  }

  @Override
  public Optional<ObjectInfo> info(String key) throws Exception {
    try {
      HttpResponse<InputStream> answer = http.run(request("HEAD", key));
      return Optional.of(
          new ObjectInfo(
              length(answer), version(answer), header(answer, META_TOKEN), isArchived(answer)));
    } catch (AzureFailure e) {
      if (e.problem().kind() == Problem.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** While a blob is being taken out, it is of the archive tier still. */
  private static boolean isArchived(HttpResponse<InputStream> answer) {
    return header(answer, "x-ms-access-tier").equals(AzureTier.ARCHIVE) || isOnItsWay(answer);
  }

  private static boolean isOnItsWay(HttpResponse<InputStream> answer) {
    return header(answer, "x-ms-archive-status").startsWith("rehydrate-pending");
  }

  @Override
  public ObjectBody read(String key, long position, String version) throws Exception {
    AzureRequest request = request("GET", key);
    if (position > 0) {
      request.header("range", "bytes=" + position + "-");
    }
    if (!version.isEmpty()) {
      request.header("if-match", version);
    }
    HttpResponse<InputStream> answer = http.send(request);
    try {
      return new ObjectBody(answer.body(), sizeOfAll(answer, position), version(answer));
    } catch (IOException | RuntimeException e) {
      answer.body().close();
      throw e;
    }
  }

  private static long sizeOfAll(HttpResponse<InputStream> answer, long position)
      throws IOException {
    if (position == 0) {
      return length(answer);
    }
    Matcher range = CONTENT_RANGE.matcher(header(answer, "content-range"));
    if (answer.statusCode() != 206 || !range.matches()) {
      throw new AzureFailure(
          new Problem(Problem.Kind.OTHER, "the answer is not from byte " + position + " on"),
          "",
          null);
    }
    return Long.parseLong(range.group(1));
  }

  private static long length(HttpResponse<InputStream> answer) throws IOException {
    return answer
        .headers()
        .firstValueAsLong("content-length")
        .orElseThrow(() -> new IOException("the answer has no length"));
  }

  private static String version(HttpResponse<InputStream> answer) {
    return header(answer, "etag");
  }

  private static String header(HttpResponse<InputStream> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Override
  public void put(ObjectWrite write, byte[] bytes, int count) throws Exception {
    AzureRequest request =
        request("PUT", write.key())
            .header("x-ms-blob-type", "BlockBlob")
            .header("content-type", "application/octet-stream")
            .body(bytes, count);
    try {
      commit(request, write);
    } catch (AzureFailure e) {
      boolean mayExist =
          e.problem().kind() == Problem.Kind.EXISTS || OVERWRITING.contains(e.code());
      if (!write.exclusive() || !mayExist) {
        throw e;
      }
      if (info(write.key()).isPresent()) {
        throw e.as(Problem.Kind.EXISTS, e.problem().text());
      }
      if (e.problem().kind() != Problem.Kind.EXISTS) {
        throw e;
      }
      // Blocks of an upload that never ended are in the way, but not in that of other blocks.
      ObjectUpload upload = new AzureUpload(this, write);
      int parts = count == 0 ? 0 : 1;
      if (parts > 0) {
        upload.part(1, bytes, count, true);
      }
      upload.complete(parts, count);
    }
  }

  /** Sends what makes a blob, by one of the two requests that do. */
  void commit(AzureRequest request, ObjectWrite write) throws IOException, InterruptedException {
    request.header(META_TOKEN, write.token());
    if (write.exclusive()) {
      request.header("if-none-match", "*");
    }
    if (write.data()) {
      settings.tier().ifPresent(tier -> request.header("x-ms-access-tier", tier));
    }
    send(request);
  }

  /** Makes a request that has a body. */
  void send(AzureRequest request) throws IOException, InterruptedException {
    http.run(settings.checksums() ? request.withChecksum() : request);
  }

  @Override
  public ObjectUpload upload(ObjectWrite write) throws Exception {
    return new AzureUpload(this, write).begin();
  }

  @Override
  public void delete(String key) throws Exception {
    try {
      http.run(request("DELETE", key));
    } catch (AzureFailure e) {
      // Who may not delete may do without, if there is nothing.
      if (!e.code().equals(NO_RIGHT) || info(key).isPresent()) {
        throw e;
      }
    }
  }

  /** Asks for a blob to be taken out of the archive, unless it is out, or on its way. */
  void takeOut(String key, String tier) throws IOException, InterruptedException {
    HttpResponse<InputStream> there = http.run(request("HEAD", key));
    if (!isArchived(there) || isOnItsWay(there)) {
      return;
    }
    try {
      http.run(
          request("PUT", key)
              .query("comp", "tier")
              .header("x-ms-access-tier", tier)
              .header("x-ms-rehydrate-priority", "Standard"));
    } catch (AzureFailure e) {
      if (!e.code().equals("BlobBeingRehydrated")) {
        throw e;
      }
    }
  }

  @Override
  public Optional<ObjectArchive> archive() {
    return Optional.of(new AzureArchive(this, settings));
  }

  @Override
  public Problem explain(Throwable error) {
    return AzureErrors.explain(error, http.host());
  }

  @Override
  public ObjectLimits limits() {
    return new ObjectLimits(
        settings.partBytes(),
        settings.partsAtOnce(),
        MOST_BLOCKS,
        settings.patience(),
        settings.readPatience());
  }

  @Override
  public void close() {
    http.close();
  }
}
