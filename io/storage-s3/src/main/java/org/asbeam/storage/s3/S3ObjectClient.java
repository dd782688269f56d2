package org.asbeam.storage.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.remote.ObjectBody;
import org.asbeam.storage.remote.ObjectClient;
import org.asbeam.storage.remote.ObjectInfo;
import org.asbeam.storage.remote.ObjectLimits;
import org.asbeam.storage.remote.ObjectPage;
import org.asbeam.storage.remote.ObjectUpload;
import org.asbeam.storage.remote.ObjectWrite;
import org.asbeam.storage.remote.Problem;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** One bucket of S3. */
final class S3ObjectClient implements ObjectClient {
  /** Of one object, by S3's limits. */
  private static final int MOST_PARTS = 10_000;

  private final S3Connection connection;
  private final S3Settings settings;
  private final S3Writes writes;
  private final String bucket;

  /**
   * @param connection is closed with this
   */
  S3ObjectClient(S3Connection connection, S3Settings settings, String bucket) {
    this.connection = connection;
    this.settings = settings;
    this.writes = new S3Writes(bucket, settings);
    this.bucket = bucket;
  }

  private S3Client client() throws StoreException {
    return connection.client();
  }

  @Override
  public ObjectPage list(String prefix, String page) throws Exception {
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder()
            .bucket(bucket)
            .prefix(prefix)
            .delimiter("/")
            // XML can't spell every key; the SDK decodes what comes encoded.
            .encodingType(EncodingType.URL);
    if (!page.isEmpty()) {
      request.continuationToken(page);
    }
    ListObjectsV2Response response = client().listObjectsV2(request.build());
    List<ObjectPage.Entry> objects = new ArrayList<>();
    for (S3Object object : response.contents()) {
      String storageClass = object.storageClassAsString();
      objects.add(
          new ObjectPage.Entry(
              object.key(), object.size(), ArchiveState.mayBeArchived(storageClass)));
    }
    List<String> prefixes = response.commonPrefixes().stream().map(CommonPrefix::prefix).toList();
    return new ObjectPage(objects, prefixes, next(response, page));
  }

  private static String next(ListObjectsV2Response response, String page) throws IOException {
    if (response.isTruncated() == null && response.name() == null) {
      throw new IOException("the store's answer to a listing says nothing");
    }
    if (!Boolean.TRUE.equals(response.isTruncated())) {
      return "";
    }
    String next = response.nextContinuationToken();
    if (next == null || next.isEmpty() || next.equals(page)) {
      // Whoever goes on without it misses files, or never comes to an end.
      throw new IOException("the store cut a listing short and did not say how it goes on");
    }
    return next;
  }

  @Override
  public Optional<ObjectInfo> info(String key) throws Exception {
    try {
      HeadObjectResponse head = client().headObject(request -> request.bucket(bucket).key(key));
      return Optional.of(
          new ObjectInfo(
              head.contentLength(),
              head.eTag() == null ? "" : head.eTag(),
              head.metadata().getOrDefault(ObjectWrite.TOKEN, ""),
              ArchiveState.of(head).isArchived()));
    } catch (S3Exception e) {
      // An answer to HEAD has no body, so no code either: the bucket may be what is missing.
      if (e.statusCode() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public ObjectBody read(String key, long position, String version) throws Exception {
    GetObjectRequest.Builder request = GetObjectRequest.builder().bucket(bucket).key(key);
    if (position > 0) {
      request.range("bytes=" + position + "-");
    }
    if (!version.isEmpty()) {
      request.ifMatch(version);
    }
    ResponseInputStream<GetObjectResponse> body = client().getObject(request.build());
    try {
      GetObjectResponse response = body.response();
      long rest = response.contentLength();
      checkRange(response.contentRange(), position);
      return new ObjectBody(
          new BodyStream(body, rest),
          position + rest,
          response.eTag() == null ? "" : response.eTag());
    } catch (IOException | RuntimeException e) {
      body.abort();
      throw e;
    }
  }

  /** A store that overlooks the range would give the bytes of another place. */
  private static void checkRange(String range, long position) throws IOException {
    if (position > 0 && (range == null || !range.startsWith("bytes " + position + "-"))) {
      throw new IOException("the store did not begin with byte " + position + " as it was asked");
    }
  }

  @Override
  public void put(ObjectWrite write, byte[] bytes, int count) throws Exception {
    var response = client().putObject(writes.put(write, bytes, count), S3Writes.body(bytes, count));
    S3Writes.checkTag(response.eTag());
  }

  @Override
  public ObjectUpload upload(ObjectWrite write) throws Exception {
    String id = client().createMultipartUpload(writes.create(write)).uploadId();
    return new S3Upload(connection, writes, write, id);
  }

  @Override
  public void delete(String key) throws Exception {
    client().deleteObject(request -> request.bucket(bucket).key(key));
  }

  @Override
  public Problem explain(Throwable error) {
    return S3Errors.explain(error);
  }

  @Override
  public ObjectLimits limits() {
    return new ObjectLimits(
        settings.partBytes(),
        settings.partsAtOnce(),
        MOST_PARTS,
        settings.requests(),
        settings.reading());
  }

  @Override
  public Optional<ObjectArchive> archive() {
    return Optional.of(new S3Archive(connection, settings, bucket));
  }

  @Override
  public void close() {
    connection.close();
  }
}
