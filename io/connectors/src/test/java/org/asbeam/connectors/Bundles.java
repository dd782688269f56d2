package org.asbeam.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.BadRecordRouter;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.OutputBuilder;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValues;
import org.joda.time.Instant;

/** Calls DoFns as runners do when things go wrong, which the direct runner never shows. */
final class Bundles {
  static final BoundedWindow GLOBAL = GlobalWindow.INSTANCE;

  private Bundles() {}

  /** Ends a bundle and gives what came out of it; there is one output. */
  static <I, O> List<O> finish(DoFn<I, O> fn, FinishOf<I, O> finish) throws Exception {
    return finish(
        fn,
        finish,
        (output, window) -> {
          throw new UnsupportedOperationException("there is one output");
        });
  }

  /**
   * Ends a bundle and gives what came out of it.
   *
   * @param others takes the elements of other outputs, and their windows
   */
  static <I, O> List<O> finish(
      DoFn<I, O> fn, FinishOf<I, O> finish, BiConsumer<Object, BoundedWindow> others)
      throws Exception {
    List<O> results = new ArrayList<>();
    finish.finish(
        fn.new FinishBundleContext() {
          @Override
          public PipelineOptions getPipelineOptions() {
            return PipelineOptionsFactory.create();
          }

          @Override
          public void output(O output, Instant timestamp, BoundedWindow window) {
            results.add(output);
          }

          @Override
          public <T> void output(
              TupleTag<T> tag, T output, Instant timestamp, BoundedWindow window) {
            others.accept(output, window);
          }
        });
    return results;
  }

  /** The method of a DoFn that ends a bundle. */
  interface FinishOf<I, O> {
    void finish(DoFn<I, O>.FinishBundleContext context) throws Exception;
  }

  /** For elements that nothing comes out of before their bundle's end. */
  static final DoFn.MultiOutputReceiver NO_OUTPUTS = badRecordsInto(List.of());

  /** Takes bad records, and nothing else. */
  static DoFn.MultiOutputReceiver badRecordsInto(List<BadRecord> bad) {
    return new OneOutput(BadRecordRouter.BAD_RECORD_TAG, bad);
  }

  /** Takes what comes out, whatever its tag. */
  static DoFn.MultiOutputReceiver intoOne(List<?> results) {
    return new OneOutput(null, results);
  }

  /**
   * @param only the tag whose elements are taken; null: all are
   */
  private record OneOutput(TupleTag<?> only, List<?> results) implements DoFn.MultiOutputReceiver {
    @Override
    @SuppressWarnings("unchecked") // A test knows the type of what comes out.
    public <T> DoFn.OutputReceiver<T> get(TupleTag<T> tag) {
      assertThat(tag).isIn(only == null ? tag : only);
      return collectInto((List<T>) results);
    }

    @Override
    public <T> DoFn.OutputReceiver<Row> getRowReceiver(TupleTag<T> tag) {
      throw new UnsupportedOperationException("no rows");
    }
  }

  static <T> DoFn.OutputReceiver<T> collectInto(List<T> results) {
    return new DoFn.OutputReceiver<>() {
      @Override
      public OutputBuilder<T> builder(T value) {
        return WindowedValues.<T>builder()
            .setValue(value)
            .setTimestamp(BoundedWindow.TIMESTAMP_MIN_VALUE)
            .setWindow(GLOBAL)
            .setPaneInfo(PaneInfo.NO_FIRING)
            .setReceiver(windowed -> results.add(windowed.getValue()));
      }
    };
  }
}
