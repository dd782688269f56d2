package org.asbeam.dataflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.asbeam.storage.testing.FakeGcsServer;
import org.asbeam.storage.testing.StoreKind;
import org.asbeam.storage.testing.StoreServers;

/**
 * What a launcher needs of Google's cloud, on the loopback address: a bucket for its files. The
 * service itself is not there: with a location for a template the runner writes the job into the
 * bucket instead of submitting it, as it does for the launcher of a Flex Template.
 */
final class FakeCloud {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String endpoint;
  private final String folder;
  private final Path jar;

  private FakeCloud(String endpoint, String folder, Path jar) {
    this.endpoint = endpoint;
    this.folder = folder;
    this.jar = jar;
  }

  /**
   * A new bucket.
   *
   * @param temp a folder for the file that is staged in place of a jar
   */
  static FakeCloud start(Path temp) throws IOException {
    StoreServers.require(StoreKind.GCS);
    FakeGcsServer server = FakeGcsServer.shared();
    Path jar = Files.writeString(temp.resolve("staged.jar"), "in place of a jar");
    return new FakeCloud(server.endpoint(), server.newFolder(), jar);
  }

  /** A folder in the bucket. */
  String folder(String name) {
    return folder + "/" + name;
  }

  /** The arguments that a Flex Template's launcher is given, and those of a job. */
  String[] arguments(String... job) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--runner=DataflowRunner",
                "--project=some-project",
                "--region=europe-west1",
                "--tempLocation=" + folder("temp"),
                "--stagingLocation=" + folder("staging"),
                "--templateLocation=" + folder("graph.json"),
                "--filesToStage=" + jar,
                "--gcsEndpoint=" + endpoint + "/storage/v1/",
                "--gcpEndpointOverride=" + endpoint,
                "--credentialFactoryClass="
                    + "org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory"));
    all.addAll(List.of(job));
    return all.toArray(String[]::new);
  }

  /** The job that the last launch wrote. */
  Graph graph() throws IOException {
    return new Graph(get(folder.substring(folder.indexOf('/', 5) + 1) + "/graph.json"));
  }

  /** Writes a file into the bucket's folder. */
  void put(String name, byte[] content) throws IOException {
    String object = (folder.substring(folder.indexOf('/', 5) + 1) + "/" + name).replace("/", "%2F");
    send(
        HttpRequest.newBuilder(
                URI.create(
                    endpoint
                        + "/upload/storage/v1/b/"
                        + bucket()
                        + "/o?uploadType=media&name="
                        + object))
            .POST(HttpRequest.BodyPublishers.ofByteArray(content)));
  }

  /** All bytes that lie in the bucket, names included, a byte a character. */
  String everything() throws IOException {
    StringBuilder all = new StringBuilder();
    JsonNode listing = JSON.readTree(send(HttpRequest.newBuilder(URI.create(objects())).GET()));
    for (JsonNode object : listing.get("items")) {
      String name = object.get("name").asText();
      all.append(name).append('\n').append(get(name)).append('\n');
    }
    return all.toString();
  }

  private String bucket() {
    return folder.substring(5, folder.indexOf('/', 5));
  }

  private String objects() {
    return endpoint + "/storage/v1/b/" + bucket() + "/o";
  }

  private String get(String object) throws IOException {
    return new String(
        send(
            HttpRequest.newBuilder(
                    URI.create(objects() + "/" + object.replace("/", "%2F") + "?alt=media"))
                .GET()),
        StandardCharsets.ISO_8859_1);
  }

  private static byte[] send(HttpRequest.Builder request) throws IOException {
    try {
      HttpResponse<byte[]> response =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new IOException(
            response + ": " + new String(response.body(), StandardCharsets.UTF_8));
      }
      return response.body();
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
