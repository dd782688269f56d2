package org.asbeam.transforms.work;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** How far the slices of one process have come; for the progress line and the heartbeat. */
public final class Progress implements ProgressView {
  private static final Map<String, Progress> RUNS = new ConcurrentHashMap<>();

  private final LongAdder records = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder recordsDone = new LongAdder();
  private final LongAdder bytesDone = new LongAdder();
  private final Set<LongSupplier> lanes = ConcurrentHashMap.newKeySet();
  private final LongAdder files = new LongAdder();
  private final AtomicReference<RecordCounts> outcomes = new AtomicReference<>(RecordCounts.NONE);
  private final AtomicInteger slicesInWork = new AtomicInteger();
  private final AtomicInteger slicesDone = new AtomicInteger();

  private Progress() {}

  /** That of a run; the same for all who ask in this process, workers and launcher. */
  public static Progress of(String runId) {
    return RUNS.computeIfAbsent(runId, id -> new Progress());
  }

  /** Forgets a run that has ended. */
  public static void forget(String runId) {
    RUNS.remove(runId);
  }

  /** Counts records and stored bytes; take back what an attempt did in vain with negative ones. */
  void add(long moreRecords, long moreBytes) {
    records.add(moreRecords);
    bytes.add(moreBytes);
  }

  /** Counts a slice that an earlier attempt or run has done. */
  void skipped(long itsRecords, long itsBytes) {
    add(itsRecords, itsBytes);
    filed(itsRecords, itsBytes);
    slicesDone.incrementAndGet();
  }

  /** Says that so many of the records and bytes are in a slice's receipt from now on. */
  void filed(long itsRecords, long itsBytes) {
    recordsDone.add(itsRecords);
    bytesDone.add(itsBytes);
  }

  /** Records of the slices in work, which no receipt tells of. */
  long recordsInWork() {
    return Math.max(0, records.sum() - recordsDone.sum());
  }

  /** Stored bytes of the slices in work. */
  long bytesInWork() {
    return Math.max(0, bytes.sum() - bytesDone.sum());
  }

  void sliceStarted() {
    slicesInWork.incrementAndGet();
  }

  void sliceEnded(boolean done) {
    slicesInWork.decrementAndGet();
    if (done) {
      slicesDone.incrementAndGet();
    }
  }

  /** Counts files of a slice that is done. */
  public void files(int more) {
    files.add(more);
  }

  /** Asks, from now on, how many records of a lane have no answer yet. */
  void laneOpened(LongSupplier unanswered) {
    lanes.add(unanswered);
  }

  /** Asks that no more. */
  void laneClosed(LongSupplier unanswered) {
    lanes.remove(unanswered);
  }

  @Override
  public long recordsInFlight() {
    return lanes.stream().mapToLong(LongSupplier::getAsLong).sum();
  }

  /** Counts what became of the records of a slice that is done. */
  public void outcome(RecordCounts counts) {
    outcomes.accumulateAndGet(counts, RecordCounts::plus);
  }

  @Override
  public long files() {
    return files.sum();
  }

  @Override
  public RecordCounts outcomes() {
    return outcomes.get();
  }

  @Override
  public long records() {
    return records.sum();
  }

  @Override
  public long bytes() {
    return bytes.sum();
  }

  @Override
  public int slicesInWork() {
    return slicesInWork.get();
  }

  @Override
  public int slicesDone() {
    return slicesDone.get();
  }
}
