package org.asbeam.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.remote.Problem;
import org.asbeam.storage.testing.S3ProxyServer;
import org.asbeam.storage.testing.StoreKind;
import org.asbeam.storage.testing.StoreServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Where credentials and regions come from when they are not set. */
class S3CredentialsTest {
  private static S3ProxyServer server;

  @TempDir private Path folder;
  private final Map<String, String> before = new HashMap<>();
  private Bucket bucket;

  @BeforeAll
  static void startServer() {
    StoreServers.require(StoreKind.S3);
    server = S3ProxyServer.shared();
  }

  @BeforeEach
  void forgetTheSurroundings() throws Exception {
    assumeThat(System.getenv()).doesNotContainKeys("AWS_ACCESS_KEY_ID", "AWS_REGION");
    set("aws.disableEc2Metadata", "true");
    set("aws.configFile", Files.createFile(folder.resolve("config")).toString());
    set(
        "aws.sharedCredentialsFile",
        Files.writeString(
                folder.resolve("credentials"),
                "[backup]\naws_access_key_id = "
                    + server.settings().get(S3Settings.KEY_ID)
                    + "\naws_secret_access_key = "
                    + server.settings().get(S3Settings.SECRET_KEY)
                    + "\n[sso]\nsso_start_url = https://sso.invalid\nsso_region = eu-west-3\n"
                    + "sso_account_id = 1\nsso_role_name = r\n")
            .toString());
    bucket = Bucket.of(server.newFolder(), Map.of("s3-endpoint-override", server.endpoint()));
  }

  @AfterEach
  void restoreTheSurroundings() {
    before.forEach(
        (name, value) -> {
          if (value == null) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
  }

  private void set(String name, String value) {
    before.putIfAbsent(name, System.getProperty(name));
    System.setProperty(name, value);
  }

  @Test
  void theyAreTakenFromTheSurroundings() throws Exception {
    set("aws.accessKeyId", server.settings().get(S3Settings.KEY_ID));
    set("aws.secretAccessKey", server.settings().get(S3Settings.SECRET_KEY));
    try (Store store = bucket.open()) {
      assertThat(store.list("")).isEmpty();
    }
  }

  @Test
  void theyAreTakenFromAProfile() throws Exception {
    set("aws.accessKeyId", "other");
    set("aws.secretAccessKey", "other");
    try (Store store = bucket.with("s3-profile", "backup").open()) {
      assertThat(store.list("")).isEmpty();
    }
  }

  @Test
  void aSecretIsTakenFromWhereItsReferenceSays() throws Exception {
    Path secret = folder.resolve("secret");
    try (Store store =
        bucket
            .with(S3Settings.KEY_ID, server.settings().get(S3Settings.KEY_ID))
            .with(S3Settings.SECRET_KEY, "file:" + secret)
            .open()) {
      assertThat(Bucket.failure(StoreException.Kind.DENIED, () -> store.list("")))
          .hasMessageContaining("--s3-secret-access-key: file:" + secret);
      Files.writeString(secret, server.settings().get(S3Settings.SECRET_KEY) + "\n");
      assertThat(store.list("")).isEmpty();
    }
  }

  @Test
  void whereThereAreNoneItIsSaid() throws Exception {
    try (Store store = bucket.open()) {
      assertThat(Bucket.failure(StoreException.Kind.DENIED, () -> store.list("")))
          .hasMessageContaining("no credentials were found: set s3-access-key-id");
    }
    try (Store store = bucket.with("s3-profile", "absent").open()) {
      assertThat(Bucket.failure(StoreException.Kind.DENIED, () -> store.list("")))
          .hasMessageContaining("absent");
    }
  }

  @Test
  void aProfileOfSsoWithoutALoginSaysSo() throws Exception {
    try (Store store = bucket.with("s3-profile", "sso").open()) {
      assertThat(Bucket.failure(StoreException.Kind.DENIED, () -> store.list("")))
          .hasMessageContaining("run 'aws sso login' first");
    }
  }

  @Test
  void aTokenOfKubernetesIsTakenToTheTokenService() throws Exception {
    set("aws.region", "xx-nowhere-1");
    set("aws.roleArn", "arn:aws:iam::123456789012:role/backup");
    set("aws.webIdentityTokenFile", Files.writeString(folder.resolve("token"), "t").toString());
    try (S3Connection connection = bucket.connection()) {
      Problem problem = S3Errors.explain(catchThrowable(() -> connection.client().listBuckets()));
      assertThat(problem.kind()).as(problem.text()).isEqualTo(Problem.Kind.UNREACHABLE);
      assertThat(problem.text())
          .startsWith("credentials were asked for: there is no host sts.xx-nowhere-1.");
    }
  }

  @Test
  void aRegionThatIsNotFoundIsAskedFor() throws Exception {
    Bucket amazons = Bucket.of("s3://asbeam-nowhere/x", Map.of());
    try (Store store = amazons.open()) {
      assertThat(Bucket.failure(StoreException.Kind.OTHER, () -> store.list("")))
          .hasMessage(
              "s3://asbeam-nowhere/x: could not be listed: no region was found: set s3-region");
    }
  }

  @Test
  void credentialsThatWereThereOnceMayComeBack() {
    AtomicBoolean there = new AtomicBoolean();
    try (S3Credentials credentials =
        new S3Credentials(
            () -> {
              if (there.get()) {
                return AwsBasicCredentials.create("id", "secret");
              }
              throw SdkClientException.create("the service is busy");
            })) {
      assertThat(S3Errors.explain(failure(credentials)).kind()).isEqualTo(Problem.Kind.DENIED);
      there.set(true);
      assertThat(credentials.resolveCredentials().accessKeyId()).isEqualTo("id");
      there.set(false);
      assertThat(S3Errors.explain(failure(credentials)))
          .isEqualTo(
              new Problem(
                  Problem.Kind.TRANSIENT, "no credentials were found: the service is busy"));
    }
  }

  private static Throwable failure(S3Credentials credentials) {
    return catchThrowable(credentials::resolveCredentials);
  }
}
