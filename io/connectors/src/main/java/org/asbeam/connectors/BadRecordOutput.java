package org.asbeam.connectors;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.BadRecordRouter;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Where a step's bad records go.
 *
 * @param handler what takes them; null: they fail their bundle
 */
record BadRecordOutput(@Nullable ErrorHandler<BadRecord, ?> handler) implements Serializable {
  /** Bad records fail their bundle. */
  static final BadRecordOutput NONE = new BadRecordOutput(null);

  static BadRecordOutput to(ErrorHandler<BadRecord, ?> handler) {
    return new BadRecordOutput(requireNonNull(handler, "handler"));
  }

  boolean isHandled() {
    return handler != null;
  }

  /** What the step gives its bad records to. */
  BadRecordRouter router() {
    return isHandled() ? BadRecordRouter.RECORDING_ROUTER : BadRecordRouter.THROWING_ROUTER;
  }

  /**
   * Applies a step and hands its bad records over.
   *
   * @param main the tag of what the step makes of good ones
   * @return what it makes of them
   */
  <I, O> PCollection<O> apply(
      String name, PCollection<I> input, DoFn<I, O> step, TupleTag<O> main) {
    TupleTagList others =
        isHandled() ? TupleTagList.of(BadRecordRouter.BAD_RECORD_TAG) : TupleTagList.empty();
    PCollectionTuple made = input.apply(name, ParDo.of(step).withOutputTags(main, others));
    if (isHandled()) {
      handler.addErrorCollection(
          made.get(BadRecordRouter.BAD_RECORD_TAG)
              .setCoder(BadRecord.getCoder(input.getPipeline())));
    }
    return made.get(main);
  }
}
