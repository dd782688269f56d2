package org.asbeam.aerospike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.asbeam.embedded.EmbeddedCluster;
import org.asbeam.embedded.Fault;
import org.asbeam.embedded.InjectedFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InfoPatienceTest {
  private EmbeddedCluster cluster;

  @BeforeEach
  void start() {
    cluster = EmbeddedCluster.builder().namespace("test").start();
  }

  @AfterEach
  void stop() {
    ClusterClients.closeIdle();
    cluster.close();
  }

  private ClusterClient client(InfoPatience patience) throws Exception {
    return ClusterClients.acquire(ConnectionSpec.of(cluster.seeds()).withInfo(patience));
  }

  @Test
  void asksAgainAsOftenAsSaid() throws Exception {
    try (ClusterClient client =
        client(new InfoPatience(1_000, Duration.ofMillis(1), 1, 1_000_000))) {
      InjectedFault fault = cluster.inject(Fault.on(Fault.Target.INFO).always().dropConnection());
      CompletableFuture<Long> answer =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return RecordCount.read(client, "test", List.of()).records();
                } catch (ClusterException e) {
                  throw new AssertionError(e);
                }
              });
      while (fault.hits() < 10) {
        Thread.onSpinWait();
      }
      fault.close();
      assertThat(answer.join()).isZero();
    }
  }

  @Test
  void withoutRetriesTheFirstSilenceCounts() throws Exception {
    try (ClusterClient client = client(new InfoPatience(1_000, Duration.ofDays(1), 1, 0))) {
      cluster.inject(Fault.on(Fault.Target.INFO).always().dropConnection());
      ClusterException e =
          catchThrowableOfType(
              ClusterException.class, () -> RecordCount.read(client, "test", List.of()));
      assertThat(e.kind()).isEqualTo(ClusterException.Kind.TRANSIENT);
    }
  }

  @Test
  void aNodeThatNeverAnswersIsWaitedForNoLongerThanSaid() throws Exception {
    try (ClusterClient client = client(new InfoPatience(50, Duration.ofMillis(1), 1, 2))) {
      cluster.inject(Fault.on(Fault.Target.INFO).always().freeze());
      assertThatThrownBy(() -> RecordCount.read(client, "test", List.of()))
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining("does not answer");
    }
  }

  @Test
  void pausesGrow() {
    InfoPatience patience = new InfoPatience(1, Duration.ofSeconds(2), 3, 5);
    assertThat(patience.pauseNanos(1)).isEqualTo(2_000_000_000L);
    assertThat(patience.pauseNanos(3)).isEqualTo(18_000_000_000L);
  }
}
