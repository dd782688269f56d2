package org.asbeam.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.NewRecord;
import org.asbeam.storage.LocalStore;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreAccess;
import org.asbeam.storage.StoreException;
import org.asbeam.storage.StoreProvider;
import org.asbeam.storage.StoreSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store must know reaches every place that opens it, where pipelines are built and run. */
final class StoreSettingsTest {
  private static final StoreAccess ACCESS =
      StoreAccess.of(StoreSettings.NONE.with("picky-key", "open sesame"));

  @TempDir Path folder;

  /** Opens local folders for who knows the word. */
  public static final class PickyProvider implements StoreProvider {
    @Override
    public boolean handles(String location) {
      return location.startsWith("picky:");
    }

    @Override
    public Store open(String location, StoreAccess access) throws StoreException {
      if (!access.secret("picky-key").equals(Optional.of("open sesame"))) {
        throw new StoreException(StoreException.Kind.DENIED, location, "says no", null);
      }
      return new LocalStore(Path.of(location.substring("picky:".length())));
    }
  }

  @Test
  void theyTravelWithReadingAndWriting() {
    String location = "picky:" + folder.resolve("files");
    List<AerospikeRecord> records;
    try (EmbeddedCluster cluster = EmbeddedCluster.builder().namespace("test").start()) {
      for (int i = 0; i < 300; i++) {
        cluster.namespace("test").put(NewRecord.of("set", (long) i).bin("bin", i));
      }
      records = Records.of(cluster.namespace("test"));
    }
    Pipeline writing = Pipeline.create();
    writing
        .apply(Create.of(records).withCoder(AerospikeRecordCoder.of()))
        .apply(
            AsbIO.write()
                .withNamespace("test")
                .to(AsbFileSpec.of(location).withStoreAccess(ACCESS)));
    writing.run().waitUntilFinish();

    Pipeline reading = Pipeline.create();
    PAssert.thatSingleton(
            reading
                .apply(AsbIO.read().from(location).withStoreAccess(ACCESS))
                .apply(Count.globally()))
        .isEqualTo(300L);
    PAssert.thatSingleton(
            reading
                .apply(Create.of(location))
                .apply(AsbIO.readAll().withStoreAccess(ACCESS))
                .apply("Count again", Count.globally()))
        .isEqualTo(300L);
    reading.run().waitUntilFinish();

    assertThatThrownBy(() -> Pipeline.create().apply(AsbIO.read().from(location)))
        .hasMessageContaining("says no");
  }

  @Test
  void theirTextShowsNoValue() {
    assertThat(ACCESS.toString()).contains("picky-key").doesNotContain("sesame");
  }
}
