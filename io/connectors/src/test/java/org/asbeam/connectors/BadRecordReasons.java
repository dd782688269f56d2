package org.asbeam.connectors;

import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/** A handler that gives the exceptions of bad records. */
final class BadRecordReasons extends PTransform<PCollection<BadRecord>, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  @Override
  public PCollection<String> expand(PCollection<BadRecord> bad) {
    return bad.apply(
        MapElements.into(TypeDescriptors.strings())
            .via(record -> record.getFailure().getException()));
  }
}
