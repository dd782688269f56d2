package org.asbeam.storage.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.api.client.http.HttpResponseException;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.remote.Problem;
import org.asbeam.storage.secrets.Secrets;

/**
 * The credentials of one store, made at its first request. A token is fetched when there is none
 * that lasts, by the thread that needs it; that is tried once, with time-outs of 20 s (Google's
 * library).
 */
final class GcsAuth {
  /** Objects may be listed, read, written and deleted; no rights or buckets be changed. */
  private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";

  private final GcsSettings settings;
  private final StoreAccess access;
  private GoogleCredentials credentials;
  private volatile String goodHeader = "";

  GcsAuth(GcsSettings settings, StoreAccess access) {
    this.settings = settings;
    this.access = access;
  }

  /**
   * The headers that say who makes a request; none if nobody needs to say that.
   *
   * @throws GcsProblem if there are no credentials
   * @throws IOException if a token can't be had
   */
  Map<String, List<String>> headers(URI uri) throws IOException {
    if (settings.isAnonymous()) {
      return Map.of();
    }
    GoogleCredentials mine = credentials();
    try {
      return mine.getRequestMetadata(uri);
    } catch (IOException e) {
      throw new GcsTokenException(e);
    }
  }

  /**
   * Notes that a request was not refused for its token.
   *
   * @param header the one that the request had
   */
  void accepted(String header) {
    goodHeader = header;
  }

  /**
   * Gets another token in place of one that was refused (401), if it was good before: it may have
   * been revoked, or be of another time.
   *
   * @return false: it never was good, so another one won't be
   */
  synchronized boolean renewed(String header) throws IOException {
    AccessToken current = credentials == null ? null : credentials.getAccessToken();
    if (current == null) {
      return false;
    }
    if (!header.equals("Bearer " + current.getTokenValue())) {
      // Another thread was refused for the same token, and faster.
      return true;
    }
    if (!header.equals(goodHeader)) {
      return false;
    }
    goodHeader = "";
    try {
      credentials.refresh();
      return true;
    } catch (IOException e) {
      throw new GcsTokenException(e);
    }
  }

  private synchronized GoogleCredentials credentials() throws IOException {
    if (credentials == null) {
      credentials = make().createScoped(SCOPE).createWithCustomRetryStrategy(false);
    }
    return credentials;
  }

  private GoogleCredentials make() throws IOException {
    if (settings.key().isEmpty()) {
      return surroundings();
    }
    byte[] key = key(settings.key().get());
    try {
      return GoogleCredentials.fromStream(new ByteArrayInputStream(key));
    } catch (IOException | RuntimeException e) {
      throw new GcsProblem(
          Problem.Kind.DENIED,
          GcsSettings.KEY + " gives no key of a service account in Google's JSON",
          e);
    }
  }

  private byte[] key(String text) throws IOException {
    if (Secrets.mayTravel(text) || text.startsWith("b64:")) {
      return access.secret(GcsSettings.KEY).orElseThrow().getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Files.readAllBytes(Path.of(text));
    } catch (IOException | InvalidPathException e) {
      throw new GcsProblem(
          Problem.Kind.DENIED, "the file of " + GcsSettings.KEY + " can't be read: " + text, e);
    }
  }

  private static GoogleCredentials surroundings() throws GcsProblem {
    try {
      return GoogleCredentials.getApplicationDefault();
    } catch (IOException | RuntimeException e) {
      throw new GcsProblem(
          Problem.Kind.DENIED,
          "no credentials: set "
              + GcsSettings.KEY
              + " or GOOGLE_APPLICATION_CREDENTIALS, or run where a service account is attached",
          e);
    }
  }

  /** What a refusal of a token means. */
  static Problem refused(HttpResponseException refusal) {
    int status = refusal.getStatusCode();
    String text = GcsErrors.line("the token was refused: " + status + words(refusal.getContent()));
    if (status == 429) {
      return new Problem(Problem.Kind.THROTTLED, text);
    }
    return new Problem(
        status >= 500 || status == 408 ? Problem.Kind.TRANSIENT : Problem.Kind.DENIED, text);
  }

  /** The two fields that OAuth has for errors. */
  private static String words(String content) {
    JsonNode json = GcsJson.orMissing(content == null ? "" : content);
    String error = json.path("error").asText("");
    String description = json.path("error_description").asText("");
    return (error.isEmpty() ? "" : " " + error) + (description.isEmpty() ? "" : ": " + description);
  }
}
