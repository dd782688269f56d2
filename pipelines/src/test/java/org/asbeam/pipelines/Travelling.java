package org.asbeam.pipelines;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.TransformHierarchy;

/** Finds all that goes with a pipeline when it is serialised. */
final class Travelling extends ObjectOutputStream {
  private final List<Object> seen = new ArrayList<>();

  private Travelling() throws IOException {
    super(OutputStream.nullOutputStream());
    enableReplaceObject(true);
  }

  @Override
  protected Object replaceObject(Object each) {
    seen.add(each);
    return each;
  }

  /** The objects in the steps of a pipeline, strings among them. */
  static List<Object> in(Pipeline pipeline) throws IOException {
    List<Object> steps = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            if (node.isRootNode()) {
              return CompositeBehavior.ENTER_TRANSFORM;
            }
            steps.add(node.getTransform());
            return CompositeBehavior.DO_NOT_ENTER_TRANSFORM;
          }
        });
    try (Travelling out = new Travelling()) {
      for (Object step : steps) {
        out.writeObject(step);
      }
      return out.seen;
    }
  }
}
