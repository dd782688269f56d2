package org.asbeam.transforms.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.asbeam.aerospike.ConnectionSpec;
import org.asbeam.aerospike.RowHandler;
import org.asbeam.format.PartitionSet;
import org.asbeam.format.SecondaryIndex;
import org.asbeam.format.UdfModule;
import org.asbeam.storage.Store;
import org.asbeam.storage.secrets.SecretAgentSpec;
import org.junit.jupiter.api.Test;

class LimitedBackendsTest {
  /** Two sources, as of two jobs, that have one limit: never more scans than it says. */
  @Test
  void scansOfAllSourcesShareTheLimit() throws Exception {
    ScanLimit limit = ScanLimit.of(2);
    Counting counting = new Counting();
    RecordSource one = counting.limitedBy(limit).openSource(null);
    RecordSource two = counting.limitedBy(limit).openSource(null);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Future<Long>> scans = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        RecordSource source = i % 2 == 0 ? one : two;
        scans.add(threads.submit(() -> source.scan(PartitionSet.all(), row -> {}, () -> false)));
      }
      for (Future<Long> scan : scans) {
        assertThat(scan.get()).isEqualTo(7);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(counting.most.get()).isEqualTo(2);
  }

  @Test
  void aScanThatFailsLetsTheNextOneIn() throws Exception {
    ScanLimit limit = ScanLimit.of(1);
    Counting counting = new Counting();
    counting.failure = new IOException("broken");
    RecordSource source = counting.limitedBy(limit).openSource(null);
    assertThatThrownBy(() -> source.scan(PartitionSet.all(), row -> {}, () -> false))
        .hasMessage("broken");
    assertThat(limit.inUse()).isZero();
  }

  /** Counts scans at once; the first two wait for each other. */
  private static final class Counting implements Backends {
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final CountDownLatch two = new CountDownLatch(2);
    private IOException failure;

    @Override
    public Store openStore(String directory) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RecordSink openSink(RestoreSpec spec, String runId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TargetView lookAtTarget(RestoreSpec spec) {
      throw new UnsupportedOperationException();
    }

    @Override
    public BackupSpec resolve(BackupSpec asked) {
      return asked;
    }

    @Override
    public ClusterView look(ConnectionSpec connection, SecretAgentSpec agent, String namespace) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RecordSource openSource(BackupSpec spec) {
      return new RecordSource() {
        @Override
        public long scan(PartitionSet partitions, RowHandler handler, BooleanSupplier stop)
            throws IOException {
          if (failure != null) {
            throw failure;
          }
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          two.countDown();
          try {
            two.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          now.decrementAndGet();
          return 7;
        }

        @Override
        public List<SecondaryIndex> secondaryIndexes() {
          return List.of();
        }

        @Override
        public List<UdfModule> udfModules() {
          return List.of();
        }

        @Override
        public Map<String, Object> describe() {
          throw new UnsupportedOperationException();
        }

        @Override
        public ClusterSnapshot awaitStable(BooleanSupplier stop) {
          throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
      };
    }
  }
}
