package org.asbeam.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.util.construction.PipelineTranslation;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.aerospike.ScanSpec;
import org.asbeam.aerospike.TlsSpec;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreSettings;
import org.asbeam.storage.secrets.SecretAgentSpec;
import org.junit.jupiter.api.Test;

/** A password that is given itself is in nothing that leaves the process with a pipeline. */
class SecretsStayTest {
  private static final String PASSWORD = "open-sesame";
  private static final String KEY_PASSWORD = "open-barley";
  private static final String STORE_KEY = "open-lentils";

  private final TestPipeline pipeline = Records.pipeline();

  private static ConnectionSpec connection() {
    return ConnectionSpec.of("127.0.0.1:1")
        .withUser("scheherazade", PASSWORD)
        .withTls(TlsSpec.ON.withCertificate("/cert.pem", "/key.pem").withKeyPassword(KEY_PASSWORD));
  }

  private void build() {
    pipeline
        .apply(AerospikeIO.read().withConnection(connection()).withNamespace("n"))
        .apply(AerospikeIO.write().withConnection(connection()).withNamespace("n"));
    StoreAccess stores =
        StoreAccess.of(
            StoreSettings.NONE
                .with("s3-region", "isfahan")
                .withSecret("s3-secret-access-key", STORE_KEY));
    pipeline
        .apply(Create.of(ScanSpec.of("n")))
        .apply(AerospikeIO.readAll().withConnection(connection()))
        .apply(AsbIO.write().withNamespace("n").to(AsbFileSpec.of("f").withStoreAccess(stores)));
    pipeline.apply("Folders", Create.of("f")).apply(AsbIO.readAll().withStoreAccess(stores));
    Schema schema = Schema.builder().addNullableInt64Field("id").build();
    pipeline
        .apply(
            AerospikeRowIO.read()
                .withConnection(connection())
                .withNamespace("n")
                .withSchema(schema))
        .apply(
            AerospikeRowIO.write()
                .withConnection(connection())
                .withNamespace("n")
                .withFields(RowFields.ofKey("id")));
  }

  private List<PTransform<?, ?>> transforms() {
    List<PTransform<?, ?>> transforms = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            if (!node.isRootNode()) {
              transforms.add(node.getTransform());
            }
            return CompositeBehavior.ENTER_TRANSFORM;
          }

          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            transforms.add(node.getTransform());
          }
        });
    return transforms;
  }

  /** What serialises the graph for real also compresses it, so that nothing would be found. */
  private static String serialised(Object transform) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(transform);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  @Test
  void noStepCarriesOne() throws IOException {
    build();
    int withUser = 0;
    int withRegion = 0;
    for (PTransform<?, ?> transform : transforms()) {
      String text = serialised(transform) + transform;
      assertThat(text).doesNotContain(PASSWORD, KEY_PASSWORD, STORE_KEY);
      withRegion += text.contains("isfahan") ? 1 : 0;
      withUser += text.contains("scheherazade") ? 1 : 0;
    }
    // Each connector and the step in it that works: they are looked into.
    assertThat(withUser).isGreaterThanOrEqualTo(10);
    assertThat(withRegion).isGreaterThanOrEqualTo(4);
  }

  @Test
  void noneIsShownOrTranslated() {
    build();
    StringBuilder shown = new StringBuilder();
    for (PTransform<?, ?> transform : transforms()) {
      shown.append(DisplayData.from(transform).asMap());
    }
    shown.append(PipelineTranslation.toProto(pipeline));
    assertThat(shown).contains("127.0.0.1:1").doesNotContain(PASSWORD).doesNotContain(KEY_PASSWORD);
  }

  @Test
  void referencesTravelAsTheyAre() {
    ConnectionSpec reference =
        ConnectionSpec.of("127.0.0.1:1").withUser("scheherazade", "env:PASSWORD");

    assertThat(ClusterAccess.NONE.withConnection(reference).connection()).isEqualTo(reference);
    ConnectionSpec travels = ClusterAccess.NONE.withConnection(connection()).connection();
    assertThat(travels.password()).startsWith("process:");
    assertThat(travels.tls().keyPassword()).startsWith("process:");
  }

  @Test
  void aSecretAgentIsAskedByTheWorkers() {
    SecretAgentSpec agent = SecretAgentSpec.tcp("127.0.0.1", 2);
    ClusterAccess access =
        new ClusterAccess(
            ConnectionSpec.of("127.0.0.1:1").withUser("scheherazade", "secrets:db:password"),
            agent);

    assertThatThrownBy(access::acquire).hasMessageContaining("127.0.0.1:2");
    assertThat(AerospikeIO.read().withSecretAgent(agent).cluster().agent()).isEqualTo(agent);
    assertThat(AerospikeIO.readAll().withSecretAgent(agent).cluster().agent()).isEqualTo(agent);
    assertThat(AerospikeIO.write().withSecretAgent(agent).cluster().agent()).isEqualTo(agent);
  }
}
