package org.asbeam.transforms;

import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Waits for all slices of a run. What they left is in the run's journal: the numbers are enough.
 */
final class AllSlices {
  private AllSlices() {}

  /**
   * One element, with the run's id, when all slices are done.
   *
   * @param done what slices leave
   * @param number the slice that left it
   */
  static <T> PCollection<KV<String, Iterable<Integer>>> of(
      PCollection<T> done, String runId, SerializableFunction<T, Integer> number) {
    return done.apply(
            "Take the slice's number",
            MapElements.into(
                    TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.integers()))
                .via(one -> KV.of(runId, number.apply(one))))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), VarIntCoder.of()))
        .apply("Wait for all slices", GroupByKey.create());
  }
}
