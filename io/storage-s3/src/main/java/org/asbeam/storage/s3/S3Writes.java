package org.asbeam.storage.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.asbeam.storage.remote.ObjectWrite;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** The requests that write objects of a bucket. */
final class S3Writes {
  /** The SDK has no member for it. */
  private static final AwsRequestOverrideConfiguration IF_ABSENT =
      AwsRequestOverrideConfiguration.builder().putHeader("If-None-Match", "*").build();

  private final String bucket;
  private final S3Settings settings;

  S3Writes(String bucket, S3Settings settings) {
    this.bucket = bucket;
    this.settings = settings;
  }

  /** Reads from the array as it is sent, and again if the SDK has to sign the content. */
  static RequestBody body(byte[] bytes, int count) {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(bytes, 0, count), count, "application/octet-stream");
  }

  /** Whatever S3 has written has a tag; what answers without one is no S3, or broke off. */
  static void checkTag(String tag) throws IOException {
    if (tag == null || tag.isEmpty()) {
      throw new IOException("the store's answer to a write does not say that it was done");
    }
  }

  PutObjectRequest put(ObjectWrite write, byte[] bytes, int count) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(bucket)
            .key(write.key())
            .metadata(metadata(write))
            .storageClass(storageClass(write))
            .checksumCRC32C(checksum(bytes, count));
    if (write.exclusive()) {
      request.overrideConfiguration(IF_ABSENT);
    }
    return request.build();
  }

  CreateMultipartUploadRequest create(ObjectWrite write) {
    return CreateMultipartUploadRequest.builder()
        .bucket(bucket)
        .key(write.key())
        .metadata(metadata(write))
        .storageClass(storageClass(write))
        .checksumAlgorithm(settings.checksums() ? ChecksumAlgorithm.CRC32_C : null)
        .build();
  }

  UploadPartRequest part(ObjectWrite write, String id, int number, byte[] bytes, int count) {
    return UploadPartRequest.builder()
        .bucket(bucket)
        .key(write.key())
        .uploadId(id)
        .partNumber(number)
        .checksumCRC32C(checksum(bytes, count))
        .build();
  }

  CompleteMultipartUploadRequest complete(ObjectWrite write, String id, List<CompletedPart> parts) {
    CompleteMultipartUploadRequest.Builder request =
        CompleteMultipartUploadRequest.builder()
            .bucket(bucket)
            .key(write.key())
            .uploadId(id)
            .multipartUpload(upload -> upload.parts(parts));
    if (write.exclusive()) {
      request.overrideConfiguration(IF_ABSENT);
    }
    return request.build();
  }

  AbortMultipartUploadRequest abort(ObjectWrite write, String id) {
    return AbortMultipartUploadRequest.builder()
        .bucket(bucket)
        .key(write.key())
        .uploadId(id)
        .build();
  }

  private static Map<String, String> metadata(ObjectWrite write) {
    return Map.of(ObjectWrite.TOKEN, write.token());
  }

  /** Null: the bucket's default. */
  private String storageClass(ObjectWrite write) {
    return write.data() && !settings.storageClass().isEmpty() ? settings.storageClass() : null;
  }

  /** As the header spells it; null: none is sent. */
  private String checksum(byte[] bytes, int count) {
    if (!settings.checksums()) {
      return null;
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, count);
    byte[] value = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(value);
  }
}
