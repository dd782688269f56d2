package org.asbeam.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.asbeam.storage.Archive;
import org.asbeam.storage.Store;
import org.asbeam.storage.StoreException;
import org.asbeam.transforms.work.BackupOutput;
import org.asbeam.transforms.work.BackupSpec;
import org.asbeam.transforms.work.ErrorCode;
import org.asbeam.transforms.work.RestoreInput;
import org.asbeam.transforms.work.VerifySpec;
import org.asbeam.transforms.work.WorkException;
import org.junit.jupiter.api.Test;

/** Files that lie in an archive are asked for and waited for, if somebody said so. */
class ArchivedInputTest {
  private final MapStore store = new MapStore("bucket");

  /** Files that can't be read until some looks after they were asked for. */
  private final class Cold extends Delegate implements Archive {
    private final boolean mayRequest;
    private final Set<String> requested = new HashSet<>();
    private final CountDownLatch looked = new CountDownLatch(3);
    private int looksNeeded;

    Cold(Store behind, boolean mayRequest, int looksNeeded) {
      super(behind);
      this.mayRequest = mayRequest;
      this.looksNeeded = looksNeeded;
    }

    @Override
    public Optional<Archive> archive() {
      return Optional.of(this);
    }

    @Override
    public List<String> archived(String folder) {
      return looksNeeded == 0 || !folder.isEmpty()
          ? List.of()
          : store.names().stream().filter(name -> name.endsWith(".asb")).toList();
    }

    @Override
    public boolean mayRequest() {
      return mayRequest;
    }

    @Override
    public void request(String name) {
      requested.add(name);
    }

    @Override
    public boolean isReadable(String name) {
      looked.countDown();
      if (requested.contains(name) && looksNeeded > 0) {
        looksNeeded--;
      }
      return looksNeeded == 0;
    }

    @Override
    public String expectation() {
      return "it may take some looks";
    }

    @Override
    public Duration pollInterval() {
      return Duration.ofMillis(1);
    }

    @Override
    public InputStream read(String name, long position) throws StoreException {
      if (looksNeeded > 0) {
        throw new StoreException(StoreException.Kind.ARCHIVED, name, "lies in an archive", null);
      }
      return super.read(name, position);
    }
  }

  private Cold backedUp(boolean mayRequest, int looks) throws Exception {
    try (Fixture fixture = Fixture.start(1).fill(100);
        Asbeam asbeam = Asbeam.create().withStores(name -> store)) {
      asbeam
          .backup(
              BackupSpec.of(
                  fixture.connection(),
                  Fixture.SOURCE,
                  BackupOutput.folder(asbeam.folder("monday"))))
          .await();
    }
    return new Cold(store, mayRequest, looks);
  }

  private static VerifySpec spec(Asbeam asbeam) {
    return VerifySpec.of(RestoreInput.folder(asbeam.folder("monday")), 1);
  }

  @Test
  void withoutBeingToldSoNothingIsAskedFor() throws Exception {
    Cold cold = backedUp(false, 1);
    try (Asbeam asbeam = Asbeam.create().withStores(name -> cold)) {
      WorkException error =
          catchThrowableOfType(WorkException.class, () -> asbeam.verify(spec(asbeam)).await());
      assertThat(error.code()).isEqualTo(ErrorCode.ARCHIVED);
      assertThat(error).hasMessageContaining("lie in an archive");
      assertThat(error.hint()).isEqualTo("it may take some looks");
      assertThat(cold.requested).isEmpty();
    }
  }

  @Test
  void filesAreWaitedForAndTheWaitingIsTold() throws Exception {
    Cold cold = backedUp(true, 20);
    try (Asbeam asbeam = Asbeam.create().withStores(name -> cold)) {
      List<String> news = new ArrayList<>();
      VerifyReport report = asbeam.verify(spec(asbeam), news::add).await();
      assertThat(report.findings()).isEmpty();
      assertThat(cold.requested).isNotEmpty();
      assertThat(news.get(0)).contains("were asked for", "it may take some looks");
      assertThat(news.get(news.size() - 1)).contains("all files can be read");
    }
  }

  @Test
  void theWaitingCanBeStopped() throws Exception {
    Cold cold = backedUp(true, Integer.MAX_VALUE);
    try (Asbeam asbeam = Asbeam.create().withStores(name -> cold)) {
      Job<VerifyReport> job = asbeam.verify(spec(asbeam));
      assertThat(cold.looked.await(30, TimeUnit.SECONDS)).isTrue();
      job.stop();
      WorkException error = catchThrowableOfType(WorkException.class, job::await);
      assertThat(error.code()).isEqualTo(ErrorCode.STOPPED);
      assertThat(error).hasMessageContaining("out of the archive");
    }
  }
}
