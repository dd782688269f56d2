package org.asbeam.connectors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.io.OffsetBasedSource;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * A run of slice numbers of a plan.
 *
 * <p>It carries where the plan lies, never the slices themselves. {@link #split} cuts the run and
 * touches neither cluster nor folder, so it may be called anywhere and as often as a runner likes;
 * the slices are loaded by the reader, on the worker. On runners that hand out sources to whoever
 * is free a source has one slice; on those that split sources that are being read it may have
 * several and gives away those that it has not begun.
 *
 * @param <S> the kind of slice
 */
abstract class SliceSource<S> extends OffsetBasedSource<S> {
  private static final long serialVersionUID = 1L;

  /** Runners weigh sources by it; all slices weigh the same. */
  private static final long BYTES_PER_SLICE = 64L << 20;

  private final SlicePlan<S> plan;
  private final int slicesPerSource;

  /**
   * @param from the first slice
   * @param to behind the last slice
   * @param slicesPerSource how many slices a source of a split has at most, from 1
   */
  SliceSource(SlicePlan<S> plan, int slicesPerSource, long from, long to) {
    super(from, to, 1);
    if (slicesPerSource < 1) {
      throw new IllegalArgumentException("a source has at least one slice, not " + slicesPerSource);
    }
    this.plan = plan;
    this.slicesPerSource = slicesPerSource;
  }

  SlicePlan<S> plan() {
    return plan;
  }

  int slicesPerSource() {
    return slicesPerSource;
  }

  @Override
  public long getBytesPerOffset() {
    return BYTES_PER_SLICE;
  }

  @Override
  public long getMaxEndOffset(PipelineOptions options) {
    return plan.size();
  }

  @Override
  public List<? extends OffsetBasedSource<S>> split(
      long desiredBundleSizeBytes, PipelineOptions options) {
    long end = Math.min(getEndOffset(), plan.size());
    List<OffsetBasedSource<S>> sources = new ArrayList<>();
    for (long from = getStartOffset(); from < end; from += slicesPerSource) {
      sources.add(createSourceForSubrange(from, Math.min(end, from + slicesPerSource)));
    }
    return sources;
  }

  @Override
  public BoundedSource.BoundedReader<S> createReader(PipelineOptions options) {
    return new Reader<>(this);
  }

  private static final class Reader<S> extends OffsetBasedSource.OffsetBasedReader<S> {
    private List<S> slices;
    private int current = -1;

    private Reader(SliceSource<S> source) {
      super(source);
    }

    @Override
    protected boolean startImpl() throws IOException {
      slices = PlanCache.load(((SliceSource<S>) getCurrentSource()).plan());
      current = Math.toIntExact(getCurrentSource().getStartOffset());
      return current < slices.size();
    }

    @Override
    protected boolean advanceImpl() {
      current++;
      return current < slices.size();
    }

    @Override
    protected long getCurrentOffset() {
      return current;
    }

    @Override
    public S getCurrent() {
      if (current < 0 || current >= slices.size()) {
        throw new NoSuchElementException("not at a slice");
      }
      return slices.get(current);
    }

    /** Every slice is a split point: those that are not done, with the one in work. */
    @Override
    public long getSplitPointsRemaining() {
      SliceSource<S> source = (SliceSource<S>) getCurrentSource();
      long end = Math.min(source.getEndOffset(), source.plan().size());
      return isDone() ? 0 : end - source.getStartOffset() - getSplitPointsConsumed();
    }

    @Override
    public void close() {
      // Nothing is held open between slices.
    }
  }
}
